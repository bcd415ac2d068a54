package dev.gradc.compiler.ir;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Questions about the nodes that some roots reach. */
public final class Graph {

    private Graph() {}

    /** The nodes that {@code roots} reach, themselves included, in topological order. */
    public static List<Node> reachable(Collection<Node> roots) {
        return reachable(roots, node -> true);
    }

    /** The nodes that {@code roots} reach through nodes that {@code wanted} accepts, roots included, in topological order. */
    public static List<Node> reachable(Collection<Node> roots, Predicate<Node> wanted) {
        NodeTable found = new NodeTable(roots);
        for (Node node = found.last(); node != null; node = found.before(node.id())) {
            List<Node> inputs = node.inputs();
            for (int i = 0; i < inputs.size(); i++) {
                Node input = inputs.get(i);
                if (!found.contains(input) && wanted.test(input)) {
                    found.add(input);
                }
            }
        }
        return found.inOrder();
    }

    /** {@code nodes}, no two of them the same, in topological order. */
    public static List<Node> sorted(Collection<Node> nodes) {
        return new NodeTable(nodes).inOrder();
    }

    /**
     * {@code roots} and all below them made again with {@code replaced} nodes in place of others: old node to new. What
     * only replaced nodes reach is left out.
     */
    public static Map<Node, Node> substitute(NodeFactory graph, Collection<Node> roots, Map<Node, Node> replaced) {
        return substitute(graph, roots, replaced, node -> true);
    }

    /** As above, where only what {@code wanted} accepts can reach what is replaced. */
    public static Map<Node, Node> substitute(
            NodeFactory graph, Collection<Node> roots, Map<Node, Node> replaced, Predicate<Node> wanted) {
        Map<Node, Node> made = new HashMap<>(replaced);
        for (Node node : reachable(roots, node -> wanted.test(node) && !replaced.containsKey(node))) {
            if (!made.containsKey(node)) {
                made.put(node, with(graph, node, made));
            }
        }
        return made;
    }

    /** {@code node} made again where its inputs are {@code replaced} by others; an input not named there stays. */
    public static Node with(NodeFactory graph, Node node, Map<Node, Node> replaced) {
        Node[] inputs = null;
        for (int i = 0; i < node.inputs().size(); i++) {
            Node input = node.input(i);
            Node other = replaced.getOrDefault(input, input);
            if (other != input) {
                inputs = inputs == null ? node.inputs().toArray(new Node[0]) : inputs;
                inputs[i] = other;
            }
        }
        return inputs == null ? node : graph.make(node.gate(), node.attribute(), List.of(inputs));
    }

    /** A listing of what {@code roots} reach, a line a node. */
    public static String print(Collection<Node> roots) {
        StringBuilder text = new StringBuilder();
        reachable(roots).forEach(node -> text.append(node).append('\n'));
        return text.toString();
    }
}
