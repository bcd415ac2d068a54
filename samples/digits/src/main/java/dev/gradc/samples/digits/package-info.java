/** A network that learns real handwritten digits. */
package dev.gradc.samples.digits;
