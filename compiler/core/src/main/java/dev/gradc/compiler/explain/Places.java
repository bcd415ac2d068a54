package dev.gradc.compiler.explain;

import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where in the model's text a value comes from: the definition that it is a part of. */
final class Places {

    /** Lines in order, then names. */
    static final Comparator<String> ORDER = Comparator.comparing((String place) -> !place.contains(":"))
            .thenComparing(String::length)
            .thenComparing(Comparator.naturalOrder());

    private final Map<Node, String> places = new HashMap<>();

    /** The places of all that {@code model} defines, and of all below. */
    void add(LoweredModel model) {
        Map<Node, String> given = new HashMap<>();
        model.definitions().forEach((node, definition) -> given.putIfAbsent(node, place(definition.span())));
        model.outputs().forEach(output -> given.putIfAbsent(output.node(), place(output.span())));
        model.arguments().forEach(argument -> given.put(argument.node(), place(argument.span())));
        add(given);
    }

    private static String place(Span span) {
        String name = span.file().name().replace('\\', '/');
        return name.substring(name.lastIndexOf('/') + 1) + ":" + span.line();
    }

    /** The places {@code given}, and for all below that has none the place of what uses it. */
    void add(Map<Node, String> given) {
        given.forEach(places::putIfAbsent);
        spread(given.keySet());
    }

    private void spread(Collection<Node> roots) {
        List<Node> nodes = Graph.reachable(roots);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            String place = places.get(nodes.get(i));
            if (place != null) {
                nodes.get(i).inputs().forEach(input -> places.putIfAbsent(input, place));
                inside(nodes.get(i)).forEach(node -> places.putIfAbsent(node, place));
            }
        }
    }

    private static List<Node> inside(Node node) {
        if (!(node.attribute() instanceof Scan.Result result)) {
            return List.of();
        }
        List<Node> roots = new ArrayList<>(result.body().next());
        if (result instanceof Scan.Sequence sequence) {
            roots.add(sequence.node());
        }
        return Graph.reachable(roots);
    }

    /** The place of {@code node}, or of the latest of what it is made of. */
    Optional<String> of(Node node) {
        List<Node> below = places.containsKey(node) ? List.of(node) : Graph.reachable(List.of(node));
        return below.stream()
                .filter(places::containsKey)
                .max(Comparator.comparingInt(Node::id))
                .map(places::get);
    }
}
