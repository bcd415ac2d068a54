package dev.gradc.compiler.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Set<Node> seen = new HashSet<>(roots);
        Deque<Node> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (Node input : open.pop().inputs()) {
                if (wanted.test(input) && seen.add(input)) {
                    open.push(input);
                }
            }
        }
        return sorted(seen);
    }

    /** {@code nodes} in topological order. */
    public static List<Node> sorted(Collection<Node> nodes) {
        List<Node> sorted = new ArrayList<>(nodes);
        sorted.sort(Comparator.comparingInt(Node::id));
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
                List<Node> inputs = node.inputs().stream()
                        .map(input -> made.getOrDefault(input, input))
                        .toList();
                boolean isSame = inputs.equals(node.inputs());
                made.put(node, isSame ? node : graph.make(node.gate(), node.attribute(), inputs));
            }
        }
        return made;
    }

    /** A listing of what {@code roots} reach, a line a node. */
    public static String print(Collection<Node> roots) {
        StringBuilder text = new StringBuilder();
        reachable(roots).forEach(node -> text.append(node).append('\n'));
        return text.toString();
    }
}
