package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Contraction.Labels;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code (A B) x → A (B x)}, for all contractions of contractions, where that costs fewer multiplications. The cost of a
 * product is the product of the extents of all its labels; two orders are compared for all values of the dims: the new one
 * must never cost more, or be of lower degree with no product of its own costlier than one of the old ones. What cannot be
 * told, such as {@code A B C} of matrices with four different dims, stays as it is written.
 */
final class ReassociateProducts extends StructuralRule {

    /** A factor and its labels, which are common to all three factors. */
    private record Factor(Node node, List<Integer> labels) {}

    /**
     * {@code alone * (second * third)}.
     *
     * @param within the labels of the inner product's result
     * @param out the labels of the outer product's result
     */
    private record Order(Factor alone, Factor second, Factor third, List<Integer> within, List<Integer> out) {

        /** Empty where the inner product would have a label that it neither sums nor hands on. */
        private static Optional<Order> of(Factor alone, Factor second, Factor third, List<Integer> out) {
            Set<Integer> within = new LinkedHashSet<>(second.labels());
            within.addAll(third.labels());
            within.removeIf(label -> !alone.labels().contains(label) && !out.contains(label));
            boolean sumsShared = Stream.of(second, third)
                    .flatMap(factor -> factor.labels().stream())
                    .filter(label -> !within.contains(label))
                    .allMatch(label ->
                            second.labels().contains(label) && third.labels().contains(label));
            return sumsShared
                    ? Optional.of(new Order(alone, second, third, List.copyOf(within), out))
                    : Optional.empty();
        }

        private Dim inner() {
            return cost(second, third);
        }

        private Dim outer() {
            Set<Integer> labels = new LinkedHashSet<>(alone.labels());
            labels.addAll(within);
            Map<Integer, Dim> extents = extents(alone, second, third);
            return Dim.product(labels.stream().map(extents::get).toList());
        }

        private Term build(Site at) {
            Term inner = new Term(at.graph(), second.node())
                    .make(
                            Contraction.CONTRACT,
                            new Labels(second.labels(), third.labels(), within),
                            new Term(at.graph(), third.node()));
            return new Term(at.graph(), alone.node())
                    .make(Contraction.CONTRACT, new Labels(alone.labels(), within, out), inner);
        }
    }

    ReassociateProducts() {
        super(
                "reassociate-products",
                "(A @ B) @ x => A @ (B @ x), where that costs less",
                Contract.ROUNDING,
                gate -> gate == Contraction.CONTRACT);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        return rewrite(at, 0).or(() -> rewrite(at, 1));
    }

    private static Optional<Term> rewrite(Site at, int side) {
        if (!at.node().input(side).is(Contraction.CONTRACT)) {
            return Optional.empty();
        }
        Labels labels = Contraction.labels(at.node());
        Factor product = new Factor(at.node().input(side), side == 0 ? labels.left() : labels.right());
        Factor third = new Factor(at.node().input(1 - side), side == 0 ? labels.right() : labels.left());
        List<Factor> factors = factors(product, third);
        Dim inner = cost(factors.get(0), factors.get(1));
        Dim outer = cost(product, third);
        return Stream.of(0, 1)
                .flatMap(alone -> Order.of(factors.get(alone), factors.get(1 - alone), third, labels.out()).stream())
                .filter(order -> isBetter(order, inner, outer))
                .findFirst()
                .map(order -> order.build(at));
    }

    /** The factors of {@code product}, with its labels outside and new ones for what it sums. */
    private static List<Factor> factors(Factor product, Factor third) {
        Labels within = Contraction.labels(product.node());
        Map<Integer, Integer> renamed = new HashMap<>();
        for (int axis = 0; axis < within.out().size(); axis++) {
            renamed.put(within.out().get(axis), product.labels().get(axis));
        }
        Set<Integer> used = new LinkedHashSet<>(product.labels());
        used.addAll(third.labels());
        for (List<Integer> own : List.of(within.left(), within.right())) {
            own.forEach(label -> renamed.computeIfAbsent(label, key -> unused(used)));
        }
        return List.of(factor(product, 0, within.left(), renamed), factor(product, 1, within.right(), renamed));
    }

    private static Factor factor(Factor product, int input, List<Integer> labels, Map<Integer, Integer> renamed) {
        return new Factor(
                product.node().input(input), labels.stream().map(renamed::get).toList());
    }

    private static int unused(Set<Integer> used) {
        int label = 0;
        while (!used.add(label)) {
            label++;
        }
        return label;
    }

    private static Dim cost(Factor... factors) {
        return Dim.product(extents(factors).values());
    }

    private static Map<Integer, Dim> extents(Factor... factors) {
        Map<Integer, Dim> extents = new HashMap<>();
        for (Factor factor : factors) {
            for (int axis = 0; axis < factor.labels().size(); axis++) {
                extents.put(factor.labels().get(axis), factor.node().shape().dim(axis));
            }
        }
        return extents;
    }

    private static boolean isBetter(Order order, Dim inner, Dim outer) {
        Dim before = inner.plus(outer);
        Dim after = order.inner().plus(order.outer());
        boolean neverWorse = before.isAtLeast(after) && !before.equals(after);
        boolean eachNoWorse = Stream.of(order.inner(), order.outer())
                .allMatch(product -> inner.isAtLeast(product) || outer.isAtLeast(product));
        return neverWorse || (eachNoWorse && degree(after) < degree(before));
    }

    private static int degree(Dim cost) {
        return cost.terms().keySet().stream().mapToInt(List::size).max().orElse(0);
    }
}
