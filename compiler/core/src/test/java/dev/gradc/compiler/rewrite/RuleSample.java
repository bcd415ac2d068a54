package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** A graph that a rule rewrites, or leaves alone, with N = 2, M = 3 and K = 5. */
final class RuleSample {

    static final Map<String, Integer> DIMS = Map.of("N", 2, "M", 3, "K", 5);

    private final Rule rule;
    private final String form;
    private final boolean fires;
    private final GraphBuilder graph = new GraphBuilder();
    private final Node node;

    RuleSample(Rule rule, String form, boolean fires, Function<RuleSample, Term> expression) {
        this.rule = rule;
        this.form = form;
        this.fires = fires;
        this.node = expression.apply(this).node();
    }

    /** A real variable. */
    Term real(String name, Object... dims) {
        return variable(ElementType.REAL, name, dims);
    }

    /** An int variable, whose elements are 0, 1 or 2. */
    Term whole(String name, Object... dims) {
        return variable(ElementType.INT, name, dims);
    }

    private Term variable(ElementType element, String name, Object... dims) {
        return new Term(graph, Leaf.variable(graph, name, new Type(element, shape(dims))));
    }

    Term constant(double value, Object... dims) {
        return new Term(graph, Leaf.constant(graph, value, Type.real(shape(dims))));
    }

    Term truth(double value, Object... dims) {
        return new Term(graph, Leaf.constant(graph, value, new Type(ElementType.BOOL, shape(dims))));
    }

    Term position(int axis, Object... dims) {
        return new Term(graph, Leaf.position(graph, axis, shape(dims)));
    }

    static Shape shape(Object... dims) {
        return new Shape(Stream.of(dims)
                .map(dim -> dim instanceof Dim given
                        ? given
                        : dim instanceof Integer fixed ? Dim.of(fixed) : Dim.symbol((String) dim))
                .toList());
    }

    Rule rule() {
        return rule;
    }

    boolean fires() {
        return fires;
    }

    GraphBuilder graph() {
        return graph;
    }

    Node node() {
        return node;
    }

    /** Random elements for all variables. */
    Map<String, double[]> values(Random random) {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (Node variable : Graph.reachable(List.of(node))) {
            if (variable.attribute() instanceof Leaf.Variable named) {
                double[] elements = new double[(int) variable.shape().size().evaluate(DIMS)];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = variable.isReal() ? random.nextGaussian() : random.nextInt(3);
                }
                values.put(named.name(), elements);
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return rule.name() + (fires ? ": " : ", not: ") + form;
    }
}
