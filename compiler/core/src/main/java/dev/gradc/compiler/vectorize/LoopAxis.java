package dev.gradc.compiler.vectorize;

import dev.gradc.compiler.ir.Dim;

/**
 * What becomes an axis: an index that stands in dims as a symbol, and what it runs over.
 *
 * @param symbol the dim symbol that stands for its value
 * @param low its smallest value
 * @param extent the number of its values
 * @param firstNode nodes with smaller ids do not depend on it
 */
public record LoopAxis(String symbol, Dim low, Dim extent, int firstNode) {}
