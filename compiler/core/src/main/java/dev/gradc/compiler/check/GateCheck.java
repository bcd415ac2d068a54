package dev.gradc.compiler.check;

import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.lower.LoweredModel.Definition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Walks the primal graph of a model at one point, with the values of the reference evaluator, and holds the adjoint of
 * each gate against differences of that gate alone. Gates of the model's own come first: theirs are the derivatives that
 * nobody has checked yet.
 */
public final class GateCheck {

    private final LoweredModel model;
    private final Map<String, Integer> dims;
    private final Map<String, double[]> variables;
    private final Map<Node, Definition> definitions = new HashMap<>();

    private GateCheck(LoweredModel model, Map<String, Integer> dims, Map<String, double[]> variables) {
        this.model = model;
        this.dims = dims;
        this.variables = variables;
    }

    /**
     * The gates that disagree, or are at a kink, in the order of computation, each statement's gate of one kind once.
     *
     * @param dims a value for every runtime dim
     * @param variables elements of every argument, by name
     */
    public static List<GateFault> faults(
            LoweredModel model, Map<String, Integer> dims, Map<String, double[]> variables) {
        GateCheck check = new GateCheck(model, dims, variables);
        List<Node> outputs =
                model.outputs().stream().map(LoweredModel.Output::node).toList();
        check.findDefinitions(outputs);
        List<GateFault> faults = check.walk(outputs, node -> node.is(Custom.CUSTOM));
        return faults.isEmpty() ? check.walk(outputs, node -> !node.is(Custom.CUSTOM)) : faults;
    }

    /** The statement that each node is in: that of the first definition made of it. */
    private void findDefinitions(List<Node> outputs) {
        List<Node> defined = Graph.sorted(model.definitions().keySet());
        for (Node root : defined) {
            Definition definition = model.definitions().get(root);
            Graph.reachable(List.of(root), node -> !definitions.containsKey(node))
                    .forEach(node -> definitions.putIfAbsent(node, definition));
        }
        for (int i = 0; i < outputs.size(); i++) {
            LoweredModel.Output output = model.outputs().get(i);
            Graph.reachable(List.of(outputs.get(i)), node -> !definitions.containsKey(node))
                    .forEach(node -> definitions.putIfAbsent(node, new Definition(output.name(), output.span())));
        }
    }

    private List<GateFault> walk(List<Node> outputs, Predicate<Node> wanted) {
        Map<String, GateFault> faults = new LinkedHashMap<>();
        Set<Node> active = new HashSet<>();
        model.arguments().stream()
                .map(LoweredModel.Argument::node)
                .filter(Node::isReal)
                .forEach(active::add);
        Scene scene = new Scene(dims, variables, active);
        walk(outputs, scene, Optional.empty(), wanted, faults);
        return List.copyOf(faults.values());
    }

    /**
     * Where gates are evaluated: the model, or a step of a loop.
     *
     * @param active the nodes that move with the model's variables
     */
    private record Scene(Map<String, Integer> dims, Map<String, double[]> variables, Set<Node> active) {}

    private void walk(
            Collection<Node> roots,
            Scene scene,
            Optional<Definition> around,
            Predicate<Node> wanted,
            Map<String, GateFault> faults) {
        List<Node> nodes = Graph.reachable(roots);
        Map<Node, double[]> values = Evaluator.evaluate(nodes, scene.dims(), scene.variables());
        Set<Scan.Body> loops = new HashSet<>();
        for (Node node : nodes) {
            boolean isActive = node.isReal() && node.inputs().stream().anyMatch(scene.active()::contains);
            if (!isActive) {
                continue;
            }
            scene.active().add(node);
            Definition definition = around.orElseGet(() -> definitions.get(node));
            if (node.is(Scan.SCAN)) {
                if (loops.add(Scan.body(node))) {
                    walkLoop(node, nodes, values, new Place(scene, definition), wanted, faults);
                }
            } else if (wanted.test(node)) {
                GateAlone gate = new GateAlone(model.graph(), node, values, scene.active());
                gate.worst(scene.dims(), scene.variables())
                        .ifPresent(found -> faults.putIfAbsent(
                                definition.span() + name(node),
                                new GateFault(
                                        definition.span(),
                                        definition.name(),
                                        name(node),
                                        found.input(),
                                        found.report())));
            }
        }
    }

    private record Place(Scene scene, Definition definition) {}

    private static String name(Node node) {
        Gate gate = node.gate();
        return node.attribute() instanceof Custom.Rule rule ? gate + " '" + rule.name() + "'" : gate.toString();
    }

    /** Walks the body of a loop at every step. */
    private void walkLoop(
            Node loop,
            List<Node> nodes,
            Map<Node, double[]> values,
            Place place,
            Predicate<Node> wanted,
            Map<String, GateFault> faults) {
        Scan.Body body = Scan.body(loop);
        List<Node> roots = new ArrayList<>(body.next());
        nodes.stream()
                .filter(node -> node.is(Scan.SCAN) && Scan.body(node) == body)
                .filter(node -> node.attribute() instanceof Scan.Sequence)
                .forEach(node -> roots.add(((Scan.Sequence) node.attribute()).node()));
        Map<String, double[]> inside = new HashMap<>(place.scene().variables());
        List<Node> placeholders = new ArrayList<>(body.states());
        placeholders.addAll(body.captures());
        for (int i = 0; i < placeholders.size(); i++) {
            inside.put(Variables.name(placeholders.get(i)), values.get(loop.input(i)));
        }
        int low = (int) body.low().evaluate(place.scene().dims());
        int count = (int) body.count().evaluate(place.scene().dims());
        for (int step = 0; step < count; step++) {
            Map<String, Integer> stepDims = new HashMap<>(place.scene().dims());
            stepDims.put(body.symbol(), low + (body.isReversed() ? count - 1 - step : step));
            Scene scene = new Scene(stepDims, inside, new HashSet<>(placeholders));
            walk(roots, scene, Optional.of(place.definition()), wanted, faults);
            Map<Node, double[]> next = Evaluator.evaluate(body.next(), stepDims, inside);
            for (int i = 0; i < body.states().size(); i++) {
                inside.put(
                        Variables.name(body.states().get(i)),
                        next.get(body.next().get(i)));
            }
        }
    }
}
