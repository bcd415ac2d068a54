/** Random models as text, with a meaning of their own that knows nothing of graphs. */
package dev.gradc.compiler.random;
