/** The lecture's worked circuits. */
package dev.gradc.samples.circuits;
