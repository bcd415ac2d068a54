package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;

/** Indexing and slicing by positions known up to the dims: {@code w[2]}, {@code a[1:n, :]}. */
final class Subscripting {

    /** What one axis becomes: a position (dropped), or a run with a start and an extent. */
    private record Pick(Dim start, Dim extent, boolean dropped) {}

    private final ExpressionLowering lowering;
    private final DimLowering dims;

    Subscripting(ExpressionLowering lowering, DimLowering dims) {
        this.lowering = lowering;
        this.dims = dims;
    }

    Node lower(Expr.Index index, Node target) {
        Shape shape = target.shape();
        if (index.subscripts().size() > shape.rank()) {
            throw lowering.report(
                    LoweringDiagnostics.tooManySubscripts(index.subscripts().size(), target.type(), index.span()));
        }
        List<Pick> picks = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            picks.add(
                    axis < index.subscripts().size()
                            ? pick(index.subscripts().get(axis), shape.dim(axis), axis)
                            : new Pick(Dim.ZERO, shape.dim(axis), false));
        }
        Shape result = new Shape(
                picks.stream().filter(p -> !p.dropped()).map(Pick::extent).toList());
        List<Affine> sources = new ArrayList<>();
        int next = 0;
        for (Pick pick : picks) {
            sources.add(
                    pick.dropped()
                            ? Affine.fixed(pick.start(), result.rank())
                            : Affine.strided(pick.start(), Dim.ONE, next++, result.rank()));
        }
        return new Term(lowering.graph(), target)
                .view(new IndexMap(sources, result))
                .node();
    }

    private Pick pick(Expr.Subscript subscript, Dim extent, int axis) {
        if (subscript instanceof Expr.Subscript.Slice slice) {
            return slice(slice, extent, axis);
        }
        Expr position = ((Expr.Subscript.At) subscript).position();
        Dim start = dims.dim(position);
        requireWithin(position, start, Dim.ZERO, extent.minus(Dim.ONE), extent, axis);
        return new Pick(start, Dim.ONE, true);
    }

    private Pick slice(Expr.Subscript.Slice slice, Dim extent, int axis) {
        if (slice.step().isPresent()) {
            throw lowering.report(
                    LoweringDiagnostics.notSupported("a slice with a step is", slice.span(), "take single positions"));
        }
        Dim low = slice.low().map(dims::dim).orElse(Dim.ZERO);
        Dim high = slice.high().map(dims::dim).orElse(extent);
        slice.low().ifPresent(expr -> requireWithin(expr, low, Dim.ZERO, extent.minus(Dim.ONE), extent, axis));
        slice.high().ifPresent(expr -> requireWithin(expr, high, Dim.ONE, extent, extent, axis));
        Dim length = high.minus(low);
        if (length.constant().isPresent() && length.constant().getAsLong() < 1) {
            throw lowering.report(LoweringDiagnostics.badExtent(
                    slice.span().text(), length.constant().getAsLong(), slice.span()));
        }
        return new Pick(low, length, false);
    }

    /** An extent is at least 1, so {@code position} is below a bound N + c where it is below 1 + c, too. */
    private void requireWithin(Expr expr, Dim position, Dim low, Dim high, Dim extent, int axis) {
        boolean aboveLow = ExpressionLowering.atLeast(smallest(position), low);
        boolean belowHigh = ExpressionLowering.atLeast(smallest(high.minus(position)), Dim.ZERO);
        if (!aboveLow || !belowHigh) {
            throw lowering.report(
                    LoweringDiagnostics.subscriptOutOfRange(position.toString(), extent, axis, expr.span()));
        }
    }

    /** The smallest value of {@code dim} where its coefficients are not negative (each symbol is at least 1). */
    private static Dim smallest(Dim dim) {
        boolean rising =
                dim.terms().entrySet().stream().allMatch(t -> t.getKey().isEmpty() || t.getValue() > 0);
        if (!rising) {
            return dim;
        }
        long sum = dim.terms().values().stream().mapToLong(Long::longValue).sum();
        return Dim.of(Math.floorDiv(sum, dim.denominator()));
    }
}
