package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is linear in a {@link Sparse} tensor is computed of the data that land, and lands afterwards. So the row of a
 * Jacobian that a unit vector upstream gives stays as small as it is, and its places are left to be read off.
 */
final class SparseRules {

    private SparseRules() {}

    /** In the order in which they are tried. */
    static List<Rule> all() {
        return List.of(
                rule("scatter-nothing", "scatter(0) => 0", gate -> gate == Scatter.SCATTER, SparseRules::nothing),
                rule(
                        "scatter-scattered",
                        "scatter(scatter(a)) => scatter(a)",
                        gate -> gate == Scatter.SCATTER,
                        SparseRules::scattered),
                rule(
                        "scatter-pointwise",
                        "scatter(a) * x => scatter(a * x[where a lands])",
                        Pointwise.class::isInstance,
                        SparseRules::pointwise),
                rule("scatter-view", "scatter(a)[i] => scatter(a[i])", gate -> gate == View.VIEW, SparseRules::view),
                rule("scatter-sum", "sum(scatter(a)) => sum(a)", gate -> gate == Reductions.SUM, SparseRules::sum),
                rule(
                        "scatter-product",
                        "scatter(a) @ B => scatter(a @ B[where a lands])",
                        gate -> gate == Contraction.CONTRACT,
                        SparseRules::product));
    }

    private static Rule rule(
            String name, String text, Predicate<Operation> gates, Function<Site, Optional<Term>> rewrite) {
        return new StructuralRule(name, text, Contract.ORDINARY, gates) {
            @Override
            public Optional<Term> rewrite(Site at) {
                return rewrite.apply(at);
            }
        };
    }

    private static Optional<Sparse> sparse(Site at, int input) {
        return Sparse.of(at.in(input));
    }

    /** Whether {@code node} is a sum of sparse tensors. */
    private static boolean isSum(Node node) {
        boolean adds = node.is(Arithmetic.ADD) || node.is(Arithmetic.SUBTRACT);
        return adds && node.isReal() && node.inputs().stream().allMatch(term -> isSum(term) || isSparse(term));
    }

    private static boolean isSparse(Node node) {
        return node.is(Scatter.SCATTER) && Sparse.isSmaller(node.input(0).shape(), node.shape());
    }

    /** A gate that moves its first input, on each term of the sum that this is. */
    private static Term termwise(Site at) {
        Node sum = at.node().input(0);
        List<Node> terms = new ArrayList<>();
        for (Node term : sum.inputs()) {
            List<Node> inputs = new ArrayList<>(at.node().inputs());
            inputs.set(0, term);
            terms.add(at.graph().make(at.node().gate(), at.node().attribute(), inputs));
        }
        return new Term(at.graph(), at.graph().make(sum.gate(), sum.attribute(), terms));
    }

    /** {@code scatter(0) → 0}. */
    private static Optional<Term> nothing(Site at) {
        Node data = at.node().input(0);
        return Leaf.isConstant(data, 0) && data.isReal() ? Optional.of(at.constant(0)) : Optional.empty();
    }

    /** {@code scatter(scatter(x)) → scatter(x)} by the composed map; of a sum each term. */
    private static Optional<Term> scattered(Site at) {
        if (isSum(at.node().input(0))) {
            return Optional.of(termwise(at));
        }
        return sparse(at, 0).map(inner -> {
            Scatter.Target target = (Scatter.Target) at.node().attribute();
            IndexMap map = target.map().compose(inner.map());
            Gather.Selection selection =
                    new Gather.Selection(map, target.selection().loaded());
            Term[] indices = new Term[at.node().inputs().size() - 1];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = at.in(i + 1).view(inner.map());
            }
            return inner.data().make(Scatter.SCATTER, new Scatter.Target(selection, target.shape()), indices);
        });
    }

    /** {@code scatter(x) * y → scatter(x * y)} with y where x lands; likewise quotients, selects and sums. */
    private static Optional<Term> pointwise(Site at) {
        List<Integer> linear = linear(at);
        if (linear.isEmpty() || !at.node().isReal()) {
            return Optional.empty();
        }
        Sparse first = sparse(at, linear.get(0)).orElseThrow();
        List<Node> inputs = new ArrayList<>();
        for (int i = 0; i < at.node().inputs().size(); i++) {
            inputs.add(
                    linear.contains(i)
                            ? sparse(at, i).orElseThrow().data().node()
                            : at.in(i).view(first.map()).node());
        }
        Node data = at.graph().make(at.node().gate(), at.node().attribute(), inputs);
        return Optional.of(Sparse.placed(new Term(at.graph(), data), first.map(), first.shape()));
    }

    /** The inputs that are sparse in the same way, and zero together make the gate zero. */
    private static List<Integer> linear(Site at) {
        Node node = at.node();
        if (node.is(Arithmetic.MULTIPLY)) {
            return sparse(at, 0).isPresent() ? List.of(0) : sparse(at, 1).isPresent() ? List.of(1) : List.of();
        } else if (node.is(Arithmetic.NEGATE) || node.is(Arithmetic.DIVIDE)) {
            return sparse(at, 0).isPresent() ? List.of(0) : List.of();
        } else if (node.is(Arithmetic.ADD) || node.is(Arithmetic.SUBTRACT)) {
            return together(at, 0, 1);
        } else if (node.is(Logic.SELECT)) {
            boolean zeroLast = Leaf.isConstant(node.input(2), 0);
            boolean zeroFirst = Leaf.isConstant(node.input(1), 0);
            if (zeroLast || zeroFirst) {
                int live = zeroLast ? 1 : 2;
                return sparse(at, live).isPresent() ? List.of(live) : List.of();
            }
            return together(at, 1, 2);
        }
        return List.of();
    }

    private static List<Integer> together(Site at, int left, int right) {
        Optional<Sparse> a = sparse(at, left);
        Optional<Sparse> b = sparse(at, right);
        boolean same =
                a.isPresent() && b.isPresent() && a.get().map().equals(b.get().map());
        return same ? List.of(left, right) : List.of();
    }

    /** {@code view(scatter(x)) → scatter(view(x))}; of a sum each term. */
    private static Optional<Term> view(Site at) {
        if (isSum(at.node().input(0))) {
            return Optional.of(termwise(at));
        }
        return sparse(at, 0)
                .flatMap(sparse -> SparseView.of(sparse, (IndexMap) at.node().attribute()));
    }

    private static Optional<Term> sum(Site at) {
        return sparse(at, 0).map(sparse -> sparse.sum(Reduction.axes(at.node())));
    }

    private static Optional<Term> product(Site at) {
        Contraction.Labels labels = Contraction.labels(at.node());
        Optional<Term> left = sparse(at, 0)
                .map(sparse -> sparse.contract(
                        at.node().input(1),
                        labels.left(),
                        labels.right(),
                        labels.out(),
                        at.node().shape()));
        return left.or(() -> sparse(at, 1)
                .map(sparse -> sparse.contract(
                        at.node().input(0),
                        labels.right(),
                        labels.left(),
                        labels.out(),
                        at.node().shape())));
    }
}
