package dev.gradc.compiler.ir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Questions about the nodes that some roots reach. */
public final class Graph {

    /** Where fewer than one in so many ids is among nodes, they are sorted by comparing them. */
    private static final int SPARSE = 16;

    private Graph() {}

    /** The nodes that {@code roots} reach, themselves included, in topological order. */
    public static List<Node> reachable(Collection<Node> roots) {
        return reachable(roots, node -> true);
    }

    /** The nodes that {@code roots} reach through nodes that {@code wanted} accepts, roots included, in topological order. */
    public static List<Node> reachable(Collection<Node> roots, Predicate<Node> wanted) {
        NodeIds seen = new NodeIds();
        List<Node> found = new ArrayList<>();
        roots.stream().filter(seen::add).forEach(found::add);
        for (int next = 0; next < found.size(); next++) {
            List<Node> inputs = found.get(next).inputs();
            for (int i = 0; i < inputs.size(); i++) {
                Node input = inputs.get(i);
                if (seen.add(input) && wanted.test(input)) {
                    found.add(input);
                }
            }
        }
        return sorted(found);
    }

    /** {@code nodes}, no two of them the same, in topological order. */
    public static List<Node> sorted(Collection<Node> nodes) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (Node node : nodes) {
            first = Math.min(first, node.id());
            last = Math.max(last, node.id());
        }
        if (nodes.isEmpty() || (last - first) / SPARSE > nodes.size()) {
            List<Node> sorted = new ArrayList<>(nodes);
            sorted.sort(Comparator.comparingInt(Node::id));
            return sorted;
        }
        Node[] byId = new Node[last - first + 1];
        for (Node node : nodes) {
            byId[node.id() - first] = node;
        }
        List<Node> sorted = new ArrayList<>(nodes.size());
        for (Node node : byId) {
            if (node != null) {
                sorted.add(node);
            }
        }
        return sorted;
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
        Node[] inputs = new Node[node.inputs().size()];
        boolean isSame = true;
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = replaced.getOrDefault(node.input(i), node.input(i));
            isSame &= inputs[i] == node.input(i);
        }
        return isSame ? node : graph.make(node.gate(), node.attribute(), List.of(inputs));
    }

    /** A listing of what {@code roots} reach, a line a node. */
    public static String print(Collection<Node> roots) {
        StringBuilder text = new StringBuilder();
        reachable(roots).forEach(node -> text.append(node).append('\n'));
        return text.toString();
    }
}
