package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tangent of a recurrence: a recurrence over the same steps whose states are the states and their tangents. */
final class ScanTangent {

    private final NodeFactory graph;
    private final Scan.Body body;
    private final List<Node> initial = new ArrayList<>();
    private final Map<Node, Node> directions = new LinkedHashMap<>();
    private final Map<Integer, Integer> tangentStates = new HashMap<>();
    private final Map<Node, Node> sequences = new HashMap<>();
    private final Scan.Closed loop;

    /**
     * The tangent of a loop.
     *
     * @param site one of its results
     * @param nodes the nodes among which its other results are
     * @param outside the tangents of what goes into it
     */
    ScanTangent(NodeFactory graph, Node site, List<Node> nodes, Map<Node, Term> outside) {
        this.graph = graph;
        this.body = Scan.body(site);
        Map<Node, Node> captured = new HashMap<>();
        for (int i = 0; i < body.captures().size(); i++) {
            Node input = site.input(body.states().size() + i);
            captured.put(body.captures().get(i), input);
            if (outside.containsKey(input)) {
                directions.put(body.captures().get(i), outside.get(input).node());
            }
        }
        List<Node> wanted = nodes.stream()
                .filter(node -> node.is(Scan.SCAN) && Scan.body(node) == body)
                .filter(node -> node.attribute() instanceof Scan.Sequence)
                .map(node -> ((Scan.Sequence) node.attribute()).node())
                .distinct()
                .toList();
        List<Node> results = new ArrayList<>(body.next());
        results.addAll(wanted);
        addStates(site, outside, results);
        this.loop = close(results, wanted, captured);
    }

    private void addStates(Node site, Map<Node, Term> outside, List<Node> results) {
        Set<Integer> active =
                ActiveStates.of(body, directions.keySet(), state -> outside.containsKey(site.input(state)), results);
        initial.addAll(site.inputs().subList(0, body.states().size()));
        for (int state : active) {
            Node place = body.states().get(state);
            Term start = outside.get(site.input(state));
            directions.put(place, Leaf.variable(graph, freeName(place), place.type()));
            tangentStates.put(state, initial.size());
            initial.add(start == null ? Leaf.constant(graph, 0, place.type()) : start.node());
        }
    }

    /** A name for the tangent of {@code place} that no state of this loop has, nor another's tangent. */
    private String freeName(Node place) {
        Set<String> taken = Stream.of(body.states(), directions.values())
                .flatMap(Collection::stream)
                .filter(node -> node.is(Leaf.VARIABLE))
                .map(ScanTangent::name)
                .collect(Collectors.toSet());
        String name = name(place);
        do {
            name = "t" + name;
        } while (taken.contains(name));
        return name;
    }

    private static String name(Node variable) {
        return ((Leaf.Variable) variable.attribute()).name();
    }

    private Scan.Closed close(List<Node> results, List<Node> wanted, Map<Node, Node> captured) {
        Map<Node, Term> tangents = new Tangents(graph, directions).sweep(results);
        List<Node> states = new ArrayList<>(body.states());
        List<Node> next = new ArrayList<>(body.next());
        tangentStates.keySet().stream().sorted().forEach(state -> {
            states.add(directions.get(body.states().get(state)));
            Node value = body.next().get(state);
            Term tangent = tangents.get(value);
            next.add(tangent == null ? Leaf.constant(graph, 0, value.type()) : tangent.node());
        });
        List<Node> collected = wanted.stream().filter(tangents::containsKey).toList();
        List<Node> roots = new ArrayList<>(next);
        collected.forEach(node -> roots.add(tangents.get(node).node()));
        Map<Node, Node> bound = Graph.substitute(graph, roots, captured);
        List<Node> moved = roots.stream().map(bound::get).toList();
        Scan.Body wider = body.with(states, List.of(), moved.subList(0, next.size()));
        Scan.Closed closed = Scan.close(graph, wider, moved.subList(next.size(), moved.size()));
        for (int i = 0; i < collected.size(); i++) {
            sequences.put(collected.get(i), closed.results().get(i));
        }
        return closed;
    }

    /** The tangent of one of the loop's results; empty where it does not move. */
    Optional<Term> tangent(Scan.Result result) {
        Optional<Scan.Result> moved = result instanceof Scan.Final last
                ? Optional.ofNullable(tangentStates.get(last.state())).map(state -> new Scan.Final(loop.body(), state))
                : Optional.ofNullable(sequences.get(((Scan.Sequence) result).node()))
                        .map(node -> new Scan.Sequence(loop.body(), node));
        return moved.map(wanted -> new Term(graph, loop.result(graph, wanted, initial)));
    }
}
