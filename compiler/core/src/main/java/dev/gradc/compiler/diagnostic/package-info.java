/** Diagnostics: the model, the collection, the rendering. */
package dev.gradc.compiler.diagnostic;
