package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.rewrite.SignedTerms.SignedTerm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code scatter(a) + scatter(b) → concat([a, b])}: gradients of slices that together make up a tensor are that tensor's
 * gradient, put together. So a product with it stays one product. Left alone unless provably every element is landed on
 * once.
 */
final class PackInsteadOfSum extends StructuralRule {

    /** What {@link #landed} says of sums whose terms may land: each is asked about for itself and for sums that it is part of. */
    private final Map<Node, Optional<Dim>> sizes = new HashMap<>();

    PackInsteadOfSum() {
        super(
                "pack-instead-of-sum",
                "scatter(a) + scatter(b) => concat([a, b])",
                Contract.ORDINARY,
                gate -> gate == Arithmetic.ADD || gate == Arithmetic.SUBTRACT);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node sum = at.node();
        if (!sum.isReal() || !landed(sum).equals(Optional.of(sum.shape().size()))) {
            return Optional.empty();
        }
        List<Node> parts = new ArrayList<>();
        List<IndexMap> maps = new ArrayList<>();
        collect(new Term(at.graph(), sum), parts, maps);
        Disjoint disjoint = new Disjoint(sum.shape());
        return maps.stream().allMatch(disjoint::admits)
                ? Optional.of(new Term(at.graph(), Pack.placed(at.graph(), sum.shape(), parts, maps)))
                : Optional.empty();
    }

    /** How many elements land, where {@code node} is one that lands alone, or a sum of such. */
    private Optional<Dim> landed(Node node) {
        if (Scatter.isAffine(node)) {
            return Optional.of(Scatter.target(node).map().shape().size());
        } else if (!isSum(node) || !mayLand(node.input(0)) || !mayLand(node.input(1))) {
            return Optional.empty();
        }
        Optional<Dim> known = sizes.get(node);
        if (known == null) {
            known = landed(node.input(1)).flatMap(right -> landed(node.input(0)).map(right::plus));
            sizes.put(node, known);
        }
        return known;
    }

    private static boolean mayLand(Node node) {
        return isSum(node) || Scatter.isAffine(node);
    }

    private static boolean isSum(Node node) {
        return node.is(Arithmetic.ADD) || node.is(Arithmetic.SUBTRACT);
    }

    /** Adds what lands in {@code sum} to {@code parts}, in order, and where to {@code maps}. */
    private static void collect(Term sum, List<Node> parts, List<IndexMap> maps) {
        for (SignedTerm term : SignedTerms.of(sum.node(), node -> true).terms()) {
            Term data = new Term(sum.graph(), term.node().input(0));
            parts.add((term.isNegative() ? data.negate() : data).node());
            maps.add(Scatter.target(term.node()).map());
        }
    }
}
