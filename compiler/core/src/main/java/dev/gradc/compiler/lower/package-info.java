/** Resolves names, infers shapes and types: syntax in, graph out. */
package dev.gradc.compiler.lower;
