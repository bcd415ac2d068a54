package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Contraction.Labels;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code sum over i of A[i, k] B[k, j] → (sum over i of A[i, k]) B[k, j]}: what only one factor of a product varies along
 * is summed before the product, which is smaller by that extent. A sum of which such a product is a term is split.
 */
final class SumBeforeProduct extends StructuralRule {

    SumBeforeProduct() {
        super(
                "sum-before-product",
                "sum[i] (A @ B)[i, j] => ((sum[i] A[i, :]) @ B)[j]",
                Contract.ROUNDING,
                gate -> gate == Reductions.SUM);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node input = at.node().input(0);
        List<Integer> axes = Reduction.axes(at.node());
        if (input.is(Contraction.CONTRACT)) {
            return product(at, input, axes);
        }
        boolean isSum = at.node().isReal() && (input.is(Arithmetic.ADD) || input.is(Arithmetic.SUBTRACT));
        if (!isSum
                || input.inputs().stream()
                        .allMatch(term -> ofOneFactor(term, axes).isEmpty())) {
            return Optional.empty();
        }
        Term left = new Term(at.graph(), input.input(0)).reduce(Reductions.SUM, axes);
        Term right = new Term(at.graph(), input.input(1)).reduce(Reductions.SUM, axes);
        return Optional.of(left.apply(input.gate(), right));
    }

    /** The labels of those of {@code axes} that only one factor of the product {@code node} has. */
    private static List<Integer> ofOneFactor(Node node, List<Integer> axes) {
        if (!node.is(Contraction.CONTRACT)) {
            return List.of();
        }
        Labels labels = Contraction.labels(node);
        return axes.stream()
                .map(labels.out()::get)
                .filter(label -> labels.left().contains(label) != labels.right().contains(label))
                .toList();
    }

    private static Optional<Term> product(Site at, Node product, List<Integer> axes) {
        List<Integer> first = ofOneFactor(product, axes);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Labels labels = Contraction.labels(product);
        List<Integer> summed = axes.stream().map(labels.out()::get).toList();
        List<Integer> out = without(labels.out(), first);
        Labels smaller = new Labels(without(labels.left(), first), without(labels.right(), first), out);
        Term result = summed(at, product.input(0), labels.left(), first)
                .make(Contraction.CONTRACT, smaller, summed(at, product.input(1), labels.right(), first));
        List<Integer> rest = without(summed, first).stream().map(out::indexOf).toList();
        return Optional.of(result.reduce(Reductions.SUM, rest));
    }

    /** {@code factor} summed along the axes whose labels are among {@code over}. */
    private static Term summed(Site at, Node factor, List<Integer> labels, List<Integer> over) {
        List<Integer> axes = over.stream()
                .filter(labels::contains)
                .map(labels::indexOf)
                .sorted()
                .toList();
        return new Term(at.graph(), factor).reduce(Reductions.SUM, axes);
    }

    private static List<Integer> without(List<Integer> labels, List<Integer> removed) {
        List<Integer> rest = new ArrayList<>(labels);
        rest.removeAll(removed);
        return rest;
    }
}
