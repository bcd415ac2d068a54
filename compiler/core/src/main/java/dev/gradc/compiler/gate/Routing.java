package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Products and views of gradients that pass routers. A branch not taken contributes an exact zero: the zero of a select
 * is kept outside of the product, so that it never meets an infinite or NaN local gradient as {@code 0 * NaN}; nor does a
 * zero that is known, as what is left of a select with two of them. It stays below a view that repeats it where the local
 * gradient is finite: to choose once is cheaper than at each repetition.
 */
public final class Routing {

    /**
     * The most selects, one within the other, that are lifted out of a product: each is made again for it, so that the
     * derivative of a chain of routers would take the square of its length. The product with more of them is chosen by
     * whether the upstream gradient is zero.
     */
    private static final int MOST_LIFTED = 16;

    private Routing() {}

    /** A select between a value and zero: the value where {@code condition} is {@code through}, else zero. */
    private record Route(Term condition, boolean through, Term value) {

        private Route along(IndexMap map) {
            return new Route(condition.view(map), through, value.view(map));
        }

        /** The same choice between {@code other} and zero. */
        private Term of(Term other) {
            Term nothing = other.constant(0);
            return through ? condition.select(other, nothing) : condition.select(nothing, other);
        }
    }

    /** {@code upstream * local}, with selects between a value and zero lifted out of the product. */
    public static Term times(Term upstream, Term local) {
        boolean isDeep = isDeep(upstream.node());
        boolean isCheaperBelow = isRepeated(upstream.node()) && !local.node().canBeInfinite();
        Optional<Route> before = isDeep || isCheaperBelow ? Optional.empty() : route(upstream);
        if (before.isPresent()) {
            return before.get().of(times(before.get().value(), local));
        }
        Optional<Route> own = route(local);
        if (own.isPresent()) {
            return own.get().of(times(upstream, own.get().value()));
        }
        if (Leaf.isConstant(upstream.node(), 0) || Leaf.isConstant(local.node(), 0)) {
            return upstream.constant(0);
        }
        if (Leaf.isConstant(local.node(), 1)) {
            return upstream;
        }
        if (Leaf.isConstant(upstream.node(), 1)) {
            return local;
        }
        return isDeep || (upstream.node().isRouted() && local.node().canBeInfinite())
                ? guarded(upstream, local)
                : upstream.times(local);
    }

    /** A zero that came through a sum or a product from a branch not taken stays zero. */
    private static Term guarded(Term upstream, Term local) {
        Term zero = upstream.constant(0);
        return upstream.equalTo(zero).select(zero, upstream.times(local));
    }

    /**
     * The sum of two gradients. Where both are routed it is routed, too: under the same condition, or where either of two
     * conditions lets its part through, of which one may be part of the other already.
     */
    public static Term plus(Term left, Term right) {
        if (!isSelect(left.node()) || !isSelect(right.node())) {
            return left.plus(right);
        }
        Route first = route(left).orElseThrow();
        Route second = route(right).orElseThrow();
        boolean sameCondition = first.condition().node() == second.condition().node();
        if (sameCondition && first.through() == second.through()) {
            return first.of(first.value().plus(second.value()));
        } else if (sameCondition) {
            return first.through()
                    ? first.condition().select(first.value(), second.value())
                    : first.condition().select(second.value(), first.value());
        }
        Term one = open(first);
        Term other = open(second);
        if (isAnyOf(one.node(), other.node())) {
            return first.of(first.value().plus(right));
        }
        return one.apply(Logic.OR, other).select(left.plus(right), left.constant(0));
    }

    /** Whether {@code condition} holds wherever {@code other} does, which is the last that it was made of. */
    private static boolean isAnyOf(Node condition, Node other) {
        return condition.is(Logic.OR) && condition.inputs().contains(other);
    }

    /** Where the select lets its value through. */
    private static Term open(Route route) {
        return route.through() ? route.condition() : route.condition().apply(Logic.NOT);
    }

    /**
     * The select that {@code term} is, or is seen through views: view(c ? a : 0) is view(c) ? view(a) : 0. In parts, since
     * simplification may put the view of a select that is made of them back in front.
     */
    private static Optional<Route> route(Term term) {
        Node node = term.node();
        if (node.is(View.VIEW)) {
            return route(new Term(term.graph(), node.input(0))).map(below -> below.along((IndexMap) node.attribute()));
        } else if (!isSelect(node)) {
            return Optional.empty();
        }
        boolean through = zeroBranch(node) == 2;
        Term value = new Term(term.graph(), taken(node));
        return Optional.of(new Route(new Term(term.graph(), node.input(0)), through, value));
    }

    /** Whether it is more selects than are lifted, one within the other, with views between them or not. */
    private static boolean isDeep(Node node) {
        int selects = 0;
        Node within = node;
        while (within.is(View.VIEW) || isSelect(within)) {
            if (within.is(View.VIEW)) {
                within = within.input(0);
            } else if (++selects > MOST_LIFTED) {
                return true;
            } else {
                within = taken(within);
            }
        }
        return false;
    }

    private static boolean isRepeated(Node node) {
        return node.is(View.VIEW)
                && IntStream.range(0, node.shape().rank())
                        .anyMatch(axis -> ((IndexMap) node.attribute())
                                .sources().stream()
                                        .allMatch(source ->
                                                source.coefficients().get(axis).equals(Dim.ZERO)));
    }

    private static boolean isSelect(Node node) {
        return node.is(Logic.SELECT) && node.isReal() && zeroBranch(node) > 0;
    }

    /** The branch of {@code select} that is not zero. */
    private static Node taken(Node select) {
        return select.input(3 - zeroBranch(select));
    }

    private static int zeroBranch(Node select) {
        if (Leaf.isConstant(select.input(2), 0)) {
            return 2;
        }
        return Leaf.isConstant(select.input(1), 0) ? 1 : 0;
    }
}
