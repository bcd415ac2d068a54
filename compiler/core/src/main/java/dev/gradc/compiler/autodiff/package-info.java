/** Derives the backward graph from the forward graph, in the same node type. */
package dev.gradc.compiler.autodiff;
