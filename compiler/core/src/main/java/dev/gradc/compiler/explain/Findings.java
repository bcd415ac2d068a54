package dev.gradc.compiler.explain;

import dev.gradc.compiler.explain.Explanation.Found;
import dev.gradc.compiler.gate.Flow;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.rewrite.Simplifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What happened in a model, by name, and where. */
final class Findings {

    private final Places places;
    private final Map<Flow, List<Node>> flows = new EnumMap<>(Flow.class);

    Findings(Places places) {
        this.places = places;
    }

    /** The rewrites that took place, by rule. */
    List<Found> rules(List<Simplifier.Firing> firings) {
        Map<String, List<Node>> byRule = new LinkedHashMap<>();
        Map<String, String> contracts = new HashMap<>();
        for (Simplifier.Firing firing : firings) {
            String name = firing.rule().name();
            byRule.computeIfAbsent(name, key -> new ArrayList<>()).add(firing.before());
            contracts.put(name, firing.rule().contract().name().toLowerCase(Locale.ROOT));
        }
        List<Found> found = new ArrayList<>();
        byRule.forEach((name, nodes) -> found.add(found(name, contracts.get(name), nodes)));
        return found;
    }

    /** What the gates between {@code variables} and {@code target} do to the gradient on its way back. */
    List<Found> patterns(Node target, Collection<Node> variables) {
        follow(List.of(target), variables);
        List<Found> found = new ArrayList<>();
        flows.forEach((flow, nodes) -> {
            String name = flow.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            found.add(found(name, flow.meaning(), nodes));
        });
        return found;
    }

    private Found found(String name, String meaning, List<Node> nodes) {
        List<String> where = nodes.stream()
                .flatMap(node -> places.of(node).stream())
                .distinct()
                .sorted(Places.ORDER)
                .toList();
        return new Found(name, meaning, nodes.size(), where);
    }

    /** Follows the path from {@code variables} to {@code roots}, through the bodies of loops once each. */
    private void follow(Collection<Node> roots, Collection<Node> variables) {
        Set<Node> active = new HashSet<>(variables);
        List<Node> nodes = Graph.reachable(roots);
        nodes.stream().filter(node -> passing(node).anyMatch(active::contains)).forEach(active::add);
        Map<Node, Integer> uses = new HashMap<>();
        roots.forEach(root -> uses.put(root, 1));
        Set<Scan.Body> loops = new HashSet<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (!uses.containsKey(node) || !active.contains(node)) {
                continue;
            }
            if (uses.get(node) > 1) {
                add(Flow.ACCUMULATOR, node);
            }
            if (!variables.contains(node)) {
                passing(node).filter(active::contains).forEach(input -> uses.merge(input, 1, Integer::sum));
                Operation.of(node).flow(node).ifPresent(flow -> add(flow, node));
            }
            if (node.is(Scan.SCAN) && loops.add(Scan.body(node))) {
                followLoop(node, active);
            }
        }
    }

    /** The inputs of {@code node} that its gradient is handed to. */
    private static Stream<Node> passing(Node node) {
        return IntStream.range(0, node.isReal() ? node.inputs().size() : 0)
                .filter(i -> !(node.gate() instanceof Pointwise gate) || gate.isDifferentiable(i))
                .mapToObj(node::input)
                .filter(Node::isReal);
    }

    private void followLoop(Node node, Set<Node> active) {
        Scan.Body body = Scan.body(node);
        List<Node> variables = new ArrayList<>(body.states());
        for (int i = 0; i < body.captures().size(); i++) {
            if (active.contains(node.input(body.states().size() + i))) {
                variables.add(body.captures().get(i));
            }
        }
        List<Node> roots = new ArrayList<>(body.next());
        if (node.attribute() instanceof Scan.Sequence sequence) {
            roots.add(sequence.node());
        }
        follow(roots, variables);
    }

    private void add(Flow flow, Node node) {
        flows.computeIfAbsent(flow, key -> new ArrayList<>()).add(node);
    }
}
