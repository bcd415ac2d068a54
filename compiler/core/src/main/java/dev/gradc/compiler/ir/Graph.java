package dev.gradc.compiler.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Questions about the nodes that some roots reach. */
public final class Graph {

    private Graph() {}

    /** The nodes that {@code roots} reach, themselves included, in topological order. */
    public static List<Node> reachable(Collection<Node> roots) {
        Set<Node> seen = new HashSet<>(roots);
        Deque<Node> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (Node input : open.pop().inputs()) {
                if (seen.add(input)) {
                    open.push(input);
                }
            }
        }
        List<Node> sorted = new ArrayList<>(seen);
        sorted.sort(Comparator.comparingInt(Node::id));
        return sorted;
    }

    /** A listing of what {@code roots} reach, a line a node. */
    public static String print(Collection<Node> roots) {
        StringBuilder text = new StringBuilder();
        reachable(roots).forEach(node -> text.append(node).append('\n'));
        return text.toString();
    }
}
