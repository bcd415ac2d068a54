package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The reductions. */
public final class Reductions {

    /** Sum; its adjoint is broadcast. */
    public static final Reduction SUM = Reduction.folding(
            "sum",
            Formula.of("sum(a, axis)", "g, repeated along the axes"),
            Arithmetic.ADD,
            0,
            Optional.of(Flow.SPREADER),
            (at, upstream, axes) -> Optional.of(spread(upstream, at.in(0).node().shape(), axes)));

    /** Product; each factor's local gradient is the product of the others, whether or not one of them is zero. */
    public static final Reduction PROD = Reduction.folding(
            "prod",
            Formula.of("prod(a, axis)", "g * (product of the other elements)").note("exact where elements are 0, too"),
            Arithmetic.MULTIPLY,
            1,
            Optional.of(Flow.SWITCHER),
            (at, upstream, axes) -> Optional.of(
                    Routing.times(spread(upstream, at.in(0).node().shape(), axes), othersProduct(at, axes))));

    /** Whether some element is true. */
    public static final Reduction ANY = Reduction.folding(
            "any", Formula.of("any(a, axis)"), Logic.OR, 0, Optional.empty(), (at, upstream, axes) -> Optional.empty());

    /** Whether all elements are true. */
    public static final Reduction ALL_OF = Reduction.folding(
            "all",
            Formula.of("all(a, axis)"),
            Logic.AND,
            1,
            Optional.empty(),
            (at, upstream, axes) -> Optional.empty());

    /** Position of the first largest element. */
    public static final Reduction ARGMAX = Reduction.seeking(
            "argmax",
            Formula.of("argmax(a, axis)").note("position of the first largest, an int"),
            Logic.GREATER,
            Arithmetic.MAX,
            Double.NEGATIVE_INFINITY);

    /** Position of the first smallest element. */
    public static final Reduction ARGMIN = Reduction.seeking(
            "argmin",
            Formula.of("argmin(a, axis)").note("position of the first smallest, an int"),
            Logic.LESS,
            Arithmetic.MIN,
            Double.POSITIVE_INFINITY);

    /** Largest element; routes to the first. */
    public static final Reduction MAX = Reduction.folding(
            "max_of",
            Formula.of("max(a, axis)", "g at the first largest, else 0").note("a tie: all to the first"),
            Arithmetic.MAX,
            Double.NEGATIVE_INFINITY,
            Optional.of(Flow.ROUTER),
            (at, upstream, axes) -> Optional.of(route(at, upstream, axes, ARGMAX)));

    /** Smallest element; routes to the first. */
    public static final Reduction MIN = Reduction.folding(
            "min_of",
            Formula.of("min(a, axis)", "g at the first smallest, else 0").note("a tie: all to the first"),
            Arithmetic.MIN,
            Double.POSITIVE_INFINITY,
            Optional.of(Flow.ROUTER),
            (at, upstream, axes) -> Optional.of(route(at, upstream, axes, ARGMIN)));

    /** In the order of the reference page. */
    static final List<Operation> ALL = List.of(SUM, PROD, MAX, MIN, ARGMAX, ARGMIN, ANY, ALL_OF);

    private Reductions() {}

    /** {@code term} repeated along {@code axes} of {@code shape}. */
    static Term spread(Term term, Shape shape, Axes axes) {
        List<Integer> kept = IntStream.range(0, shape.rank())
                .filter(axis -> !axes.axes().contains(axis))
                .boxed()
                .toList();
        return term.broadcast(shape, kept);
    }

    /**
     * For each element the product of all others: by division, and where a zero forbids it by counting the zeros. A lone
     * other zero stays a factor, so that this can be differentiated, too.
     */
    private static Term othersProduct(Site at, Axes axes) {
        Term x = at.in(0);
        Shape shape = x.node().shape();
        Term isZero = x.equalTo(x.constant(0));
        Term nonzero = isZero.select(x.constant(1), x);
        Term product = spread(nonzero.reduce(PROD, axes.axes()), shape, axes);
        Term count = spread(isZero.select(x.constant(1), x.constant(0)).reduce(SUM, axes.axes()), shape, axes);
        Term zeros = spread(isZero.select(x, x.constant(0)).reduce(SUM, axes.axes()), shape, axes);
        Term ofZero = byCount(count, 1, product, product.times(zeros.minus(x)));
        Term quotient = product.over(nonzero);
        Term ofOther = byCount(count, 0, quotient, quotient.times(zeros));
        return isZero.select(ofZero, ofOther);
    }

    /** {@code exact} where there are {@code few} zeros, {@code oneMore} where there is one more, else 0. */
    private static Term byCount(Term count, int few, Term exact, Term oneMore) {
        Term rest = count.equalTo(count.constant(few + 1)).select(oneMore, count.constant(0));
        return count.equalTo(count.constant(few)).select(exact, rest);
    }

    private static Term route(Site at, Term upstream, Axes axes, Reduction seek) {
        Term input = at.in(0);
        Shape shape = input.node().shape();
        Term winner = spread(input.reduce(seek, axes.axes()), shape, axes);
        Term here = new Term(at.graph(), flatPosition(at, shape, axes.axes()));
        return here.equalTo(winner).select(spread(upstream, shape, axes), input.constant(0));
    }

    /** Each element's row-major position within the folded axes. */
    private static Node flatPosition(Site at, Shape shape, List<Integer> axes) {
        Node flat = null;
        Dim stride = Dim.ONE;
        for (int k = axes.size() - 1; k >= 0; k--) {
            Node position = Leaf.position(at.graph(), axes.get(k), shape);
            if (flat == null) {
                flat = position;
            } else {
                Node scale = at.graph().make(View.VIEW, fill(shape), List.of(Leaf.extent(at.graph(), stride)));
                flat = at.graph().make(Arithmetic.ADD, flat, at.graph().make(Arithmetic.MULTIPLY, position, scale));
            }
            stride = stride.times(shape.dim(axes.get(k)));
        }
        return flat;
    }

    private static IndexMap fill(Shape shape) {
        return new IndexMap(List.<Affine>of(), shape);
    }
}
