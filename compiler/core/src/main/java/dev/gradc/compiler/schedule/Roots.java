package dev.gradc.compiler.schedule;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the nodes that get a place of their own; all others are virtual, computed where they are used. A root whose
 * uses stand in the loop that computes it costs a local variable only.
 */
final class Roots {

    /** An expression is cut off here, so that lines stay readable and methods small. */
    private static final int LARGEST_EXPRESSION = 24;

    /** Work on an element that may be done again rather than kept: a difference or two; a scalar is a variable anyway. */
    private static final int CHEAP = 2;

    private final Map<Node, Integer> uses = new HashMap<>();
    private final Map<Node, Integer> cost = new HashMap<>();
    private final Set<Node> roots = new LinkedHashSet<>();

    private Roots() {}

    /** The roots among what {@code results} reach, in topological order; the results are roots. */
    static Set<Node> choose(Collection<Node> results) {
        return choose(results, Set.of());
    }

    /** @param given nodes that have a place already: they and what is below them are not among the roots */
    static Set<Node> choose(Collection<Node> results, Set<Node> given) {
        Roots chooser = new Roots();
        List<Node> nodes = Graph.reachable(results, node -> !given.contains(node));
        Set<Node> wanted = Set.copyOf(results);
        nodes.forEach(node -> node.inputs().forEach(input -> chooser.uses.merge(input, 1, Integer::sum)));
        Set<Node> addressed = addressed(nodes);
        for (Node node : nodes) {
            if (wanted.contains(node) || addressed.contains(node) || chooser.isRoot(node)) {
                chooser.roots.add(node);
                chooser.cost.put(node, 0);
            }
        }
        return chooser.roots;
    }

    /** What must stand in memory: operands of kernels, and computed values that a view repeats or moves. */
    static Set<Node> addressed(List<Node> nodes) {
        Set<Node> addressed = new LinkedHashSet<>();
        for (Node node : nodes) {
            Optional<KernelCall> call = KernelCall.of(node);
            if (call.isPresent()) {
                call.get().operands().stream()
                        .filter(input -> !isVariable(input))
                        .forEach(addressed::add);
            } else if (node.gate().kind() == Gate.Kind.SCAN) {
                node.inputs().stream().filter(Roots::isComputedByElement).forEach(addressed::add);
            } else if (node.gate().kind() == Gate.Kind.LAYOUT
                    && node.input(0).gate().kind() == Gate.Kind.POINTWISE
                    && node.input(0).type().element() != ElementType.BOOL) {
                addressed.add(node.input(0));
            }
        }
        return addressed;
    }

    /** What a loop reads at every step is better computed once. */
    private static boolean isComputedByElement(Node node) {
        return node.gate().kind() == Gate.Kind.POINTWISE || node.gate().kind() == Gate.Kind.GATHER;
    }

    private static boolean isVariable(Node node) {
        return node.attribute() instanceof Leaf.Variable;
    }

    private boolean isRoot(Node node) {
        return switch (node.gate().kind()) {
            case LEAF, LAYOUT -> {
                cost.put(node, node.inputs().isEmpty() ? 0 : costOf(node.input(0)));
                yield false;
            }
            case REDUCTION, CONTRACTION, SCATTER, KERNEL, SCAN, CUSTOM, PACK -> true;
            case POINTWISE, GATHER -> isWorthKeeping(node);
        };
    }

    private boolean isWorthKeeping(Node node) {
        int work = Costs.perElement(node);
        for (Node input : node.inputs()) {
            work += costOf(input);
        }
        cost.put(node, work);
        boolean isCondition = node.type().element() == ElementType.BOOL;
        boolean shared = !isCondition && uses.getOrDefault(node, 0) > 1;
        int again = node.shape().isScalar() ? 0 : CHEAP;
        return work > (shared ? again : LARGEST_EXPRESSION);
    }

    private int costOf(Node node) {
        return roots.contains(node) ? 0 : cost.getOrDefault(node, 0);
    }
}
