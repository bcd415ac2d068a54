/** What a teacher would put on the board: a model's formulas and those of its derivative, and what they cost. */
package dev.gradc.compiler.explain;
