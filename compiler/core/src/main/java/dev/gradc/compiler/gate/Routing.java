package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Products and views of gradients that pass routers. A branch not taken contributes an exact zero: the zero of a select
 * is kept outside of the product, so that it never meets an infinite or NaN local gradient as {@code 0 * NaN}. It stays
 * below a view that repeats it where the local gradient is finite: to choose once is cheaper than at each repetition.
 */
public final class Routing {

    private Routing() {}

    /** {@code upstream * local}, with selects between a value and zero lifted out of the product. */
    public static Term times(Term upstream, Term local) {
        Node lifted = isRepeated(upstream.node()) && !local.node().canBeInfinite() ? upstream.node() : lift(upstream);
        if (isSelect(lifted)) {
            return rebuild(upstream, lifted, branch -> times(branch, local));
        }
        if (isSelect(local.node())) {
            return rebuild(local, local.node(), branch -> times(upstream, branch));
        }
        if (Leaf.isConstant(local.node(), 1)) {
            return upstream;
        }
        if (Leaf.isConstant(upstream.node(), 1)) {
            return local;
        }
        return upstream.node().isRouted() && local.node().canBeInfinite()
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
     * conditions lets its part through.
     */
    public static Term plus(Term left, Term right) {
        if (!isSelect(left.node()) || !isSelect(right.node())) {
            return left.plus(right);
        }
        boolean sameRoute =
                left.node().input(0) == right.node().input(0) && zeroBranch(left.node()) == zeroBranch(right.node());
        if (sameRoute) {
            Term other = live(right);
            return rebuild(left, left.node(), branch -> branch.plus(other));
        } else if (left.node().input(0) == right.node().input(0)) {
            Term condition = new Term(left.graph(), left.node().input(0));
            return zeroBranch(left.node()) == 2
                    ? condition.select(live(left), live(right))
                    : condition.select(live(right), live(left));
        }
        Term either = open(left).apply(Logic.OR, open(right));
        return either.select(left.plus(right), left.constant(0));
    }

    /** Where the select lets its value through. */
    private static Term open(Term select) {
        Term condition = new Term(select.graph(), select.node().input(0));
        return zeroBranch(select.node()) == 2 ? condition : condition.apply(Logic.NOT);
    }

    private static Term live(Term select) {
        return new Term(select.graph(), select.node().input(3 - zeroBranch(select.node())));
    }

    /** A select seen through a view: view(c ? a : 0) is view(c) ? view(a) : 0. */
    private static Node lift(Term term) {
        Node node = term.node();
        if (!node.is(View.VIEW) || !isSelect(node.input(0))) {
            return node;
        }
        IndexMap map = (IndexMap) node.attribute();
        List<Term> moved = node.input(0).inputs().stream()
                .map(input -> new Term(term.graph(), input).view(map))
                .toList();
        Term zero = moved.get(1).constant(0);
        boolean zeroLast = zeroBranch(node.input(0)) == 2;
        return moved.get(0)
                .select(zeroLast ? moved.get(1) : zero, zeroLast ? zero : moved.get(2))
                .node();
    }

    private static boolean isRepeated(Node node) {
        return node.is(View.VIEW)
                && IntStream.range(0, node.shape().rank())
                        .anyMatch(axis -> ((IndexMap) node.attribute())
                                .sources().stream()
                                        .allMatch(source ->
                                                source.coefficients().get(axis).equals(Dim.ZERO)));
    }

    private static Term rebuild(Term origin, Node select, UnaryOperator<Term> change) {
        Term condition = new Term(origin.graph(), select.input(0));
        int zero = zeroBranch(select);
        Term live = change.apply(new Term(origin.graph(), select.input(3 - zero)));
        Term nothing = live.constant(0);
        return zero == 2 ? condition.select(live, nothing) : condition.select(nothing, live);
    }

    private static boolean isSelect(Node node) {
        return node.is(Logic.SELECT) && node.isReal() && zeroBranch(node) > 0;
    }

    private static int zeroBranch(Node select) {
        if (Leaf.isConstant(select.input(2), 0)) {
            return 2;
        }
        return Leaf.isConstant(select.input(1), 0) ? 1 : 0;
    }
}
