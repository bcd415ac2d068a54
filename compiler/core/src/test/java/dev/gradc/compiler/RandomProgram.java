package dev.gradc.compiler;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Elementary;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random graph over tensors of fixed and runtime dims, with a scalar loss and a point to evaluate it at. */
final class RandomProgram {

    private static final List<Dim> DIMS =
            List.of(Dim.symbol("N"), Dim.symbol("M"), Dim.of(2), Dim.of(3), Dim.of(20), Dim.ONE);
    private static final List<Pointwise> UNARY = List.of(
            Elementary.TANH,
            Elementary.SIGMOID,
            Elementary.SIN,
            Elementary.COS,
            Elementary.SOFTPLUS,
            Elementary.RELU,
            Arithmetic.NEGATE,
            Arithmetic.ABS);
    private static final List<Pointwise> BINARY = List.of(
            Arithmetic.ADD, Arithmetic.SUBTRACT, Arithmetic.MULTIPLY, Arithmetic.MAX, Arithmetic.MIN, Arithmetic.ADD);
    private static final List<Reduction> FOLDS =
            List.of(Reductions.SUM, Reductions.SUM, Reductions.MAX, Reductions.MIN);

    private final long seed;
    private final Random random;
    private final GraphBuilder graph = new GraphBuilder();
    private final List<Node> variables = new ArrayList<>();
    private final List<Node> values = new ArrayList<>();
    private final Map<String, Integer> dims = new LinkedHashMap<>();
    private final Map<String, double[]> point = new LinkedHashMap<>();
    private final Node loss;

    RandomProgram(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        dims.put("N", 1 + random.nextInt(4));
        dims.put("M", 1 + random.nextInt(4));
        for (int i = 0; i < 3; i++) {
            variables.add(variable("v" + i));
        }
        values.addAll(variables);
        int steps = 4 + random.nextInt(16);
        for (int step = 0; step < steps; step++) {
            values.add(step());
        }
        loss = combine();
    }

    GraphBuilder graph() {
        return graph;
    }

    long seed() {
        return seed;
    }

    Node loss() {
        return loss;
    }

    List<Node> variables() {
        return variables;
    }

    Map<String, Integer> dims() {
        return dims;
    }

    Map<String, double[]> values() {
        return point;
    }

    int[] extents(Node node) {
        return node.shape().dims().stream()
                .mapToInt(dim -> (int) dim.evaluate(dims))
                .toArray();
    }

    private Node variable(String name) {
        List<Dim> shape = new ArrayList<>();
        int rank = random.nextInt(4);
        for (int axis = 0; axis < rank; axis++) {
            shape.add(pick(DIMS));
        }
        Node node = Leaf.variable(graph, name, Type.real(new Shape(shape)));
        double[] elements = new double[(int) node.shape().size().evaluate(dims)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = random.nextGaussian() * 0.7;
        }
        point.put(name, elements);
        return node;
    }

    private Node step() {
        Term term = new Term(graph, pick(values));
        return switch (random.nextInt(8)) {
            case 0, 1 -> term.apply(pick(UNARY)).node();
            case 2, 3 -> binary(term);
            case 4 -> fold(term);
            case 5 -> transposed(term);
            case 6 -> product(term);
            default -> random.nextBoolean() ? sliced(term) : guarded(term);
        };
    }

    private Node binary(Term left) {
        Node other = pick(values);
        List<Integer> axes = embed(other.shape(), left.node().shape());
        Term right = axes == null
                ? left.apply(Elementary.TANH)
                : new Term(graph, other).broadcast(left.node().shape(), axes);
        if (random.nextInt(4) == 0) {
            Term positive = right.times(right).plus(right.constant(0.5));
            return random.nextBoolean()
                    ? left.over(positive).node()
                    : left.times(positive.apply(random.nextBoolean() ? Elementary.LOG : Elementary.SQRT))
                            .node();
        }
        return left.apply(pick(BINARY), right).node();
    }

    /** Axes of {@code outer}, ascending, with the extents of {@code inner}; null where there are none. */
    private static List<Integer> embed(Shape inner, Shape outer) {
        List<Integer> axes = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < outer.rank() && next < inner.rank(); axis++) {
            if (outer.dim(axis).equals(inner.dim(next))) {
                axes.add(axis);
                next++;
            }
        }
        return next == inner.rank() ? axes : null;
    }

    private Node fold(Term term) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < term.node().shape().rank(); axis++) {
            if (random.nextBoolean()) {
                axes.add(axis);
            }
        }
        return term.reduce(pick(FOLDS), axes).node();
    }

    private Node transposed(Term term) {
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < term.node().shape().rank(); axis++) {
            order.add(random.nextInt(order.size() + 1), axis);
        }
        return term.view(IndexMap.permutation(term.node().shape(), order)).node();
    }

    private Node product(Term left) {
        Node right = pick(values);
        for (int i = 0; i < left.node().shape().rank(); i++) {
            for (int j = 0; j < right.shape().rank(); j++) {
                if (left.node().shape().dim(i).equals(right.shape().dim(j))
                        && left.node().shape().rank() + right.shape().rank() <= 5) {
                    return contract(left.node(), i, right, j);
                }
            }
        }
        return left.apply(Elementary.SIN).node();
    }

    private Node contract(Node left, int leftAxis, Node right, int rightAxis) {
        List<Integer> leftLabels = new ArrayList<>();
        List<Integer> rightLabels = new ArrayList<>();
        List<Integer> out = new ArrayList<>();
        for (int axis = 0; axis < left.shape().rank(); axis++) {
            leftLabels.add(axis);
            if (axis != leftAxis) {
                out.add(axis);
            }
        }
        for (int axis = 0; axis < right.shape().rank(); axis++) {
            rightLabels.add(axis == rightAxis ? leftAxis : 10 + axis);
            if (axis != rightAxis) {
                out.add(10 + axis);
            }
        }
        Contraction.Labels labels = new Contraction.Labels(leftLabels, rightLabels, out);
        return graph.make(Contraction.CONTRACT, labels, List.of(left, right));
    }

    /** Some run or position of an axis of fixed extent. */
    private Node sliced(Term term) {
        Shape shape = term.node().shape();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.dim(axis).constant().orElse(1) > 1) {
                return slice(term, axis, (int) shape.dim(axis).constant().getAsLong());
            }
        }
        return term.apply(Elementary.COS).node();
    }

    private Node slice(Term term, int sliced, int extent) {
        Shape shape = term.node().shape();
        int start = random.nextInt(extent);
        List<Dim> dims = new ArrayList<>(shape.dims());
        dims.set(sliced, Dim.of(1 + random.nextInt(extent - start)));
        Shape result = new Shape(dims);
        List<Affine> sources = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            Dim offset = Dim.of(axis == sliced ? start : 0);
            sources.add(Affine.strided(offset, Dim.ONE, axis, result.rank()));
        }
        return term.view(new IndexMap(sources, result)).node();
    }

    /** if x > 0 then sqrt(x) else x * x. */
    private Node guarded(Term term) {
        return term.greater(term.constant(0))
                .select(term.apply(Elementary.SQRT), term.times(term))
                .node();
    }

    /** A scalar that depends on the last values and on every variable. */
    private Node combine() {
        Term sum = new Term(graph, Leaf.constant(graph, 0.25, Type.real(Shape.SCALAR)));
        List<Node> parts = new ArrayList<>(variables);
        parts.addAll(values.subList(Math.max(0, values.size() - 3), values.size()));
        for (Node part : parts) {
            Term term = new Term(graph, part);
            List<Integer> all = new ArrayList<>();
            for (int axis = 0; axis < part.shape().rank(); axis++) {
                all.add(axis);
            }
            sum = sum.plus(term.times(0.5).apply(Elementary.TANH).reduce(Reductions.SUM, all));
        }
        return random.nextBoolean()
                ? sum.node()
                : sum.greater(sum.constant(-100))
                        .apply(Logic.SELECT, sum, sum.negate())
                        .node();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
