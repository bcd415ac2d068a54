/** The simplifier: named rules with stated numerical contracts, and the engine that applies them. */
package dev.gradc.compiler.rewrite;
