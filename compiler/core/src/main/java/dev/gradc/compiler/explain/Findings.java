package dev.gradc.compiler.explain;

import dev.gradc.compiler.explain.Explanation.Found;
import dev.gradc.compiler.gate.Flow;
import dev.gradc.compiler.gate.Operation;
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
        List<Node> path = new ArrayList<>();
        Set<Node> active = new HashSet<>(variables);
        Set<Scan.Body> loops = new HashSet<>();
        for (Node node : Graph.reachable(roots)) {
            if (node.isReal() && node.inputs().stream().anyMatch(active::contains)) {
                active.add(node);
                path.add(node);
            }
        }
        countUses(path, active);
        for (Node node : path) {
            if (node.is(Scan.SCAN) && loops.add(Scan.body(node))) {
                followLoop(node, active);
            }
            Operation.of(node).flow(node).ifPresent(flow -> add(flow, node));
        }
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

    private void countUses(List<Node> path, Set<Node> active) {
        Map<Node, Integer> uses = new LinkedHashMap<>();
        for (Node node : path) {
            node.inputs().stream().filter(active::contains).forEach(input -> uses.merge(input, 1, Integer::sum));
        }
        uses.forEach((node, count) -> {
            if (count > 1) {
                add(Flow.ACCUMULATOR, node);
            }
        });
    }

    private void add(Flow flow, Node node) {
        flows.computeIfAbsent(flow, key -> new ArrayList<>()).add(node);
    }
}
