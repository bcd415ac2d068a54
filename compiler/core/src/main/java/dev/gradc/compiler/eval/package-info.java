/** The slow reference evaluator, the meaning against which everything else is tested. */
package dev.gradc.compiler.eval;
