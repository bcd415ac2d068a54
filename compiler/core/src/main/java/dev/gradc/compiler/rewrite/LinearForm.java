package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A sum of tensors of one shape, each times a scalar: {@code a * x - b * y + z}.
 *
 * @param factors what each tensor is multiplied by
 */
record LinearForm(Map<Node, Factor> factors) {

    /**
     * A scalar with a sign.
     *
     * @param value empty for 1
     */
    record Factor(Optional<Term> value, boolean isNegative) {
        private static final Factor ONE = new Factor(Optional.empty(), false);

        private Factor negated(boolean flips) {
            return new Factor(value, isNegative != flips);
        }

        private Factor times(Term scalar) {
            return new Factor(Optional.of(value.map(own -> own.times(scalar)).orElse(scalar)), isNegative);
        }

        private Factor plus(Factor other, NodeFactory graph) {
            Term left = value.orElseGet(() -> one(graph));
            Term right = other.value.orElseGet(() -> one(graph));
            boolean isAlike = isNegative == other.isNegative;
            return new Factor(Optional.of(isAlike ? left.plus(right) : left.minus(right)), isNegative);
        }

        private static Term one(NodeFactory graph) {
            return new Term(graph, Leaf.constant(graph, 1, Type.real(Shape.SCALAR)));
        }
    }

    /** A term of a sum. */
    private record Summand(Term term, boolean isNegative) {}

    /** The tensor {@code node} once. */
    static LinearForm of(Node node) {
        return new LinearForm(Map.of(node, Factor.ONE));
    }

    /** The sum of both, or the difference. */
    LinearForm plus(LinearForm other, boolean subtracts, NodeFactory graph) {
        Map<Node, Factor> sum = new LinkedHashMap<>(factors);
        other.factors.forEach(
                (node, factor) -> sum.merge(node, factor.negated(subtracts), (left, right) -> left.plus(right, graph)));
        return new LinearForm(sum);
    }

    LinearForm negated() {
        return map(factor -> factor.negated(true));
    }

    LinearForm times(Term scalar) {
        return map(factor -> factor.times(scalar));
    }

    private LinearForm map(UnaryOperator<Factor> change) {
        Map<Node, Factor> changed = new LinkedHashMap<>();
        factors.forEach((node, factor) -> changed.put(node, change.apply(factor)));
        return new LinearForm(changed);
    }

    /**
     * How many operations on tensors the sum takes at least.
     *
     * @param products those of the tensors that take one themselves
     */
    int leastOperations(Set<Node> products) {
        List<Term> scalars = new ArrayList<>();
        boolean multiplies = false;
        for (Map.Entry<Node, Factor> each : factors.entrySet()) {
            multiplies |= products.contains(each.getKey());
            Optional<Term> scalar = each.getValue().value();
            if (scalar.isPresent() && !scalars.contains(scalar.get())) {
                scalars.add(scalar.get());
            }
        }
        return factors.size() - 1 + scalars.size() + (multiplies ? 1 : 0);
    }

    /**
     * The sum: tensors with the same scalar are added up first, and so are products with a common factor.
     *
     * @param products those of the tensors that may be taken apart into their factors
     */
    Node sum(NodeFactory graph, Set<Node> products) {
        Map<Optional<Term>, List<Summand>> byScalar = new LinkedHashMap<>();
        factors.forEach((node, factor) -> byScalar.computeIfAbsent(factor.value(), key -> new ArrayList<>())
                .add(new Summand(new Term(graph, node), factor.isNegative())));
        Map<Optional<Term>, Summand> sums = new LinkedHashMap<>();
        byScalar.forEach((scalar, tensors) -> sums.put(scalar, sum(grouped(tensors, products))));
        boolean isNegative = sums.values().stream().allMatch(Summand::isNegative);
        List<Summand> scaled = new ArrayList<>();
        for (Map.Entry<Optional<Term>, Summand> sum : sums.entrySet()) {
            boolean flips = isNegative && sum.getKey().isPresent();
            scaled.add(scaled(sum.getValue(), sum.getKey(), flips));
            isNegative &= !flips;
        }
        Summand all = sum(scaled);
        return (all.isNegative() ? all.term().negate() : all.term()).node();
    }

    /** {@code tensor} times {@code scalar}, which takes the sign if it {@code flips}. */
    private static Summand scaled(Summand tensor, Optional<Term> scalar, boolean flips) {
        Term term = tensor.term();
        Optional<Term> factor = scalar.map(value -> flips ? value.negate() : value);
        Optional<Term> product =
                factor.map(value -> term.times(value.broadcast(term.node().shape(), List.of())));
        return new Summand(product.orElse(term), tensor.isNegative() != flips);
    }

    /** {@code x * z + y * z → (x + y) * z}. */
    private static List<Summand> grouped(List<Summand> terms, Set<Node> products) {
        List<Summand> left = new ArrayList<>(terms);
        for (Node factor : commonFactors(terms, products)) {
            List<Summand> having = left.stream()
                    .filter(summand -> products.contains(summand.term().node())
                            && summand.term().node().inputs().contains(factor))
                    .toList();
            if (having.size() > 1) {
                Summand sum = sum(
                        having.stream().map(summand -> others(summand, factor)).toList());
                Term product = sum.term().times(new Term(sum.term().graph(), factor));
                left.removeAll(having);
                left.add(new Summand(product, sum.isNegative()));
            }
        }
        return left;
    }

    private static Set<Node> commonFactors(List<Summand> terms, Set<Node> products) {
        Set<Node> once = new LinkedHashSet<>();
        Set<Node> common = new LinkedHashSet<>();
        for (Summand summand : terms) {
            if (products.contains(summand.term().node())) {
                summand.term().node().inputs().stream()
                        .filter(factor -> !once.add(factor))
                        .forEach(common::add);
            }
        }
        return common;
    }

    /** {@code product} without {@code factor}. */
    private static Summand others(Summand product, Node factor) {
        Node node = product.term().node();
        Node other = node.input(node.input(0) == factor ? 1 : 0);
        return new Summand(new Term(product.term().graph(), other), product.isNegative());
    }

    /** The sum of {@code terms}, those that are added first. */
    private static Summand sum(List<Summand> terms) {
        List<Summand> order = new ArrayList<>();
        terms.stream().filter(term -> !term.isNegative()).forEach(order::add);
        terms.stream().filter(Summand::isNegative).forEach(order::add);
        Summand sum = order.get(0);
        for (Summand next : order.subList(1, order.size())) {
            boolean isAlike = next.isNegative() == sum.isNegative();
            sum = new Summand(sum(sum.term(), next.term(), isAlike), sum.isNegative());
        }
        return sum;
    }

    /** The sum or difference of two tensors, made before they are repeated where both are in the same way. */
    private static Term sum(Term left, Term right, boolean adds) {
        boolean isAlike = left.node().is(View.VIEW)
                && right.node().is(View.VIEW)
                && left.node().attribute().equals(right.node().attribute())
                && left.node().input(0).type().equals(right.node().input(0).type());
        if (isAlike && ((IndexMap) left.node().attribute()).repeats()) {
            Term inner = sum(input(left), input(right), adds);
            return inner.view((IndexMap) left.node().attribute());
        }
        return left.apply(adds ? Arithmetic.ADD : Arithmetic.SUBTRACT, right);
    }

    private static Term input(Term view) {
        return new Term(view.graph(), view.node().input(0));
    }
}
