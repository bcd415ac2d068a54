package dev.gradc.compiler.check;

import dev.gradc.compiler.autodiff.Differentiator;
import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.runtime.GradientChecker;
import dev.gradc.runtime.GradientChecker.Options;
import dev.gradc.runtime.GradientChecker.Report;
import dev.gradc.runtime.GradientChecker.ScalarFunction;
import dev.gradc.runtime.GradientChecker.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One gate taken out of its graph: a variable in place of each input. */
final class GateAlone {

    /** Larger inputs are held along random directions, and by coordinates where those disagree. */
    private static final int COORDINATES = 64;

    /** What a larger input would take too long. */
    private static final int LARGEST = 100_000;

    private final NodeFactory graph;
    private final Node node;
    /** For each input that is differentiated the variable in its place. */
    private final Map<Integer, Node> moving = new LinkedHashMap<>();

    private final Map<String, double[]> data = new HashMap<>();

    /**
     * @param values of all nodes below {@code gate}
     * @param active the nodes by which it is differentiated
     */
    GateAlone(NodeFactory graph, Node gate, Map<Node, double[]> values, Set<Node> active) {
        this.graph = graph;
        List<Node> inputs = new ArrayList<>(gate.inputs());
        int first = gate.is(Custom.CUSTOM) ? 1 : 0;
        for (int i = first; i < inputs.size(); i++) {
            if (active.contains(inputs.get(i)) && inputs.get(i).isReal()) {
                Node input = inputs.get(i);
                Node place = Leaf.variable(graph, Custom.placeholder("input" + i) + gate.id(), input.type());
                moving.put(i, place);
                inputs.set(i, place);
                data.put(Variables.name(place), values.get(input));
            }
        }
        if (first == 1) {
            inputs.set(0, value(gate));
        }
        this.node = graph.make(gate.gate(), gate.attribute(), inputs);
    }

    /** The value of a custom gate over the variables in place of its parameters. */
    private Node value(Node gate) {
        Map<Node, Node> places = new HashMap<>();
        moving.forEach((i, place) -> places.put(gate.input(i), place));
        return Graph.substitute(graph, List.of(gate.input(0)), places).get(gate.input(0));
    }

    /**
     * What is wrong with the gradient of one input.
     *
     * @param input which one
     */
    record Found(int input, Report report) {}

    /** The first input whose gradient does not agree, with an upstream gradient of ones, or else a random one. */
    Optional<Found> worst(Map<String, Integer> dims, Map<String, double[]> variables) {
        Map<String, double[]> all = new HashMap<>(variables);
        all.putAll(data);
        double[] value = Evaluator.evaluate(List.of(node), dims, all).get(node);
        double[] upstream = new double[value.length];
        Arrays.fill(upstream, 1);
        Optional<Found> found = worst(dims, all, upstream);
        if (found.isEmpty()) {
            Random random = new Random(upstream.length);
            Arrays.setAll(upstream, i -> random.nextGaussian());
            found = worst(dims, all, upstream);
        }
        return found;
    }

    private Optional<Found> worst(Map<String, Integer> dims, Map<String, double[]> variables, double[] upstream) {
        Node seed = Leaf.variable(graph, Leaf.SEED + "of" + node.id(), node.type());
        List<Integer> inputs = List.copyOf(moving.keySet());
        List<Node> places = inputs.stream().map(moving::get).toList();
        List<Node> gradients = new Differentiator(graph).gradient(node, seed, places);
        Map<String, double[]> all = new HashMap<>(variables);
        all.put(Variables.name(seed), upstream);
        Map<Node, double[]> analytic = Evaluator.evaluate(gradients, dims, all);
        for (int i = 0; i < inputs.size(); i++) {
            String name = Variables.name(places.get(i));
            double[] value = all.get(name);
            Symmetry symmetry = Symmetry.of(node, places.get(i), value, dims);
            ScalarFunction weighted = x -> {
                Map<String, double[]> moved = new HashMap<>(all);
                moved.put(name, symmetry.mean(x));
                return dot(
                        upstream, Evaluator.evaluate(List.of(node), dims, moved).get(node));
            };
            Report report = hold(weighted, value, symmetry.mean(analytic.get(gradients.get(i))));
            if (report.verdict() != Verdict.AGREES) {
                return Optional.of(new Found(inputs.get(i), report));
            }
        }
        return Optional.empty();
    }

    private static Report hold(ScalarFunction f, double[] point, double[] gradient) {
        if (point.length > LARGEST) {
            return new Report(Verdict.AGREES, 0, 0, 0, 0);
        } else if (point.length <= COORDINATES) {
            return GradientChecker.check(f, point, gradient, Options.defaults());
        }
        return GradientChecker.checkDotProduct(f, point, gradient, Options.defaults());
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
