package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tensors that are written and read in one outermost loop alone, each iteration its own slice: one slice is all the memory
 * they need, which stays in the nearest cache. A loop without loops in it may run in strips of iterations, and is left
 * alone.
 */
final class Slices {

    private static final int NONE = -1;

    private final Reads reader;
    private final Set<Node> computed = new HashSet<>();

    /** For each tensor the item that all its uses are in, slice by slice, or {@value #NONE}. */
    private final Map<Node, Integer> homes = new HashMap<>();

    private Slices(Reads reader) {
        this.reader = reader;
    }

    /** The tensors that {@code items} compute and need a slice of at a time. */
    static Set<Node> of(List<Item> items, Reads reader) {
        Slices slices = new Slices(reader);
        for (int i = 0; i < items.size(); i++) {
            boolean isNest =
                    items.get(i) instanceof Loop loop && loop.body().stream().anyMatch(Loop.class::isInstance);
            slices.visit(items.get(i), isNest ? i : NONE);
        }
        Set<Node> found = slices.computed;
        found.removeIf(node -> slices.homes.get(node).equals(NONE));
        return found;
    }

    private void visit(Item item, int home) {
        if (item instanceof Loop loop) {
            loop.body().forEach(inner -> visit(inner, home));
            return;
        }
        for (Reads.Read read : reader.of(item)) {
            if (hasSlices(read.source())) {
                use(read.source(), read.index(), home);
            }
        }
        for (Node node : Items.defined(item)) {
            if (hasSlices(node)) {
                computed.add(node);
                use(node, item instanceof Statement statement ? statement.outputIndex() : List.of(), home);
            }
        }
    }

    /** Whether {@code node} has more than one axis: elements are no slices. */
    private static boolean hasSlices(Node node) {
        return node.shape().rank() >= 2;
    }

    private void use(Node node, List<IndexExpr> index, int home) {
        boolean isOwn = !index.isEmpty() && index.get(0).isAxis(0);
        homes.merge(node, isOwn ? home : NONE, (before, now) -> before.equals(now) ? now : NONE);
    }
}
