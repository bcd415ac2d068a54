package dev.gradc.compiler.cost;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeMap;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which values known at one time are stored for a later one, where the others are computed again from those: the choice
 * of the smallest total price, with the fewest values computed again among equals. A minimum cut between what is known
 * and what is needed later.
 *
 * <p>Each value is two vertices, computed and stored. Cutting the source from computed is to compute it again, cutting
 * computed from stored is to store it; who computes a value again needs its inputs stored. So the activation checkpointing
 * of training frameworks partitions its graphs, too.
 */
public final class Recomputation {

    /** What is weighed. Every value that is not free can be stored or computed again. */
    public interface Prices {

        /** Whether {@code node} is there later anyway. */
        boolean isFree(Node node);

        /** The price of storing {@code node}; infinite where it must not be. */
        double toStore(Node node);

        /** The price of computing {@code node} again from its inputs; infinite where it must not be. */
        double toCompute(Node node);
    }

    /**
     * What becomes of the values in question, in topological order.
     *
     * @param stored what is stored
     * @param again what is computed again
     */
    public record Choice(Set<Node> stored, Set<Node> again) {}

    private final Prices prices;
    private final MinimumCut network = new MinimumCut();

    /** The vertex for each node computed; that for it stored is the next one. */
    private final Map<Node, Integer> computed = new NodeMap<>();

    private final Deque<Node> open = new ArrayDeque<>();

    private Recomputation(Prices prices) {
        this.prices = prices;
    }

    /** The cheapest way to have {@code needed} later. */
    public static Choice cheapest(Collection<Node> needed, Prices prices) {
        Recomputation choice = new Recomputation(prices);
        needed.stream()
                .filter(node -> !prices.isFree(node))
                .forEach(node -> choice.network.edge(choice.stored(node), MinimumCut.SINK, Double.POSITIVE_INFINITY));
        while (!choice.open.isEmpty()) {
            choice.addInputs(choice.open.remove());
        }
        return choice.sides(choice.network.sinkSide());
    }

    private void addInputs(Node node) {
        for (Node input : node.inputs()) {
            if (!prices.isFree(input)) {
                network.edge(stored(input), computed.get(node), Double.POSITIVE_INFINITY);
            }
        }
    }

    /** The vertex for {@code node} stored. */
    private int stored(Node node) {
        Integer known = computed.get(node);
        if (known != null) {
            return known + 1;
        }
        int vertex = network.vertex();
        computed.put(node, vertex);
        int stored = network.vertex();
        double again = prices.toCompute(node);
        network.edge(vertex, stored, prices.toStore(node));
        network.edge(MinimumCut.SOURCE, vertex, again);
        if (again < Double.POSITIVE_INFINITY) {
            open.add(node);
        }
        return stored;
    }

    private Choice sides(BitSet sink) {
        Set<Node> stored = new LinkedHashSet<>();
        Set<Node> again = new LinkedHashSet<>();
        for (Node node : computed.keySet()) {
            if (sink.get(computed.get(node))) {
                again.add(node);
            } else if (sink.get(computed.get(node) + 1)) {
                stored.add(node);
            }
        }
        return new Choice(stored, again);
    }
}
