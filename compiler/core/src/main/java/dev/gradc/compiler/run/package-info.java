/** Runs generated classes: in-memory compilation, arguments by name, results by name. */
package dev.gradc.compiler.run;
