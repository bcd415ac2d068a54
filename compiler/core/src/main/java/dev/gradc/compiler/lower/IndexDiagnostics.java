package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.Diagnostic.Label;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.source.Span;
import java.util.Collection;
import java.util.List;

/** The problems of subscripts, index notation and recurrences: their codes and all their wording. */
final class IndexDiagnostics {

    private IndexDiagnostics() {}

    /** @param indices the indices in the subscript and what they run over; empty for none */
    static Diagnostic subscriptOutOfRange(String subscript, Dim extent, int axis, String indices, Span span) {
        return Diagnostic.error(
                "GC2017",
                "subscript " + subscript + " can leave axis " + axis + ", whose extent is " + extent,
                span,
                "must provably be within 0.." + extent.minus(Dim.ONE) + (indices.isEmpty() ? "" : ", with " + indices),
                indices.isEmpty()
                        ? "positions count from 0; the last one is " + extent.minus(Dim.ONE)
                        : "write a range for the index where it is bound that keeps the subscript inside, or clamp it with"
                                + " `min(max(" + subscript + ", 0), " + extent.minus(Dim.ONE)
                                + ")`; conditions do not count");
    }

    static Diagnostic sliceOutOfRange(String end, Dim extent, int axis, Span span) {
        return Diagnostic.error(
                "GC2017",
                "the slice's end " + end + " can leave axis " + axis + ", whose extent is " + extent,
                span,
                "must provably be within 0.." + extent,
                "a slice takes the elements from its low end to before its high end");
    }

    static Diagnostic twoExtents(String index, Dim first, Span firstSpan, Dim second, Span secondSpan) {
        return Diagnostic.error(
                "GC2033",
                "index `" + index + "` runs over two extents, " + first + " and " + second,
                List.of(new Label(secondSpan, "here over " + second), new Label(firstSpan, "here over " + first)),
                "make the extents the same dim, use another index, or give it a range that fits both where it is bound");
    }

    static Diagnostic extentUnknown(String index, Span span) {
        return Diagnostic.error(
                "GC2034",
                "what index `" + index + "` runs over cannot be told from its use",
                span,
                "bound here",
                "write its range, as in `" + index + " in 0..N-1`");
    }

    static Diagnostic binderEnded(String index, Span span) {
        return Diagnostic.error(
                "GC2001",
                "unknown name `" + index + "`",
                span,
                "the binder of `" + index + "` has ended before",
                "a binder takes what is behind it up to the next `+`, `-` or comparison: put all of it in parentheses, as in"
                        + " `sum[" + index + "] (x[" + index + "] + y[" + index + "])`");
    }

    static Diagnostic rangeDependsOnIndex(Span span) {
        return Diagnostic.error(
                "GC2035",
                "a range or a slice cannot depend on an index",
                span,
                "changes with the index",
                "run over the whole extent and leave terms out with `if i < j then ... else 0`");
    }

    static Diagnostic zeroStep(Span span) {
        return Diagnostic.error(
                "GC2037", "a slice with step 0 never ends", span, "", "a step is a positive or negative number");
    }

    static Diagnostic subscriptShapes(Shape left, Shape right, Span span) {
        return Diagnostic.error(
                "GC2038",
                "the ints of two subscripts have shapes " + left + " and " + right + ", which do not fit",
                span,
                "this has shape " + right,
                "they pick together, one of each: give them the same shape");
    }

    static Diagnostic indexStart(String index, Dim low, Span span) {
        return Diagnostic.error(
                "GC2036",
                "index `" + index + "` of a definition starts at " + low,
                span,
                "must start at 0: it counts the elements that are defined",
                "start it at 0 and shift the subscripts");
    }

    static Diagnostic indexMayLeave(String range, Dim extent, Span span) {
        return Diagnostic.error(
                "GC2025",
                "this index is in " + range + ", and the axis it picks from has extent " + extent,
                span,
                "can leave the axis",
                "declare the index `in 0.." + extent.minus(Dim.ONE) + "`");
    }

    static Diagnostic indexUnbounded(Dim extent, Span span) {
        return Diagnostic.error(
                "GC2026",
                "nothing keeps this index within the axis it picks from, whose extent is " + extent,
                span,
                "computed from data",
                "declare the int inputs it is made of with ranges, as in `input y : int[N] in 0..C-1;`, or clamp it"
                        + " with `min(max(index, 0), " + extent.minus(Dim.ONE) + ")`");
    }

    static Diagnostic tooManySubscripts(int found, Type type, Span span) {
        return Diagnostic.error(
                "GC2018",
                found + (found == 1 ? " subscript" : " subscripts") + " for a value of " + type,
                span,
                "this is " + type,
                type.shape().isScalar() ? "a scalar cannot be indexed" : "give at most one subscript an axis");
    }

    static Diagnostic stateNotUpdated(String state, Span span) {
        return Diagnostic.error(
                "GC2049",
                "state `" + state + "` is never updated",
                span,
                "has no next value",
                "give it one in the body: `" + state + "' = ...;`");
    }

    static Diagnostic notAState(String name, Span span, Collection<String> states) {
        return Diagnostic.error(
                "GC2050",
                "`" + name + "` is no state of this scan",
                span,
                "not among the states",
                LoweringDiagnostics.suggest(name, states)
                        .orElse("states are listed behind `with`; use `let` for other values"));
    }

    static Diagnostic updatedTwice(String name, Span span) {
        return Diagnostic.error(
                "GC2051", "`" + name + "` is given twice in one step", span, "given again here", "remove one");
    }

    static Diagnostic stateChanges(String state, Type initial, Span initialSpan, Type next, Span nextSpan) {
        return Diagnostic.error(
                "GC2052",
                "state `" + state + "` changes from " + initial + " to " + next,
                List.of(new Label(nextSpan, "after a step: " + next), new Label(initialSpan, "at first: " + initial)),
                "a state keeps its type and shape; start it with a value of the shape it has later");
    }

    static Diagnostic checkpointLength(Dim count, Dim length, Span span) {
        return Diagnostic.error(
                "GC2053",
                count + " steps cannot be taken in segments of " + length,
                span,
                "",
                "the number of steps must be a multiple of a positive whole number; about its square root takes the"
                        + " least memory");
    }
}
