package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.schedule.Program.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plans the program of one step of a recurrence. */
final class Steps {

    /**
     * What the program of a step is made of.
     *
     * @param computed the roots it computes
     * @param roots those, states, sequences, and the roots outside of the loop that its steps read
     * @param persistent the roots it leaves in memory
     * @param places where elements of sequences, and states updated in place, live
     */
    record Nest(Set<Node> computed, Set<Node> roots, Set<Node> persistent, Map<Node, Place> places) {}

    private Steps() {}

    /** The loop of {@code body} that writes {@code sequences}. */
    static Recurrence plan(
            NodeFactory graph,
            Scan.Body body,
            List<Node> sequences,
            Set<Node> outerRoots,
            Function<Nest, Program> program) {
        List<Node> elements = sequences.stream()
                .map(node -> ((Scan.Sequence) node.attribute()).node())
                .toList();
        Results results = distinct(graph, body, elements);
        Map<Node, Place> places = new HashMap<>();
        for (int i = 0; i < sequences.size(); i++) {
            Dim size = elements.get(i).shape().size();
            places.put(
                    results.gradients().get(i),
                    new Place(sequences.get(i), body.position().times(size)));
        }
        Map<Node, Node> next = new LinkedHashMap<>();
        Set<Node> inside = new LinkedHashSet<>(body.inside(results.all()));
        inside.addAll(results.all());
        for (int i = 0; i < body.states().size(); i++) {
            Node state = body.states().get(i);
            Node updated = results.outputs().get(i);
            if (isInPlace(state, updated, inside, results)) {
                places.put(updated, new Place(state, Dim.ZERO));
            } else {
                next.put(state, updated);
            }
        }
        Set<Node> computed = new LinkedHashSet<>(Roots.choose(results.all(), outerRoots));
        computed.retainAll(inside);
        computed.removeAll(body.states());
        Set<Node> roots = new LinkedHashSet<>(computed);
        roots.addAll(body.states());
        roots.addAll(sequences);
        Graph.reachable(results.all(), node -> !outerRoots.contains(node))
                .forEach(node ->
                        node.inputs().stream().filter(outerRoots::contains).forEach(roots::add));
        Set<Node> persistent = new HashSet<>(results.all());
        persistent.addAll(body.states());
        return new Recurrence(body, sequences, program.apply(new Nest(computed, roots, persistent, places)), next);
    }

    /**
     * Each next state and each element in a node of its own that is computed inside of the loop. An element that the states
     * need, too, is computed where the sequence has it; where it is a scalar it is a variable, which is stored at the end.
     */
    private static Results distinct(NodeFactory graph, Scan.Body body, List<Node> elements) {
        Set<Node> inside = new HashSet<>(body.inside(body.next()));
        inside.addAll(body.inside(elements));
        List<Node> next = body.next().stream()
                .map(node -> inside.contains(node) ? node : graph.make(Arithmetic.COPY, node))
                .toList();
        List<Node> collected = elements.stream()
                .map(node -> inside.contains(node) ? node : graph.make(Arithmetic.COPY, node))
                .toList();
        Set<Node> scalars = body.inside(next).stream()
                .filter(node -> node.shape().isScalar())
                .collect(Collectors.toSet());
        return Results.distinct(graph, next, collected, scalars);
    }

    /**
     * What only {@code updated} reads the old value of, element by element, can be written over it: a sum, and what is
     * added up in the memory of the old value or of a sum with it.
     */
    private static boolean isInPlace(Node state, Node updated, Set<Node> inside, Results results) {
        boolean isBase = Scatter.isOnWhole(updated);
        Node base = isBase ? updated.input(0) : updated;
        if (isBase && (results.all().contains(base) || !isReadOnlyBy(updated, base, inside))) {
            return false;
        }
        return base == state
                || (base.is(Arithmetic.ADD) && base.inputs().contains(state) && isReadOnlyBy(base, state, inside));
    }

    /** Whether {@code reader} reads {@code node} once, and nothing else does. */
    private static boolean isReadOnlyBy(Node reader, Node node, Set<Node> inside) {
        return reader.inputs().stream().filter(node::equals).count() == 1
                && inside.stream()
                        .noneMatch(other -> other != reader && other.inputs().contains(node));
    }
}
