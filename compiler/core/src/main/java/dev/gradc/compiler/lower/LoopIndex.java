package dev.gradc.compiler.lower;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.vectorize.LoopAxis;
import java.util.Optional;

/**
 * An index of index notation while its body is lowered: a dim symbol of its own, which runs from {@code low} over
 * {@code extent} whole numbers. The extent may be known only when the body has been seen.
 */
final class LoopIndex {

    private static final char MARK = '#';

    private final Identifier name;
    private final String symbol;
    private final int firstNode;
    private final Dim low;
    private Optional<Dim> extent;
    private Span extentSpan;

    /**
     * @param number tells it from other indices of the same name
     * @param firstNode the number of nodes that were there before it, which cannot depend on it
     */
    LoopIndex(Identifier name, int number, int firstNode, Dim low, Optional<Dim> extent) {
        this.name = name;
        this.symbol = name.text() + MARK + number;
        this.firstNode = firstNode;
        this.low = low;
        this.extent = extent;
        this.extentSpan = name.span();
    }

    Identifier name() {
        return name;
    }

    /** The dim symbol that stands for its value, one that no dim of a model can have. */
    String symbol() {
        return symbol;
    }

    Dim low() {
        return low;
    }

    Dim high() {
        return low.plus(extent()).minus(Dim.ONE);
    }

    boolean isBound() {
        return extent.isPresent();
    }

    Dim extent() {
        return extent.orElseThrow();
    }

    /** The axis that its values become. */
    LoopAxis axis() {
        return new LoopAxis(symbol, low, extent(), firstNode);
    }

    /** The text that gave it its extent. */
    Span extentSpan() {
        return extentSpan;
    }

    void bind(Dim newExtent, Span span) {
        extent = Optional.of(newExtent);
        extentSpan = span;
    }

    /** Whether {@code dim} depends on an index. */
    static boolean isIn(Dim dim) {
        return dim.symbols().stream().anyMatch(symbol -> symbol.indexOf(MARK) >= 0);
    }

    /** {@code dim} as the model's text has it. */
    static String text(Dim dim) {
        return dim.toString().replaceAll(MARK + "[0-9]+", "");
    }
}
