/** The compiler: one call, and the pipeline behind it. */
package dev.gradc.compiler;
