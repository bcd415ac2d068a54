package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Sequences;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The functions that move elements: new axes, other shapes, tensors put together, sorted or summed on the way. */
final class LayoutFunctions {

    private LayoutFunctions() {}

    static void define(Builtins.Table table) {
        table.define("expand", List.of("x", "axis"), 2, LayoutFunctions::expand);
        table.define("reshape", List.of("x", "shape"), 2, LayoutFunctions::reshape);
        table.define("concat", List.of("tensors", "axis"), 1, LayoutFunctions::concat);
        table.define("stack", List.of("tensors", "axis"), 1, LayoutFunctions::stack);
        table.define("pad", List.of("x", "widths"), 2, LayoutFunctions::pad);
        table.define("axes", List.of("x"), 1, LayoutFunctions::axes);
        table.define("pair", List.of("x"), 1, LayoutFunctions::pair);
        table.define("tile", List.of("x", "counts"), 2, LayoutFunctions::tile);
        table.define("repeat", List.of("x", "count", "axis"), 2, LayoutFunctions::repeat);
        table.define("roll", List.of("x", "shift", "axis"), 2, LayoutFunctions::roll);
        table.define("permute", List.of("x", "axes"), 2, LayoutFunctions::permute);
        table.define("scatter_add", List.of("x", "index", "extent"), 3, LayoutFunctions::scatterAdd);
        table.define("cumsum", List.of("x", "axis"), 1, LayoutFunctions::cumsum);
        table.define("cumprod", List.of("x", "axis"), 1, LayoutFunctions::cumprod);
        table.define("argsort", List.of("x"), 1, (graph, a) -> graph.make(Sequences.ARGSORT, vector(a)));
        table.define("sort", List.of("x"), 1, LayoutFunctions::sort);
    }

    /** {@code x} with a new axis of extent 1 at {@code axis} of the result. */
    private static Node expand(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        return expanded(graph, x, a.place("axis", x, x.shape().rank() + 1));
    }

    private static Node expanded(NodeFactory graph, Node x, int place) {
        int rank = x.shape().rank() + 1;
        List<Dim> dims = new ArrayList<>(x.shape().dims());
        dims.add(place, Dim.ONE);
        List<Affine> sources = new ArrayList<>();
        for (int old = 0; old < rank - 1; old++) {
            sources.add(Affine.axis(old < place ? old : old + 1, rank));
        }
        return new Term(graph, x).view(new IndexMap(sources, new Shape(dims))).node();
    }

    private static Node reshape(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        List<Dim> dims = a.dims("shape");
        Dim known = Dim.product(dims.stream().filter(dim -> !dim.is(-1)).toList());
        if (dims.contains(Dim.of(-1))) {
            Dim rest = x.shape()
                    .size()
                    .dividedExactly(known)
                    .orElseThrow(() -> report(a, LoweringDiagnostics.reshape(x.type(), dims, a.span("shape"))));
            Collections.replaceAll(dims, Dim.of(-1), rest);
        }
        Shape shape = new Shape(dims);
        if (!shape.size().equals(x.shape().size())) {
            throw report(a, LoweringDiagnostics.reshape(x.type(), dims, a.span("shape")));
        }
        return Sequences.reshape(new Term(graph, x), shape).node();
    }

    private static Node permute(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        List<Integer> order = new ArrayList<>();
        for (Expr axis : a.list("axes")) {
            order.add(a.place(axis, x, x.shape().rank()));
        }
        if (order.size() != x.shape().rank() || order.stream().distinct().count() != order.size()) {
            throw report(a, LoweringDiagnostics.notAPermutation(x.type(), a.span("axes")));
        }
        return new Term(graph, x).view(IndexMap.permutation(x.shape(), order)).node();
    }

    private static Node concat(NodeFactory graph, Arguments a) {
        List<Node> parts = parts(graph, a);
        int axis = a.has("axis")
                ? a.place("axis", parts.get(0), parts.get(0).shape().rank())
                : 0;
        parts.forEach(part -> requireSameBut(a, parts.get(0), part, axis));
        return Pack.joined(graph, parts, axis);
    }

    private static Shape replaced(Shape shape, int axis, Dim extent) {
        List<Dim> dims = new ArrayList<>(shape.dims());
        dims.set(axis, extent);
        return new Shape(dims);
    }

    private static Node stack(NodeFactory graph, Arguments a) {
        List<Node> parts = parts(graph, a);
        int axis = a.has("axis")
                ? a.place("axis", parts.get(0), parts.get(0).shape().rank() + 1)
                : 0;
        parts.forEach(part -> requireSameBut(a, parts.get(0), part, -1));
        return Pack.stacked(graph, parts, axis);
    }

    /** The tensors listed, reals where one of them is real. */
    private static List<Node> parts(NodeFactory graph, Arguments a) {
        List<Node> parts = a.values("tensors");
        boolean anyReal = parts.stream().anyMatch(Node::isReal);
        return anyReal
                ? parts.stream().map(part -> Conversions.toReal(graph, part)).toList()
                : parts;
    }

    private static void requireSameBut(Arguments a, Node first, Node part, int axis) {
        boolean fits = first.shape().rank() == part.shape().rank()
                && (axis < first.shape().rank());
        for (int i = 0; fits && i < first.shape().rank(); i++) {
            fits = i == axis || first.shape().dim(i).equals(part.shape().dim(i));
        }
        if (!fits || first.type().element() != part.type().element()) {
            throw report(
                    a, LoweringDiagnostics.joinMismatch(a.function(), first.type(), part.type(), a.span("tensors")));
        }
    }

    /** {@code x} within zeros, so many before and behind along each axis. */
    private static Node pad(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        List<Expr> widths = a.list("widths");
        int rank = x.shape().rank();
        if (widths.size() != rank) {
            throw report(a, LoweringDiagnostics.padWidths(x.type(), a.span("widths")));
        }
        List<Affine> sources = new ArrayList<>();
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            List<Expr> pair = widths.get(axis) instanceof Expr.TensorLiteral literal ? literal.elements() : List.of();
            if (pair.size() != 2) {
                throw report(
                        a,
                        LoweringDiagnostics.padWidths(x.type(), widths.get(axis).span()));
            }
            Dim before = a.width(pair.get(0));
            sources.add(Affine.strided(before, Dim.ONE, axis, rank));
            dims.add(x.shape().dim(axis).plus(before).plus(a.width(pair.get(1))));
        }
        return Pack.padded(graph, new Shape(dims), x, new IndexMap(sources, x.shape()));
    }

    /** The numbers of all axes of {@code x}: what folds over everything. */
    private static Node axes(NodeFactory graph, Arguments a) {
        int rank = a.value("x").shape().rank();
        Type whole = new Type(ElementType.INT, Shape.SCALAR);
        List<Node> numbers = IntStream.range(0, rank)
                .mapToObj(axis -> Leaf.constant(graph, axis, whole))
                .toList();
        return Pack.elements(graph, Shape.of(Dim.of(rank)), numbers);
    }

    /** A pair as it is, a number twice. */
    private static Node pair(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        return x.shape().isScalar() ? Pack.stacked(graph, List.of(x, x), 0) : x;
    }

    /** {@code x} again and again along each axis: repeated along new axes, which are then merged. */
    private static Node tile(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        List<Dim> counts = a.dims("counts");
        int rank = x.shape().rank();
        if (counts.size() != rank) {
            throw report(a, LoweringDiagnostics.padWidths(x.type(), a.span("counts")));
        }
        List<Dim> spread = new ArrayList<>();
        List<Dim> merged = new ArrayList<>();
        List<Integer> own = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            spread.addAll(List.of(counts.get(axis), x.shape().dim(axis)));
            own.add(2 * axis + 1);
            merged.add(counts.get(axis).times(x.shape().dim(axis)));
        }
        Term repeated = new Term(graph, x).broadcast(new Shape(spread), own);
        return Sequences.reshape(repeated, new Shape(merged)).node();
    }

    /** Each element of {@code x} so many times along {@code axis}. */
    private static Node repeat(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        int axis = a.has("axis") ? a.place("axis", x, x.shape().rank()) : 0;
        Dim count = a.dim("count");
        List<Dim> spread = new ArrayList<>(x.shape().dims());
        spread.add(axis + 1, count);
        List<Integer> own = IntStream.range(0, x.shape().rank())
                .map(i -> i <= axis ? i : i + 1)
                .boxed()
                .toList();
        Term repeated = new Term(graph, x).broadcast(new Shape(spread), own);
        Shape merged = replaced(x.shape(), axis, x.shape().dim(axis).times(count));
        return Sequences.reshape(repeated, merged).node();
    }

    /** {@code x} moved along {@code axis}, round the end. */
    private static Node roll(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        int axis = a.has("axis") ? a.place("axis", x, x.shape().rank()) : 0;
        Dim extent = x.shape().dim(axis);
        Dim shift = a.dim("shift");
        if (shift.constant().isPresent() && extent.constant().isPresent()) {
            shift = Dim.of(Math.floorMod(
                    shift.constant().getAsLong(), extent.constant().getAsLong()));
        }
        if (shift.equals(Dim.ZERO)) {
            return x;
        }
        a.lowering().indices().subscript(shift, extent, axis, a.span("shift"));
        Node moved = slice(graph, x, axis, extent.minus(shift), shift);
        Node rest = slice(graph, x, axis, Dim.ZERO, extent.minus(shift));
        return Pack.joined(graph, List.of(moved, rest), axis);
    }

    private static Node slice(NodeFactory graph, Node x, int axis, Dim start, Dim extent) {
        int rank = x.shape().rank();
        List<Affine> sources = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            sources.add(i == axis ? Affine.strided(start, Dim.ONE, i, rank) : Affine.axis(i, rank));
        }
        return new Term(graph, x)
                .view(new IndexMap(sources, replaced(x.shape(), axis, extent)))
                .node();
    }

    /** Zeros of {@code extent} rows, with row i of {@code x} added to row index[i]. */
    private static Node scatterAdd(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        Node index = a.index("index");
        Dim extent = a.dim("extent");
        int rank = index.shape().rank();
        boolean fits = x.shape().rank() >= rank
                && x.shape().dims().subList(0, rank).equals(index.shape().dims());
        if (!fits) {
            throw report(
                    a,
                    LoweringDiagnostics.shapeMismatch(
                            a.function(), x.type(), a.span("x"), index.type(), a.span("index")));
        }
        a.lowering().requireIndex(index, extent, a.span("index"));
        Shape space = x.shape();
        List<Dim> dims = new ArrayList<>(List.of(extent));
        List<Affine> sources = new ArrayList<>(List.of(Affine.fixed(Dim.ZERO, space.rank())));
        List<Integer> loaded = new ArrayList<>(List.of(1));
        for (int axis = rank; axis < space.rank(); axis++) {
            dims.add(space.dim(axis));
            sources.add(Affine.axis(axis, space.rank()));
            loaded.add(0);
        }
        List<Integer> rows = IntStream.range(0, rank).boxed().toList();
        Node positions = new Term(graph, index).broadcast(space, rows).node();
        Scatter.Target target =
                new Scatter.Target(new Gather.Selection(new IndexMap(sources, space), loaded), new Shape(dims));
        return graph.make(Scatter.SCATTER, target, List.of(x, positions));
    }

    private static Node cumsum(NodeFactory graph, Arguments a) {
        Node x = a.real("x");
        int rank = x.shape().rank();
        int axis = a.has("axis") ? a.place("axis", x, rank) : 0;
        Sequences.Direction direction = new Sequences.Direction(rank - 1 - axis, false);
        return graph.make(Sequences.CUMSUM, direction, List.of(vector(a)));
    }

    /** Products of all elements up to each one, exact where some are zero. */
    private static Node cumprod(NodeFactory graph, Arguments a) {
        Node x = vector(a);
        int rank = x.shape().rank();
        int axis = a.has("axis") ? a.place("axis", x, rank) : 0;
        List<Dim> dims = new ArrayList<>(x.shape().dims());
        dims.add(axis, x.shape().dim(axis));
        Shape square = new Shape(dims);
        List<Integer> own =
                IntStream.range(0, rank).map(i -> i < axis ? i : i + 1).boxed().toList();
        Term factors = new Term(graph, x).broadcast(square, own);
        Term last = new Term(graph, Leaf.position(graph, axis, square));
        Term here = new Term(graph, Leaf.position(graph, axis + 1, square));
        return last.greaterOrEqual(here)
                .select(factors, factors.constant(1))
                .reduce(Reductions.PROD, List.of(axis + 1))
                .node();
    }

    private static Node sort(NodeFactory graph, Arguments a) {
        Node x = vector(a);
        int rank = x.shape().rank();
        List<Affine> sources = new ArrayList<>();
        List<Integer> loaded = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            boolean isLast = axis == rank - 1;
            sources.add(isLast ? Affine.fixed(Dim.ZERO, rank) : Affine.axis(axis, rank));
            loaded.add(isLast ? 1 : 0);
        }
        Gather.Selection selection = new Gather.Selection(new IndexMap(sources, x.shape()), loaded);
        return graph.make(Gather.GATHER, selection, List.of(x, graph.make(Sequences.ARGSORT, x)));
    }

    /** The argument {@code x} as reals with at least one axis. */
    private static Node vector(Arguments a) {
        Node x = a.real("x");
        if (x.shape().isScalar()) {
            throw report(
                    a,
                    LoweringDiagnostics.wrongType(
                            "the argument of `" + a.function() + "`", "a tensor", x.type(), a.span("x"), ""));
        }
        return x;
    }

    private static Unresolved report(Arguments a, Diagnostic diagnostic) {
        return a.lowering().report(diagnostic);
    }
}
