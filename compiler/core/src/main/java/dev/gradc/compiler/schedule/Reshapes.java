package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Sequences;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Program.Place;
import java.util.Map;
import java.util.Set;

/**
 * Tensors and what they are reshaped to share memory, where nothing asks for both to last: elements stay where they are.
 * What must last, or has a place already, is where both are.
 */
final class Reshapes {

    private final Set<Node> computed;
    private final Set<Node> persistent;
    private final Map<Node, Place> places;

    private Reshapes(Set<Node> computed, Set<Node> persistent, Map<Node, Place> places) {
        this.computed = computed;
        this.persistent = persistent;
        this.places = places;
    }

    /**
     * Gives places to tensors of a program.
     *
     * @param computed what it computes, in topological order
     * @param persistent what must have memory of its own
     * @param places takes the places; has those that are given
     */
    static void place(Set<Node> computed, Set<Node> persistent, Map<Node, Place> places) {
        Reshapes reshapes = new Reshapes(computed, persistent, places);
        for (Node node : computed) {
            if (reshapes.isReshape(node) && reshapes.isBound(node) && !reshapes.isBound(node.input(0))) {
                places.put(node.input(0), new Place(node, Dim.ZERO));
            }
        }
        for (Node node : computed) {
            if (reshapes.isReshape(node) && !reshapes.isBound(node)) {
                places.put(node, new Place(node.input(0), Dim.ZERO));
            }
        }
    }

    private boolean isReshape(Node node) {
        return node.is(Sequences.RESHAPE)
                && computed.contains(node.input(0))
                && !node.input(0).is(Scan.SCAN)
                && !node.shape().isScalar()
                && !node.input(0).shape().isScalar();
    }

    private boolean isBound(Node node) {
        return persistent.contains(node) || places.containsKey(node);
    }
}
