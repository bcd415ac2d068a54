package dev.gradc.compiler.explain;

import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the values that get an equation of their own: what is used more than once, or too long to read within another. */
final class Shared {

    /** The most operations that are written in one formula. */
    private static final int LONGEST = 12;

    private final Map<Node, Integer> uses = new HashMap<>();
    private final Map<Node, Integer> operations = new HashMap<>();
    private final Set<Node> chosen = new HashSet<>();

    private Shared() {}

    /**
     * Chooses among {@code nodes}, which are in topological order.
     *
     * @param wanted results, as often as each is wanted
     * @param named nodes that get an equation anyway
     */
    static Set<Node> of(List<Node> nodes, Collection<Node> wanted, Collection<Node> named) {
        Shared shared = new Shared();
        wanted.forEach(node -> shared.uses.merge(node, 1, Integer::sum));
        Set<Node> given = Set.copyOf(named);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            int times = isMoved(node) && !given.contains(node) ? shared.uses.getOrDefault(node, 1) : 1;
            node.inputs().forEach(input -> shared.uses.merge(input, times, Integer::sum));
        }
        for (Node node : nodes) {
            boolean isChosen = given.contains(node) || shared.isWorthAName(node);
            if (isChosen) {
                shared.chosen.add(node);
                shared.operations.put(node, 0);
            }
        }
        return shared.chosen;
    }

    private static boolean isMoved(Node node) {
        return switch (node.gate().kind()) {
            case LAYOUT, GATHER -> true;
            case LEAF, POINTWISE, REDUCTION, CONTRACTION, SCATTER, KERNEL, SCAN, CUSTOM, PACK -> false;
        };
    }

    private boolean isWorthAName(Node node) {
        int below = node.inputs().stream()
                .mapToInt(input -> operations.getOrDefault(input, 0))
                .sum();
        boolean isShared = uses.getOrDefault(node, 0) > 1;
        boolean isCall = node.gate() instanceof Pointwise gate && gate.isExpensive();
        operations.put(node, isMoved(node) || node.inputs().isEmpty() ? below : below + 1);
        return switch (node.gate().kind()) {
            case LEAF, LAYOUT, GATHER -> false;
            case POINTWISE -> {
                boolean isLong = isShared && node.type().element() != ElementType.BOOL && (below > 0 || isCall);
                yield isLong || below >= LONGEST;
            }
            case REDUCTION, CONTRACTION -> isShared || below >= LONGEST;
            case SCATTER, KERNEL, SCAN, CUSTOM, PACK -> true;
        };
    }
}
