package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Graph;
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

/**
 * {@code x / v, y / v → x * r, y * r with r = 1 / v}: where several gradients are divided by the same value, or a tensor by
 * a smaller one, the reciprocal is taken once; a division takes as long as several products. Outputs of the model keep the
 * divisions that it writes, and so their rounding; gradients round once more, and need v not to be subnormal.
 */
public final class SharedReciprocals {

    private final NodeFactory graph;
    private final Set<Node> replaced = NodeMap.newSet();

    private SharedReciprocals(NodeFactory graph) {
        this.graph = graph;
    }

    /**
     * What becomes of the nodes {@code reached}, old node to new; empty where nothing changes.
     *
     * @param together for each program what it computes, of which one division does for another
     * @param outputs the model's own, whose divisions stay
     */
    public static Map<Node, Node> apply(
            NodeFactory graph, Reached reached, List<List<Node>> together, Collection<Node> outputs) {
        SharedReciprocals pass = new SharedReciprocals(graph);
        Set<Node> exact = NodeMap.newSet();
        exact.addAll(Graph.reachable(outputs));
        for (List<Node> roots : together) {
            List<Node> nodes = Graph.reachable(roots, node -> !exact.contains(node));
            pass.find(nodes.stream().filter(node -> !exact.contains(node)).toList());
        }
        return pass.replaced.isEmpty() ? Map.of() : pass.multiplied(reached.nodes());
    }

    /** Finds what is divided by the same value among the {@code nodes} of one program. */
    private void find(List<Node> nodes) {
        Map<Node, List<Node>> divisions = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (node.is(Arithmetic.DIVIDE) && node.isReal()) {
                Node divisor = source(node.input(1));
                if (Leaf.constantValue(divisor).isEmpty()) {
                    divisions.computeIfAbsent(divisor, key -> new ArrayList<>()).add(node);
                }
            }
        }
        divisions.forEach((divisor, quotients) -> {
            if (isWorthIt(divisor, quotients)) {
                replaced.addAll(quotients);
            }
        });
    }

    /** What {@code divisor} spreads out, or itself. */
    private static Node source(Node divisor) {
        if (!divisor.is(View.VIEW)) {
            return divisor;
        }
        IndexMap map = (IndexMap) divisor.attribute();
        boolean isSpread = map.repeats() && map.isBroadcast(divisor.input(0).shape());
        return isSpread ? divisor.input(0) : divisor;
    }

    /** Whether all {@code quotients} by one value cost more than its reciprocal and products with it. */
    private static boolean isWorthIt(Node divisor, List<Node> quotients) {
        boolean isSpread =
                !quotients.get(0).shape().size().equals(divisor.shape().size());
        return quotients.size() > 1 || isSpread;
    }

    private Map<Node, Node> multiplied(List<Node> nodes) {
        Map<Node, Node> made = new NodeMap<>();
        for (Node node : nodes) {
            made.put(
                    node,
                    replaced.contains(node)
                            ? product(made.get(node.input(0)), made.get(node.input(1)))
                            : Graph.with(graph, node, made));
        }
        return made;
    }

    private Node product(Node dividend, Node divisor) {
        Term source = new Term(graph, source(divisor));
        Term reciprocal = source.constant(1).over(source);
        if (source.node() != divisor) {
            reciprocal = reciprocal.view((IndexMap) divisor.attribute());
        }
        return Leaf.isConstant(dividend, 1)
                ? reciprocal.node()
                : new Term(graph, dividend).times(reciprocal).node();
    }
}
