package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import dev.gradc.compiler.ir.Reached;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * {@code a * (b * x + y) - c * x → (a * b - c) * x + a * y} for tensors x, y and scalars a, b, c, and {@code
 * x * z + v + y * z → (x + y) * z + v}: what is linear in the same few tensors is computed from them, with scalars that are
 * computed once. Derivatives of formulas of scalar products are full of such sums. What the model's outputs are computed
 * from stays as it is written, and so does its rounding.
 */
public final class LikeTerms {

    /** The most tensors of a sum: a longer one is a tensor of other sums. */
    private static final int MOST = 8;

    private final GraphBuilder graph;
    private final Reached reached;
    private final Set<Node> exact = NodeMap.newSet();
    private final Map<Node, Integer> uses = new NodeMap<>();
    private final Map<Node, LinearForm> forms = new NodeMap<>();

    /** Products that only one sum reads. */
    private final Set<Node> products = NodeMap.newSet();

    /** For each node of a sum the first one of all that are computed from one another. */
    private final Map<Node, Node> firsts = new NodeMap<>();

    private LikeTerms(GraphBuilder graph, Reached reached, Collection<Node> outputs) {
        this.graph = graph;
        this.reached = reached;
        exact.addAll(Graph.reachable(outputs));
        reached.roots().forEach(root -> uses.put(root, 2));
        for (Node node : reached.nodes()) {
            for (Node input : node.inputs()) {
                uses.put(input, uses.getOrDefault(input, 0) + 1);
            }
        }
    }

    /**
     * What becomes of the nodes {@code reached}, old node to new; empty where nothing changes.
     *
     * @param graph where sums are tried out
     * @param factory makes those that are taken
     * @param outputs the model's own
     */
    public static Map<Node, Node> apply(
            GraphBuilder graph, NodeFactory factory, Reached reached, Collection<Node> outputs) {
        LikeTerms pass = new LikeTerms(graph, reached, outputs);
        reached.nodes().stream().filter(pass::isLinear).forEach(pass::find);
        Map<Node, Node> better = pass.better();
        return better.isEmpty() ? better : pass.rebuilt(better, factory);
    }

    private boolean isLinear(Node node) {
        if (!node.isReal() || node.shape().isScalar() || exact.contains(node)) {
            return false;
        }
        boolean isProduct = node.is(Arithmetic.MULTIPLY) || node.is(Arithmetic.DIVIDE);
        return isProduct ? isScaledBy(node, 1) || (node.is(Arithmetic.MULTIPLY) && isScaledBy(node, 0)) : isSum(node);
    }

    private static boolean isSum(Node node) {
        return node.is(Arithmetic.ADD) || node.is(Arithmetic.SUBTRACT) || node.is(Arithmetic.NEGATE);
    }

    /** Whether an input of {@code node} is one scalar at all places. */
    private static boolean isScaledBy(Node node, int input) {
        for (int axis = 0; axis < node.shape().rank(); axis++) {
            if (!Repetition.repeats(node.input(input), axis)) {
                return false;
            }
        }
        return true;
    }

    /** The scalar that an input of {@code node} repeats. */
    private Term scalar(Node node, int input) {
        List<Integer> axes = IntStream.range(0, node.shape().rank()).boxed().toList();
        return Repetition.without(new Term(graph, node.input(input)), axes).orElseThrow();
    }

    private void find(Node node) {
        LinearForm form = formed(node);
        if (form.factors().size() > MOST) {
            return;
        }
        forms.put(node, form);
        firsts.put(node, node);
        for (Node input : node.inputs()) {
            if (forms.containsKey(input)) {
                firsts.put(first(input), first(node));
            } else if (isSum(node) && input.is(Arithmetic.MULTIPLY) && uses.get(input) == 1) {
                products.add(input);
                firsts.put(input, node);
            }
        }
    }

    private Node first(Node node) {
        Node first = node;
        while (firsts.get(first) != first) {
            firsts.put(first, firsts.get(firsts.get(first)));
            first = firsts.get(first);
        }
        return first;
    }

    private LinearForm formed(Node node) {
        if (node.is(Arithmetic.MULTIPLY) || node.is(Arithmetic.DIVIDE)) {
            int tensor = isScaledBy(node, 1) ? 0 : 1;
            Term scalar = scalar(node, 1 - tensor);
            boolean divides = node.is(Arithmetic.DIVIDE);
            return form(node.input(tensor)).times(divides ? scalar.constant(1).over(scalar) : scalar);
        } else if (node.is(Arithmetic.NEGATE)) {
            return form(node.input(0)).negated();
        }
        return form(node.input(0)).plus(form(node.input(1)), node.is(Arithmetic.SUBTRACT), graph);
    }

    private LinearForm form(Node node) {
        LinearForm known = forms.get(node);
        return known == null ? LinearForm.of(node) : known;
    }

    /** The sums that others take the place of. */
    private Map<Node, Node> better() {
        Map<Node, List<Node>> together = new LinkedHashMap<>();
        for (Node node : wanted()) {
            together.computeIfAbsent(first(node), first -> new ArrayList<>()).add(node);
        }
        Map<Node, Integer> operations = operations();
        Map<Node, Node> better = new LinkedHashMap<>();
        together.forEach((first, sums) -> {
            int least = sums.stream()
                    .mapToInt(sum -> forms.get(sum).leastOperations(products))
                    .sum();
            if (least < operations.get(first)) {
                Map<Node, Node> others = new LinkedHashMap<>();
                sums.forEach(sum -> others.put(sum, forms.get(sum).sum(graph, products)));
                if (work(first, others.values()) < work(first, sums)) {
                    better.putAll(others);
                }
            }
        });
        return better;
    }

    /** How many operations all the sums around a first one take. */
    private Map<Node, Integer> operations() {
        Map<Node, Integer> operations = new NodeMap<>();
        firsts.keySet().forEach(node -> operations.merge(first(node), Costs.duration(node), Integer::sum));
        return operations;
    }

    /** The sums that something else than another sum reads. */
    private Set<Node> wanted() {
        Set<Node> wanted = NodeMap.newSet();
        reached.roots().stream().filter(forms::containsKey).forEach(wanted::add);
        for (Node node : reached.nodes()) {
            if (!forms.containsKey(node)) {
                for (Node input : node.inputs()) {
                    if (forms.containsKey(input)) {
                        wanted.add(input);
                    }
                }
            }
        }
        return wanted;
    }

    /** How long {@code sums} take, computed from what is not of the sums around {@code first}. */
    private double work(Node first, Collection<Node> sums) {
        return Graph.reachable(sums, node -> !isOutside(node, first)).stream()
                .filter(node -> node.gate() instanceof Pointwise && !isOutside(node, first))
                .mapToDouble(node -> Costs.duration(node) * Costs.elements(node))
                .sum();
    }

    private boolean isOutside(Node node, Node first) {
        return firsts.containsKey(node) ? first(node) != first : uses.containsKey(node);
    }

    private Map<Node, Node> rebuilt(Map<Node, Node> better, NodeFactory factory) {
        Map<Node, Node> made = new NodeMap<>();
        for (Node node : reached.nodes()) {
            Node now = better.get(node);
            if (now == null) {
                made.put(node, Graph.with(factory, node, made));
                continue;
            }
            for (Node inner : Graph.reachable(List.of(now), each -> !made.containsKey(each))) {
                made.computeIfAbsent(inner, each -> made(each, made, factory));
            }
            made.put(node, made.get(now));
        }
        return made;
    }

    /** {@code node} of what was {@code made}; what was tried out is made again in simplest form. */
    private Node made(Node node, Map<Node, Node> made, NodeFactory factory) {
        if (uses.containsKey(node)) {
            return Graph.with(factory, node, made);
        }
        return factory.make(
                node.gate(),
                node.attribute(),
                node.inputs().stream().map(made::get).toList());
    }
}
