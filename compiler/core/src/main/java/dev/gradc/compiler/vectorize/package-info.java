/** Turns values that depend on an index into tensors of their values for all indices. */
package dev.gradc.compiler.vectorize;
