package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import dev.gradc.compiler.schedule.Program.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Graph to programs: which nodes are computed, in which loops, in which order, and what lives in memory. Where there are
 * no recurrences, whose steps take nodes of their own, the graph stays as it is.
 */
public final class Scheduler {

    private final NodeFactory graph;
    private final Vectors vectors;

    private Scheduler(NodeFactory graph, Vectors vectors) {
        this.graph = graph;
        this.vectors = vectors;
    }

    /** One program that leaves all of {@code results}. */
    public static Program fused(NodeFactory graph, Vectors vectors, Results results) {
        Set<Node> roots = Roots.choose(results.all());
        return new Scheduler(graph, vectors).program(roots, roots, new HashSet<>(results.all()));
    }

    /** Two programs: one that leaves the outputs and what the other needs, and one that leaves the gradients. */
    public static Split split(Results results) {
        Set<Node> primal = primal(results);
        Set<Node> kept = new LinkedHashSet<>(results.outputs());
        kept.addAll(Kept.choose(primal, results));
        return new Split(results, primal, kept);
    }

    /** What outputs are made of, and whatever else backward wants of the same recurrences. */
    private static Set<Node> primal(Results results) {
        Set<Node> primal = NodeMap.newSet();
        primal.addAll(Graph.reachable(results.outputs()));
        Set<Scan.Body> loops = primal.stream()
                .filter(node -> node.is(Scan.SCAN))
                .map(Scan::body)
                .collect(Collectors.toSet());
        if (!loops.isEmpty()) {
            Graph.reachable(results.all()).stream()
                    .filter(node -> node.is(Scan.SCAN) && loops.contains(Scan.body(node)))
                    .forEach(primal::add);
        }
        return primal;
    }

    /** {@code roots} of backward in order, with primal values that are computed again right before their first use. */
    private static Set<Node> onDemand(Set<Node> roots, Set<Node> kept, Set<Node> primal) {
        Set<Node> ordered = new LinkedHashSet<>();
        Set<Node> seen = NodeMap.newSet();
        for (Node root : roots) {
            if (!primal.contains(root)) {
                List<Node> needed = reached(
                        root, seen, node -> !kept.contains(node) && (primal.contains(node) || !roots.contains(node)));
                needed.removeIf(node -> !roots.contains(node));
                needed.sort(Comparator.comparingInt(Node::id));
                ordered.addAll(needed);
            }
        }
        return ordered;
    }

    /** What {@code root} reaches through nodes that {@code wanted} accepts and that are not {@code seen}; sees it. */
    private static List<Node> reached(Node root, Set<Node> seen, Predicate<Node> wanted) {
        List<Node> reached = new ArrayList<>(List.of(root));
        for (int next = 0; next < reached.size(); next++) {
            for (Node input : reached.get(next).inputs()) {
                if (wanted.test(input) && seen.add(input)) {
                    reached.add(input);
                }
            }
        }
        return reached;
    }

    /**
     * What of two programs must be known to both: each can be made without the other, then.
     *
     * @param results outputs, and gradients
     * @param primal what outputs are made of
     * @param kept what forward leaves: outputs, and what every later backward reads
     */
    public record Split(Results results, Set<Node> primal, Set<Node> kept) {

        /** The program that leaves the outputs and what backward needs. */
        public Program forward(NodeFactory graph, Vectors vectors) {
            Set<Node> computed = Roots.choose(kept);
            return new Scheduler(graph, vectors).program(computed, computed, kept);
        }

        /** The program that leaves the gradients. */
        public Program backward(NodeFactory graph, Vectors vectors) {
            Set<Node> computed = onDemand(Roots.choose(results.gradients(), kept), kept, primal);
            Set<Node> roots = NodeMap.newSet();
            roots.addAll(kept);
            roots.addAll(computed);
            Set<Node> persistent = new LinkedHashSet<>(kept);
            persistent.addAll(results.gradients());
            return new Scheduler(graph, vectors).program(computed, roots, persistent);
        }
    }

    private Program program(Set<Node> computed, Set<Node> roots, Set<Node> persistent) {
        Map<Node, Place> places = new HashMap<>();
        Reshapes.place(computed, persistent, places);
        return program(items(computed, roots, places), roots, persistent, places);
    }

    private Program program(List<Item> items, Set<Node> roots, Set<Node> persistent, Map<Node, Place> places) {
        Reads reads = new Reads(roots);
        Set<Node> changing = places.values().stream().map(Place::base).collect(Collectors.toSet());
        List<List<Item>> methods = methods(new LoopFusion(reads, roots, changing).fuse(items), roots);
        Placement placement = Placement.of(methods, reads, persistent);
        Set<Node> all = NodeMap.newSet();
        all.addAll(roots);
        all.addAll(places.keySet());
        items.stream()
                .filter(Recurrence.class::isInstance)
                .forEach(item -> all.addAll(((Recurrence) item).body().states()));
        Set<Node> memory = new LinkedHashSet<>(placement.memory());
        memory.addAll(places.keySet());
        Set<Node> slices = Slices.of(methods.stream().flatMap(List::stream).toList(), reads);
        slices.retainAll(memory);
        slices.removeAll(persistent);
        slices.removeAll(places.keySet());
        places.values().forEach(place -> slices.remove(place.base()));
        Reads ofAll = all.size() == roots.size() ? reads : new Reads(all);
        Map<Node, Life> lives = Lives.of(methods, memory, places, ofAll);
        return Carry.applied(
                Strip.applied(new Program(methods, all, memory, placement.locals(), slices, places, lives), vectors));
    }

    private List<Item> items(Set<Node> computed, Set<Node> roots, Map<Node, Place> places) {
        List<Item> items = new ArrayList<>();
        Map<Scan.Body, List<Node>> results =
                computed.stream().filter(node -> node.is(Scan.SCAN)).collect(Collectors.groupingBy(Scan::body));
        for (Node node : computed) {
            if (!node.is(Scan.SCAN)) {
                add(node, places, items);
            } else if (results.containsKey(Scan.body(node))) {
                recurrence(results.remove(Scan.body(node)), roots, items, places);
            }
        }
        return items;
    }

    private static void add(Node node, Map<Node, Place> places, List<Item> items) {
        if (node.is(Scatter.SCATTER) && Scatter.target(node).filled()) {
            items.add(new Fill(node));
        }
        Optional<KernelCall> call = KernelCall.of(node);
        if (call.isPresent()) {
            items.add(call.get());
            return;
        }
        for (Statement statement : Statement.all(node)) {
            if (!isThere(statement, places)) {
                items.add(statement);
            }
        }
    }

    /** Whether {@code statement} would store a state in the memory of that state, where other parts are added to it. */
    private static boolean isThere(Statement statement, Map<Node, Place> places) {
        Place place = places.get(statement.node());
        return place != null
                && statement.node().is(Scatter.SCATTER)
                && place.base() == statement.node().input(statement.part());
    }

    /** States are set, the loop runs, and last values are copied from the states. */
    private void recurrence(List<Node> results, Set<Node> roots, List<Item> items, Map<Node, Place> places) {
        Node first = results.get(0);
        Scan.Body body = Scan.body(first);
        for (int i = 0; i < body.states().size(); i++) {
            Node start = graph.make(Arithmetic.COPY, new Scan.Start(body, i), List.of(first.input(i)));
            places.put(start, new Place(body.states().get(i), Dim.ZERO));
            items.add(Statement.of(start));
        }
        List<Node> sequences = results.stream()
                .filter(node -> node.attribute() instanceof Scan.Sequence)
                .toList();
        items.add(Steps.plan(graph, body, sequences, roots, nest -> nested(nest, places)));
        results.stream()
                .filter(node -> node.attribute() instanceof Scan.Final)
                .map(Statement::of)
                .forEach(items::add);
    }

    /** @param around the places of the program that the loop is in */
    private Program nested(Steps.Nest nest, Map<Node, Place> around) {
        Map<Node, Place> places = new HashMap<>(nest.places());
        for (Node node : nest.roots()) {
            for (Node at = node; around.containsKey(at); at = around.get(at).base()) {
                places.putIfAbsent(at, around.get(at));
            }
        }
        Reshapes.place(nest.computed(), nest.persistent(), places);
        List<Item> items = items(nest.computed(), nest.roots(), places);
        return program(items, nest.roots(), nest.persistent(), places);
    }

    private static List<List<Item>> methods(List<Item> items, Set<Node> roots) {
        List<List<Item>> methods = new ArrayList<>();
        int weight = Integer.MAX_VALUE;
        for (Item item : items) {
            int more = Weights.of(item, roots);
            if (methods.isEmpty() || weight + more > Weights.METHOD_BUDGET) {
                methods.add(new ArrayList<>());
                weight = 0;
            }
            methods.get(methods.size() - 1).add(item);
            weight += more;
        }
        return methods;
    }
}
