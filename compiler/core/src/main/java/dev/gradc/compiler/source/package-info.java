/** Model text: files, spans, lines and columns. */
package dev.gradc.compiler.source;
