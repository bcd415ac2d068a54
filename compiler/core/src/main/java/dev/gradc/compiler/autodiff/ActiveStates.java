package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Which states of a recurrence vary with what it is differentiated by. */
final class ActiveStates {

    private ActiveStates() {}

    /**
     * A state is active where its initial value is, or where its next value depends on something that is.
     *
     * @param captures the active captures
     * @param startsActive whether a state's initial value is active
     * @param results the next states, and what else is wanted of the body
     * @return positions of states, ascending
     */
    static Set<Integer> of(Scan.Body body, Collection<Node> captures, IntPredicate startsActive, List<Node> results) {
        Set<Integer> states = new TreeSet<>();
        for (int i = 0; i < body.states().size(); i++) {
            if (startsActive.test(i)) {
                states.add(i);
            }
        }
        boolean grows = true;
        while (grows) {
            List<Node> variables = new ArrayList<>(captures);
            states.forEach(state -> variables.add(body.states().get(state)));
            Set<Node> reached = Differentiator.active(Graph.reachable(results), variables);
            grows = false;
            for (int i = 0; i < body.states().size(); i++) {
                grows |= reached.contains(body.next().get(i)) && states.add(i);
            }
        }
        return states;
    }
}
