/** The gates, each declared in one place, by family. */
package dev.gradc.compiler.gate;
