package dev.gradc.compiler;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Reached;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What became of some roots, step by step. */
final class Preparation {

    private final List<Map<Node, Node>> all = new ArrayList<>();
    private Reached now;

    Preparation(Collection<Node> roots) {
        now = Reached.by(roots);
    }

    /** What is there after all steps so far. */
    Reached now() {
        return now;
    }

    /** @param step old node to new; may leave out what stays as it is */
    void add(Map<Node, Node> step) {
        List<Node> moved = moved(step, now.roots());
        if (!moved.equals(now.roots())) {
            all.add(step);
            now = Reached.by(moved);
        }
    }

    /** What became of {@code nodes}, some of the roots at the start. */
    List<Node> through(Collection<Node> nodes) {
        List<Node> moved = List.copyOf(nodes);
        for (Map<Node, Node> step : all) {
            moved = moved(step, moved);
        }
        return moved;
    }

    private static List<Node> moved(Map<Node, Node> step, List<Node> nodes) {
        return nodes.stream().map(node -> step.getOrDefault(node, node)).toList();
    }
}
