package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.syntax.Expr;
import dev.gradc.compiler.syntax.Statement;
import dev.gradc.compiler.vectorize.Vectorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Index notation: {@code sum[k] A[i, k] * B[k, j]} and {@code let C[i, j] = ...}. The body is lowered once with dim
 * symbols for its indices, and then turned into the tensor of its values for all of them.
 */
final class IndexNotation {

    private final ExpressionLowering lowering;
    private final LoopIndices indices;

    IndexNotation(ExpressionLowering lowering, LoopIndices indices) {
        this.lowering = lowering;
        this.indices = indices;
    }

    /** A reduction over bound indices. */
    Node binder(Expr.Binder binder, Scope scope) {
        String name = binder.reduction().text();
        List<LoopIndex> bound = open(binder.indices(), scope);
        Node body = body(binder.body(), bound, scope);
        List<Integer> axes = IntStream.range(0, bound.size()).boxed().toList();
        Node folded = Folds.fold(lowering, name, body, axes, binder.body().span());
        boolean isPosition = name.equals("argmax") || name.equals("argmin");
        return isPosition && bound.size() == 1
                ? Folds.shifted(lowering.graph(), folded, bound.get(0).low())
                : folded;
    }

    /** The tensor that {@code let} defines element by element. */
    Node definition(Statement.Let let, Scope scope) {
        List<LoopIndex> bound = open(let.indices(), scope);
        for (LoopIndex index : bound) {
            if (!index.low().equals(Dim.ZERO)) {
                throw lowering.report(IndexDiagnostics.indexStart(
                        index.name().text(), index.low(), index.name().span()));
            }
        }
        return body(let.value(), bound, scope);
    }

    private List<LoopIndex> open(List<Expr.BoundIndex> bound, Scope scope) {
        List<LoopIndex> opened = new ArrayList<>();
        for (Expr.BoundIndex index : bound) {
            Dim low = index.range().map(range -> end(range.low(), scope)).orElse(Dim.ZERO);
            Optional<Dim> extent = index.range().map(range -> extent(range, low, scope));
            opened.add(indices.open(index.name(), lowering.graph().size(), low, extent));
        }
        return opened;
    }

    private Dim end(Expr expr, Scope scope) {
        Dim end = lowering.dims().dim(expr, scope);
        if (LoopIndex.isIn(end)) {
            throw lowering.report(IndexDiagnostics.rangeDependsOnIndex(expr.span()));
        }
        return end;
    }

    private Dim extent(Expr.Range range, Dim low, Scope scope) {
        Dim high = end(range.high(), scope);
        if (low.isAtLeast(high.plus(Dim.ONE))) {
            throw lowering.report(LoweringDiagnostics.emptyRange(low, high, range.span()));
        }
        return high.minus(low).plus(Dim.ONE);
    }

    /** The values of {@code expr} for all indices, an axis an index in front. */
    private Node body(Expr expr, List<LoopIndex> bound, Scope scope) {
        Scope inner = scope;
        for (LoopIndex index : bound) {
            inner = inner.with(index.name().text(), Leaf.extent(lowering.graph(), Dim.symbol(index.symbol())));
        }
        Node value = lowering.lower(expr, inner);
        indices.close(bound);
        for (int i = bound.size() - 1; i >= 0; i--) {
            value = Vectorizer.apply(lowering.graph(), bound.get(i).axis(), value);
        }
        return value;
    }
}
