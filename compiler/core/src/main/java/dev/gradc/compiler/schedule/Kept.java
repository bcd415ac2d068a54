package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which primal values forward keeps for backward; the others that backward needs it computes again from those.
 *
 * <p>Only what costs about an arithmetic operation an element may be computed again: elementwise gates without function
 * calls, and elements moved (views, gathers, scatters). Arguments and outputs are there anyway. Of all choices it takes the one that minimises bytes
 * kept + {@code rate} * operations done again, with the fewest values computed again among equals: a minimum cut between
 * what is known when forward ends and what backward needs. The rate starts at {@value #BYTES_PER_OPERATION} bytes and
 * doubles until what forward has in a variable or an array and backward computes again, each value counted once, takes at
 * most a tenth of all operations of both. Scalars that forward gives a place are kept: eight bytes are less than the code
 * that computes them again. Conditions are computed again always, as they are everywhere.
 *
 * <p>Each value is two vertices, computed and stored. Cutting the source from computed is to compute it again, cutting
 * computed from stored is to keep it; who computes a value again needs its inputs stored. So the activation checkpointing
 * of training frameworks partitions its graphs, too.
 */
final class Kept {

    private static final double BYTES_PER_OPERATION = 2;
    private static final double MOST_WORK_AGAIN = 0.1;

    /** Writing a value to memory that would not have to go there, in operations an element. */
    private static final double STORE = 2;

    private final Set<Node> primal;
    private final Set<Node> free;
    private final Set<Node> needed = new LinkedHashSet<>();
    private final Set<Node> placed;
    private final Set<Node> addressed;

    private Kept(Set<Node> primal, List<Node> derived, Collection<Node> outputs) {
        this.primal = primal;
        this.free = Set.copyOf(outputs);
        this.placed = Roots.choose(outputs, Set.of());
        this.addressed = Roots.addressed(derived);
        derived.forEach(
                node -> node.inputs().stream().filter(input -> !isFree(input)).forEach(needed::add));
    }

    /**
     * The values to be kept beside {@code outputs}, in topological order.
     *
     * @param primal what forward can compute
     * @param results outputs, and the gradients that backward computes
     */
    static Set<Node> choose(Set<Node> primal, Results results) {
        List<Node> derived = Graph.reachable(results.gradients(), node -> !primal.contains(node));
        Kept choice = new Kept(primal, derived, results.outputs());
        double limit = MOST_WORK_AGAIN * (Costs.work(primal) + Costs.work(derived));
        for (double rate = BYTES_PER_OPERATION; ; rate *= 2) {
            Cut cut = choice.cut(rate);
            cut.again().retainAll(choice.placed);
            if (Costs.work(cut.again()) <= limit) {
                return cut.kept();
            }
        }
    }

    private record Cut(Set<Node> kept, Set<Node> again) {}

    private Cut cut(double rate) {
        MinimumCut network = new MinimumCut();
        Map<Node, Integer> computed = new HashMap<>();
        Deque<Node> open = new ArrayDeque<>();
        for (Node node : needed) {
            network.edge(add(node, rate, network, computed, open), MinimumCut.SINK, Double.POSITIVE_INFINITY);
        }
        while (!open.isEmpty()) {
            Node node = open.remove();
            for (Node input : node.inputs()) {
                if (!isFree(input)) {
                    int stored = add(input, rate, network, computed, open);
                    network.edge(stored, computed.get(node), Double.POSITIVE_INFINITY);
                }
            }
        }
        return sides(network.sinkSide(), computed);
    }

    /** The vertex for {@code node} stored. */
    private int add(Node node, double rate, MinimumCut network, Map<Node, Integer> computed, Deque<Node> open) {
        Integer known = computed.get(node);
        if (known != null) {
            return known + 1;
        }
        int vertex = network.vertex();
        computed.put(node, vertex);
        int stored = network.vertex();
        network.edge(vertex, stored, costOfKeeping(node));
        if (isCheap(node)) {
            network.edge(MinimumCut.SOURCE, vertex, costAgain(node, rate));
            open.add(node);
        } else {
            network.edge(MinimumCut.SOURCE, vertex, Double.POSITIVE_INFINITY);
        }
        return stored;
    }

    private static Cut sides(BitSet sink, Map<Node, Integer> computed) {
        Set<Node> kept = new LinkedHashSet<>();
        Set<Node> again = new LinkedHashSet<>();
        for (Node node : Graph.sorted(computed.keySet())) {
            if (sink.get(computed.get(node))) {
                again.add(node);
            } else if (sink.get(computed.get(node) + 1)) {
                kept.add(node);
            }
        }
        return new Cut(kept, again);
    }

    private boolean isFree(Node node) {
        return node.inputs().isEmpty() || free.contains(node) || !primal.contains(node);
    }

    private boolean isCheap(Node node) {
        boolean isPlacedScalar = node.shape().isScalar() && placed.contains(node);
        return !isPlacedScalar
                && switch (node.gate().kind()) {
                    case LAYOUT, GATHER, SCATTER -> true;
                    case POINTWISE -> !((Pointwise) node.gate()).isExpensive();
                    case LEAF, REDUCTION, CONTRACTION, KERNEL, SCAN, CUSTOM, PACK -> false;
                };
    }

    private double costOfKeeping(Node node) {
        if (node.gate().kind() == Gate.Kind.POINTWISE && node.type().element() == ElementType.BOOL) {
            return Double.POSITIVE_INFINITY;
        }
        double store = placed.contains(node) ? 0 : BYTES_PER_OPERATION * STORE;
        return Costs.elements(node) * (Costs.bytesPerElement(node) + store);
    }

    private double costAgain(Node node, double rate) {
        boolean isStored = addressed.contains(node) || node.gate().kind() == Gate.Kind.SCATTER;
        double store = isStored ? Costs.elements(node) * STORE : 0;
        return rate * (Costs.work(node) + store);
    }
}
