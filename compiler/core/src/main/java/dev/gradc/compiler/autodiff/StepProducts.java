package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Products whose sum over all steps is the gradient of what a loop captures, as of a layer's weights. The loop only
 * leaves their factors; behind it one product with the steps as one more axis that is summed over takes the place of as
 * many products and additions of its size. Where the factors of a step have as many elements as two such sums, the loop
 * adds up; so it does where nothing but states is stored of its steps.
 */
final class StepProducts {

    /** The factors of a product of a step. */
    private record Product(Contraction.Labels labels, Node left, Node right) {}

    private final NodeFactory graph;
    private final Scan.Body body;
    private final Set<Node> changing;
    private final Map<Node, List<Product>> products = new LinkedHashMap<>();

    /**
     * The products in a loop.
     *
     * @param adjoints what the reverse loop computes, in terms of {@code body}
     * @param states the states of the reverse loop
     */
    StepProducts(NodeFactory graph, Scan.Body body, List<Node> states, List<Node> adjoints) {
        this.graph = graph;
        this.body = body;
        List<Node> variables = new ArrayList<>(states);
        variables.addAll(body.states());
        this.changing = new HashSet<>(body.with(variables, List.of(), List.of()).inside(adjoints));
    }

    /** What is left of the {@code share} of {@code capture} when products are taken out. */
    Optional<Node> remainder(Node capture, Node share) {
        if (share.is(Arithmetic.ADD)) {
            Optional<Node> left = remainder(capture, share.input(0));
            Optional<Node> right = remainder(capture, share.input(1));
            return left.isPresent() && right.isPresent()
                    ? Optional.of(graph.make(Arithmetic.ADD, left.get(), right.get()))
                    : left.or(() -> right);
        }
        if (!isTakenOut(share)) {
            return Optional.of(share);
        }
        products.computeIfAbsent(capture, c -> new ArrayList<>())
                .add(new Product(Contraction.labels(share), share.input(0), share.input(1)));
        return Optional.empty();
    }

    private boolean isTakenOut(Node share) {
        return share.is(Contraction.CONTRACT)
                && !body.isCheckpointed()
                && changing.containsAll(share.inputs())
                && stored(share.input(0)) + stored(share.input(1)) < 2 * Costs.elements(share);
    }

    /** Elements to store a step for {@code factor}; states are stored anyway. */
    private double stored(Node factor) {
        return body.states().contains(factor) ? 0 : Costs.elements(factor);
    }

    /** What the loop has to leave. */
    List<Node> factors() {
        return products.values().stream()
                .flatMap(List::stream)
                .flatMap(product -> List.of(product.left(), product.right()).stream())
                .distinct()
                .toList();
    }

    /** The sums for {@code capture} over all steps. */
    List<Term> sums(Node capture, Map<Node, Node> sequences) {
        return products.getOrDefault(capture, List.of()).stream()
                .map(product -> new Term(
                        graph,
                        graph.make(
                                Contraction.CONTRACT,
                                overSteps(product.labels()),
                                List.of(sequences.get(product.left()), sequences.get(product.right())))))
                .toList();
    }

    private static Contraction.Labels overSteps(Contraction.Labels labels) {
        List<Integer> left = new ArrayList<>(labels.left());
        List<Integer> right = new ArrayList<>(labels.right());
        int step = Math.max(
                        left.stream().max(Integer::compare).orElse(0),
                        right.stream().max(Integer::compare).orElse(0))
                + 1;
        left.add(0, step);
        right.add(0, step);
        return new Contraction.Labels(left, right, labels.out());
    }
}
