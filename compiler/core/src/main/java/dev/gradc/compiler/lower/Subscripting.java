package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Indexing and slicing: {@code w[2]}, {@code x[2*i + u]}, {@code a[1:n, ::2]} by positions known up to dims and loop
 * indices, {@code E[tokens, :]} by ints known at run time.
 */
final class Subscripting {

    /** What becomes of one axis. */
    private sealed interface Part {}

    /** One position: the axis goes. */
    private record Fixed(Dim position) implements Part {}

    /** A run: the axis stays with a new start, step and extent. */
    private record Run(Dim start, long step, Dim extent) implements Part {}

    /** Positions given by an int tensor. */
    private record Loaded(Node positions, Expr.Subscript subscript) implements Part {}

    private final ExpressionLowering lowering;
    private final Scope scope;

    Subscripting(ExpressionLowering lowering, Scope scope) {
        this.lowering = lowering;
        this.scope = scope;
    }

    Node lower(Expr.Index index, Node target) {
        Shape shape = target.shape();
        if (index.subscripts().size() > shape.rank()) {
            throw lowering.report(
                    IndexDiagnostics.tooManySubscripts(index.subscripts().size(), target.type(), index.span()));
        }
        List<Part> parts = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            parts.add(
                    axis < index.subscripts().size()
                            ? part(index.subscripts().get(axis), shape.dim(axis), axis)
                            : new Run(Dim.ZERO, 1, shape.dim(axis)));
        }
        return take(target, parts);
    }

    private Part part(Expr.Subscript subscript, Dim extent, int axis) {
        if (subscript instanceof Expr.Subscript.Slice slice) {
            return slice(slice, extent, axis);
        }
        Expr position = ((Expr.Subscript.At) subscript).position();
        Optional<Dim> known = lowering.dims().find(position, scope);
        if (known.isPresent()) {
            Dim place = fromEnd(known.get(), extent);
            lowering.indices().subscript(place, extent, axis, position.span());
            return new Fixed(place);
        }
        Node positions = lowering.lower(position, scope);
        if (positions.type().element() != ElementType.INT) {
            throw lowering.report(LoweringDiagnostics.wrongType(
                    "a subscript",
                    "a whole number, an int or a slice",
                    positions.type(),
                    position.span(),
                    "declare `input y : int[...] in 0..C-1;`"));
        }
        lowering.requireIndex(positions, extent, position.span());
        return new Loaded(positions, subscript);
    }

    /** A negative number counts from the end. */
    private static Dim fromEnd(Dim position, Dim extent) {
        boolean isNegative =
                position.constant().isPresent() && position.constant().getAsLong() < 0;
        return isNegative ? extent.plus(position) : position;
    }

    private Run slice(Expr.Subscript.Slice slice, Dim extent, int axis) {
        long step = slice.step()
                .map(expr -> lowering.integer(expr, scope, "a slice's step"))
                .orElse(1L);
        if (step == 0) {
            throw lowering.report(IndexDiagnostics.zeroStep(slice.span()));
        }
        Dim first = step > 0 ? Dim.ZERO : extent.minus(Dim.ONE);
        Dim end = step > 0 ? extent : Dim.of(-1);
        Dim low = slice.low().map(expr -> end(expr, extent)).orElse(first);
        Dim high = slice.high().map(expr -> end(expr, extent)).orElse(end);
        Dim span = step > 0 ? high.minus(low) : low.minus(high);
        Dim length = count(slice, span, Math.abs(step));
        requireWithin(slice.low(), step > 0 ? low : low.plus(Dim.ONE), extent, axis);
        requireWithin(slice.high(), step > 0 ? high : high.plus(Dim.ONE), extent, axis);
        if (!length.isAtLeast(Dim.ZERO)) {
            throw lowering.report(LoweringDiagnostics.emptyRange(low, high.minus(Dim.ONE), slice.span()));
        }
        return new Run(low, step, length);
    }

    /** An end of a slice is between two elements, or before the first or behind the last. */
    private void requireWithin(Optional<Expr> expr, Dim end, Dim extent, int axis) {
        boolean stays = end.isAtLeast(Dim.ZERO) && extent.isAtLeast(end);
        if (expr.isPresent() && !stays) {
            throw lowering.report(IndexDiagnostics.sliceOutOfRange(
                    end.toString(), extent, axis, expr.get().span()));
        }
    }

    private Dim end(Expr expr, Dim extent) {
        Dim end = lowering.dims().dim(expr, scope);
        if (LoopIndex.isIn(end)) {
            throw lowering.report(IndexDiagnostics.rangeDependsOnIndex(expr.span()));
        }
        return fromEnd(end, extent);
    }

    /** How many steps fit into {@code span}. */
    private Dim count(Expr.Subscript.Slice slice, Dim span, long step) {
        Dim rounded = span.plus(Dim.of(step - 1)).dividedBy(step);
        Dim length = step == 1
                ? span
                : Dim.of(rounded.floor()
                        .orElseThrow(() -> lowering.report(
                                LoweringDiagnostics.notStatic("the extent of a slice with a step", slice.span()))));
        if (length.constant().isPresent() && length.constant().getAsLong() < 1) {
            throw lowering.report(LoweringDiagnostics.badExtent(
                    slice.span().text(), length.constant().getAsLong(), slice.span()));
        }
        return length;
    }

    /** The axes of the result: runs where they were, those of int tensors (broadcast together) where the first one stood. */
    private Node take(Node target, List<Part> parts) {
        Shape positions = positionsShape(parts);
        List<Dim> extents = new ArrayList<>();
        int positionsAt = -1;
        for (Part part : parts) {
            if (part instanceof Run run) {
                extents.add(run.extent());
            } else if (part instanceof Loaded && positionsAt < 0) {
                positionsAt = extents.size();
                extents.addAll(positions.dims());
            }
        }
        Shape result = new Shape(extents);
        List<Affine> sources = new ArrayList<>();
        List<Integer> loaded = new ArrayList<>();
        List<Node> inputs = new ArrayList<>(List.of(target));
        int axis = 0;
        for (Part part : parts) {
            axis = axis == positionsAt ? axis + positions.rank() : axis;
            boolean isLoaded = part instanceof Loaded;
            if (part instanceof Run run) {
                sources.add(Affine.strided(run.start(), Dim.of(run.step()), axis++, result.rank()));
            } else {
                sources.add(Affine.fixed(part instanceof Fixed fixed ? fixed.position() : Dim.ZERO, result.rank()));
            }
            loaded.add(isLoaded ? inputs.size() : 0);
            if (part instanceof Loaded given) {
                inputs.add(spread(given.positions(), positions, result, positionsAt));
            }
        }
        IndexMap map = new IndexMap(sources, result);
        return inputs.size() == 1
                ? new Term(lowering.graph(), target).view(map).node()
                : lowering.graph().make(Gather.GATHER, new Gather.Selection(map, loaded), inputs);
    }

    private Shape positionsShape(List<Part> parts) {
        Shape shape = Shape.SCALAR;
        for (Part part : parts) {
            if (part instanceof Loaded loaded) {
                Shape own = loaded.positions().shape();
                Shape before = shape;
                shape = Broadcasting.join(before, own)
                        .orElseThrow(() -> lowering.report(IndexDiagnostics.subscriptShapes(
                                before, own, loaded.subscript().span())));
            }
        }
        return shape;
    }

    /** {@code positions} repeated to {@code common}, then to the axes of {@code result} from {@code at} on. */
    private Node spread(Node positions, Shape common, Shape result, int at) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < common.rank(); axis++) {
            axes.add(at + axis);
        }
        Node joined = Broadcasting.to(lowering.graph(), positions, common);
        return new Term(lowering.graph(), joined).broadcast(result, axes).node();
    }
}
