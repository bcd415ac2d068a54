package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * {@code scatter(a) + scatter(b) → concat([a, b])}: gradients of slices that together make up a tensor are that tensor's
 * gradient, put together. So a product with it stays one product. Left alone unless provably every element is landed on
 * once.
 */
final class PackInsteadOfSum extends StructuralRule {

    PackInsteadOfSum() {
        super(
                "pack-instead-of-sum",
                "scatter(a) + scatter(b) => concat([a, b])",
                Contract.ORDINARY,
                gate -> gate == Arithmetic.ADD || gate == Arithmetic.SUBTRACT);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        List<Term> parts = new ArrayList<>();
        List<IndexMap> maps = new ArrayList<>();
        boolean isPack = at.node().isReal()
                && collect(new Term(at.graph(), at.node()), false, parts, maps)
                && isCovered(at, maps);
        if (!isPack) {
            return Optional.empty();
        }
        Collections.reverse(parts);
        Collections.reverse(maps);
        List<Node> nodes = parts.stream().map(Term::node).toList();
        return Optional.of(
                new Term(at.graph(), Pack.placed(at.graph(), at.node().shape(), nodes, maps)));
    }

    /** Whether {@code term} is a sum of what lands alone, which {@code parts} take, the last one first. */
    private static boolean collect(Term term, boolean negative, List<Term> parts, List<IndexMap> maps) {
        Node node = term.node();
        if (node.is(Arithmetic.ADD) || node.is(Arithmetic.SUBTRACT)) {
            Term left = new Term(term.graph(), node.input(0));
            Term right = new Term(term.graph(), node.input(1));
            return collect(right, node.is(Arithmetic.SUBTRACT) != negative, parts, maps)
                    && collect(left, negative, parts, maps);
        }
        if (!Scatter.isAffine(node)) {
            return false;
        }
        Term data = new Term(term.graph(), node.input(0));
        parts.add(negative ? data.negate() : data);
        maps.add(Scatter.target(node).map());
        return true;
    }

    private static boolean isCovered(Site at, List<IndexMap> maps) {
        Dim size = maps.stream().map(map -> map.shape().size()).reduce(Dim.ZERO, Dim::plus);
        Disjoint disjoint = new Disjoint(at.node().shape());
        return size.equals(at.node().shape().size()) && maps.stream().allMatch(disjoint::admits);
    }
}
