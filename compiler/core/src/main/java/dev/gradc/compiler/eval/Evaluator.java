package dev.gradc.compiler.eval;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The slow reference evaluator: each gate by its definition, one element at a time, in double precision. Ints and bools
 * are held as doubles (true is 1).
 */
public final class Evaluator {

    private final Map<String, Integer> dims;
    private final Map<String, double[]> variables;
    private final Map<Node, double[]> values = new HashMap<>();

    private Evaluator(Map<String, Integer> dims, Map<String, double[]> variables) {
        this.dims = dims;
        this.variables = variables;
    }

    /**
     * The values of {@code roots}, row-major.
     *
     * @param dims a value for every dim symbol
     * @param variables elements of every variable, by name
     */
    public static Map<Node, double[]> evaluate(
            Collection<Node> roots, Map<String, Integer> dims, Map<String, double[]> variables) {
        Evaluator evaluator = new Evaluator(dims, variables);
        for (Node node : Graph.reachable(roots)) {
            evaluator.values.put(node, evaluator.compute(node));
        }
        Map<Node, double[]> results = new LinkedHashMap<>();
        roots.forEach(root -> results.put(root, evaluator.values.get(root)));
        return results;
    }

    private double[] compute(Node node) {
        return switch (node.gate().kind()) {
            case LEAF -> leaf(node);
            case POINTWISE -> pointwise(node, (Pointwise) node.gate());
            case REDUCTION -> reduce(node, (Reduction) node.gate());
            case CONTRACTION -> contract(node);
            case LAYOUT -> view(node, (IndexMap) node.attribute());
            case SCATTER -> scatter(node, Scatter.target(node).parts());
            case GATHER -> gather(node, Gather.selection(node));
            case SCAN -> scan(node, (Scan.Result) node.attribute());
            case CUSTOM -> values.get(node.input(0));
            case KERNEL -> kernel(node, (Kernel) node.gate());
            case PACK -> pack(node, Pack.target(node).maps());
        };
    }

    private double[] leaf(Node node) {
        if (node.attribute() instanceof Leaf.Variable variable) {
            return variables.get(variable.name());
        }
        double[] out = new double[size(node)];
        if (node.attribute() instanceof Leaf.Constant constant) {
            Arrays.fill(out, constant.value());
        } else if (node.attribute() instanceof Leaf.Extent extent) {
            out[0] = extent.dim().evaluate(dims);
        } else if (node.attribute() instanceof Leaf.Position position) {
            int[] extents = extents(node.shape());
            for (int flat = 0; flat < out.length; flat++) {
                out[flat] = unflatten(flat, extents)[position.axis()];
            }
        }
        return out;
    }

    private double[] pointwise(Node node, Pointwise gate) {
        double[] out = new double[size(node)];
        double[] inputs = new double[node.inputs().size()];
        for (int flat = 0; flat < out.length; flat++) {
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = values.get(node.input(i))[flat];
            }
            out[flat] = gate.value(inputs);
        }
        return out;
    }

    private double[] reduce(Node node, Reduction gate) {
        double[] in = values.get(node.input(0));
        int[] extents = extents(node.input(0).shape());
        List<Integer> axes = Reduction.axes(node);
        double[] out = new double[size(node)];
        double[] best = new double[out.length];
        Arrays.fill(gate.isPositional() ? best : out, gate.identity());
        for (int flat = 0; flat < in.length; flat++) {
            int[] index = unflatten(flat, extents);
            int target = 0;
            int position = 0;
            for (int axis = 0; axis < index.length; axis++) {
                if (axes.contains(axis)) {
                    position = position * extents[axis] + index[axis];
                } else {
                    target = target * extents[axis] + index[axis];
                }
            }
            if (!gate.isPositional()) {
                out[target] = gate.combiner().value(out[target], in[flat]);
            } else if (gate.combiner().value(in[flat], best[target]) != 0) {
                best[target] = in[flat];
                out[target] = position;
            }
        }
        return out;
    }

    private double[] contract(Node node) {
        Contraction.Labels labels = Contraction.labels(node);
        List<Integer> order =
                List.copyOf(Contraction.extents(labels, node.inputs()).keySet());
        int[] extents = Contraction.extents(labels, node.inputs()).values().stream()
                .mapToInt(dim -> (int) dim.evaluate(dims))
                .toArray();
        double[] left = values.get(node.input(0));
        double[] right = values.get(node.input(1));
        double[] out = new double[size(node)];
        int count = Arrays.stream(extents).reduce(1, Math::multiplyExact);
        for (int flat = 0; flat < count; flat++) {
            int[] index = unflatten(flat, extents);
            out[flatten(labels.out(), order, index, extents)] += left[flatten(labels.left(), order, index, extents)]
                    * right[flatten(labels.right(), order, index, extents)];
        }
        return out;
    }

    private static int flatten(List<Integer> labels, List<Integer> order, int[] index, int[] extents) {
        int flat = 0;
        for (int label : labels) {
            int place = order.indexOf(label);
            flat = flat * extents[place] + index[place];
        }
        return flat;
    }

    private double[] kernel(Node node, Kernel gate) {
        int[][] extents =
                node.inputs().stream().map(input -> extents(input.shape())).toArray(int[][]::new);
        double[][] inputs = node.inputs().stream().map(values::get).toArray(double[][]::new);
        return gate.value(node.attribute(), extents, inputs);
    }

    /** Runs the whole loop, and keeps the result asked for. */
    private double[] scan(Node node, Scan.Result result) {
        Scan.Body body = result.body();
        int count = (int) body.count().evaluate(dims);
        int low = (int) body.low().evaluate(dims);
        List<double[]> states = new ArrayList<>();
        for (int i = 0; i < body.states().size(); i++) {
            states.add(values.get(node.input(i)));
        }
        double[] sequence = new double[result instanceof Scan.Sequence ? size(node) : 0];
        for (int step = 0; step < count; step++) {
            int position = body.isReversed() ? count - 1 - step : step;
            Evaluator inner = inStep(node, body, states, low + position);
            if (result instanceof Scan.Sequence wanted) {
                double[] value = inner.evaluated(wanted.node());
                System.arraycopy(value, 0, sequence, position * value.length, value.length);
            }
            states = body.next().stream().map(inner::evaluated).toList();
        }
        return result instanceof Scan.Final last ? states.get(last.state()) : sequence;
    }

    private Evaluator inStep(Node node, Scan.Body body, List<double[]> states, int step) {
        Map<String, Integer> withStep = new HashMap<>(dims);
        withStep.put(body.symbol(), step);
        Evaluator inner = new Evaluator(withStep, variables);
        for (int i = 0; i < states.size(); i++) {
            inner.values.put(body.states().get(i), states.get(i));
        }
        for (int i = 0; i < body.captures().size(); i++) {
            inner.values.put(body.captures().get(i), values.get(node.input(states.size() + i)));
        }
        return inner;
    }

    private double[] evaluated(Node root) {
        for (Node node : Graph.reachable(List.of(root))) {
            if (!values.containsKey(node)) {
                values.put(node, compute(node));
            }
        }
        return values.get(root);
    }

    private double[] view(Node node, IndexMap map) {
        return gather(node, Gather.Selection.of(map));
    }

    private double[] pack(Node node, List<IndexMap> maps) {
        double[] out = new double[size(node)];
        for (int i = 0; i < maps.size(); i++) {
            double[] part = values.get(node.input(i));
            Gather.Selection selection = Gather.Selection.of(maps.get(i));
            for (int flat = 0; flat < part.length; flat++) {
                out[source(node, selection, node.shape(), flat)] = part[flat];
            }
        }
        return out;
    }

    private double[] gather(Node node, Gather.Selection selection) {
        double[] in = values.get(node.input(0));
        double[] out = new double[size(node)];
        for (int flat = 0; flat < out.length; flat++) {
            out[flat] = in[source(node, selection, node.input(0).shape(), flat)];
        }
        return out;
    }

    private double[] scatter(Node node, List<Scatter.Part> parts) {
        double[] out = new double[size(node)];
        for (int i = 0; i < parts.size(); i++) {
            double[] in = values.get(node.input(i));
            for (int flat = 0; flat < in.length; flat++) {
                out[source(node, parts.get(i).selection(), node.shape(), flat)] += in[flat];
            }
        }
        return out;
    }

    /** Where element {@code flat} of the selection's space comes from in a tensor of {@code shape}. */
    private int source(Node node, Gather.Selection selection, Shape shape, int flat) {
        int[] index = unflatten(flat, extents(selection.map().shape()));
        int[] extents = extents(shape);
        int source = 0;
        for (int axis = 0; axis < extents.length; axis++) {
            long place = selection.map().sources().get(axis).evaluate(dims, index);
            int loaded = selection.loaded().get(axis);
            if (loaded > 0) {
                place += (long) values.get(node.input(loaded))[flat];
            }
            if (place < 0 || place >= extents[axis]) {
                throw new IndexOutOfBoundsException("index " + place + " of extent " + extents[axis]);
            }
            source = source * extents[axis] + (int) place;
        }
        return source;
    }

    private int size(Node node) {
        return Math.toIntExact(node.shape().size().evaluate(dims));
    }

    private int[] extents(Shape shape) {
        return shape.dims().stream()
                .mapToInt(dim -> Math.toIntExact(dim.evaluate(dims)))
                .toArray();
    }

    private static int[] unflatten(int flat, int[] extents) {
        int[] index = new int[extents.length];
        int rest = flat;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            index[axis] = rest % extents[axis];
            rest /= extents[axis];
        }
        return index;
    }
}
