package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The loop of a recurrence, whose steps are programs of their own.
 *
 * @param body the loop
 * @param sequences the results that are written step by step
 * @param step what one step computes; it leaves the next states and the elements of the sequences
 * @param next for each state the node that holds its next value; a state that is updated in place is not among them
 */
public record Recurrence(Scan.Body body, List<Node> sequences, Program step, Map<Node, Node> next) implements Item {

    public Recurrence {
        sequences = List.copyOf(sequences);
        next = new LinkedHashMap<>(next);
    }

    /** What it leaves in memory: states and sequences. */
    List<Node> defined() {
        List<Node> defined = new ArrayList<>(body.states());
        defined.addAll(sequences);
        return defined;
    }
}
