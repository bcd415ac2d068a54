package dev.gradc.compiler;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.run.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * One gate in a graph, and a point to evaluate it at: N = 2, M = 3, reals around 0 at which the gate is smooth. A fluent
 * builder: variables first, then the node.
 */
final class GateSample {

    static final Map<String, Integer> DIMS = Map.of("N", 2, "M", 3);

    private final String name;
    private final Random random;
    private final GraphBuilder graph = new GraphBuilder();
    private final List<Node> variables = new ArrayList<>();
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private int derivatives = 2;
    private Node node;

    GateSample(String name) {
        this.name = name;
        this.random = new Random(name.hashCode());
    }

    /** A variable of standard normal elements. */
    Node real(Object... shape) {
        return variable(ElementType.REAL, shape, random::nextGaussian);
    }

    /** A variable of whole numbers from 0 to {@code last}. */
    Node whole(int last, Object... shape) {
        return variable(ElementType.INT, shape, () -> random.nextInt(last + 1));
    }

    /** A variable of truth values. */
    Node bool(Object... shape) {
        return variable(ElementType.BOOL, shape, () -> random.nextInt(2));
    }

    /** A variable of square matrices whose diagonals outweigh the rest. */
    Node matrices(Object... shape) {
        Node matrix = real(shape);
        double[] elements = values.get("a" + (variables.size() - 1));
        int order = extents(matrix)[matrix.shape().rank() - 1];
        for (int flat = 0; flat < elements.length; flat++) {
            boolean isDiagonal = flat / order % order == flat % order;
            elements[flat] = isDiagonal ? 3 + elements[flat] / 4 : elements[flat] / 2;
        }
        return matrix;
    }

    private Node variable(ElementType element, Object[] shape, DoubleSupplier next) {
        String variable = "a" + variables.size();
        Node made = Leaf.variable(graph, variable, new Type(element, shape(shape)));
        variables.add(made);
        values.put(
                variable,
                Stream.generate(next::getAsDouble)
                        .limit(made.shape().size().evaluate(DIMS))
                        .mapToDouble(Double::doubleValue)
                        .toArray());
        return made;
    }

    /** The elements of the last variable, instead of random ones. */
    GateSample at(double... elements) {
        values.put("a" + (variables.size() - 1), elements);
        return this;
    }

    /** The gate applied to all variables. */
    GateSample of(Gate gate, Attribute attribute) {
        return is(graph.make(gate, attribute, variables));
    }

    /** What is sampled. */
    GateSample is(Node made) {
        node = made;
        return this;
    }

    /** It can be differentiated {@code times} times at this point. */
    GateSample differentiable(int times) {
        derivatives = times;
        return this;
    }

    /** How often the node can be differentiated by some variable. */
    int derivatives() {
        return node.isReal() && variables.stream().anyMatch(Node::isReal) ? derivatives : 0;
    }

    GraphBuilder graph() {
        return graph;
    }

    Term term(Node of) {
        return new Term(graph, of);
    }

    Node node() {
        return node;
    }

    List<Node> variables() {
        return variables;
    }

    List<Node> reals() {
        return variables.stream().filter(Node::isReal).toList();
    }

    Map<String, double[]> values() {
        return values;
    }

    /** The variables as data of a model. */
    Map<String, Tensor> data() {
        Map<String, Tensor> data = new LinkedHashMap<>();
        variables.forEach(
                variable -> data.put(nameOf(variable), new Tensor(values.get(nameOf(variable)), extents(variable))));
        return data;
    }

    static String nameOf(Node variable) {
        return ((Leaf.Variable) variable.attribute()).name();
    }

    static int[] extents(Node of) {
        return of.shape().dims().stream()
                .mapToInt(dim -> (int) dim.evaluate(DIMS))
                .toArray();
    }

    /** A shape of dims' names and numbers. */
    static Shape shape(Object... dims) {
        return new Shape(Stream.of(dims)
                .map(dim -> dim instanceof Integer fixed ? Dim.of(fixed) : Dim.symbol((String) dim))
                .toList());
    }

    @Override
    public String toString() {
        return name;
    }
}
