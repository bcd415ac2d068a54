package dev.gradc.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Reached;
import dev.gradc.compiler.ir.Type;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reciprocals shared by gradients, and powers got from their neighbours. */
class DerivedDivisionsTest {

    private final GraphBuilder graph = new GraphBuilder();

    private Term variable(String name, Object... dims) {
        return new Term(graph, Leaf.variable(graph, name, Type.real(RuleSample.shape(dims))));
    }

    private static long count(Gate gate, Node root) {
        return Graph.reachable(List.of(root)).stream()
                .filter(node -> node.is(gate))
                .count();
    }

    private double value(Node node, double x, double y) {
        Map<String, double[]> values = Map.of("x", new double[] {x}, "y", new double[] {y});
        return Evaluator.evaluate(List.of(node), RuleSample.DIMS, values).get(node)[0];
    }

    @Test
    void gradientsShareAReciprocalAndOutputsKeepTheirDivisions() {
        Term x = variable("x");
        Term y = variable("y");
        Term output = x.over(y);
        Node gradient = output.over(y).plus(x.times(x).over(y)).node();
        Node after = SharedReciprocals.apply(
                        graph,
                        Reached.by(List.of(output.node(), gradient)),
                        List.of(List.of(output.node(), gradient)),
                        List.of(output.node()))
                .get(gradient);
        assertThat(Graph.reachable(List.of(after))).contains(output.node());
        assertThat(count(Arithmetic.DIVIDE, after)).as("x / y and 1 / y").isEqualTo(2);
        assertThat(value(after, 0.3, 7)).isCloseTo(value(gradient, 0.3, 7), Offset.offset(1e-15));
    }

    @Test
    void aTensorByAScalarTakesOneDivision() {
        Term x = variable("x", "N");
        Term y = variable("y").broadcast(x.node().shape(), List.of());
        Node gradient = x.over(y).node();
        Node after = SharedReciprocals.apply(
                        graph, Reached.by(List.of(gradient)), List.of(List.of(gradient)), List.of())
                .get(gradient);
        Node division = Graph.reachable(List.of(after)).stream()
                .filter(node -> node.is(Arithmetic.DIVIDE))
                .findAny()
                .orElseThrow();
        assertThat(division.shape().isScalar()).isTrue();
    }

    @Test
    void aSingleDivisionStays() {
        Node gradient = variable("x").over(variable("y")).node();
        assertThat(SharedReciprocals.apply(graph, Reached.by(List.of(gradient)), List.of(List.of(gradient)), List.of()))
                .isEmpty();
    }

    /** The gradient for any seed and that for 1 are computed by programs of their own. */
    @Test
    void divisionsOfTwoProgramsShareNothing() {
        Term y = variable("y");
        List<Node> gradients = List.of(
                variable("x").over(y).node(),
                variable("x").times(variable("x")).over(y).node());
        List<List<Node>> apart = List.of(gradients.subList(0, 1), gradients.subList(1, 2));
        assertThat(SharedReciprocals.apply(graph, Reached.by(gradients), apart, List.of()))
                .isEmpty();
        assertThat(SharedReciprocals.apply(graph, Reached.by(gradients), List.of(gradients), List.of()))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.3, 2.5", "0, 2.5", "0, 1", "0, 0.5", "-2, 3", "1e-200, 2.5", "1e200, 2.5", "3, 0"})
    void aPowerFromItsNeighbour(double x, double p) {
        Term base = variable("x");
        Term exponent = variable("y");
        Term power = base.power(exponent);
        Node both = power.plus(base.power(exponent.minus(exponent.constant(1)))).node();
        Node after = NeighbouringPowers.apply(graph, Reached.by(List.of(both))).get(both);
        assertThat(count(Arithmetic.DIVIDE, after)).isEqualTo(1);
        double expected = Math.pow(x, p) + Math.pow(x, p - 1);
        assertThat(value(after, x, p)).isCloseTo(expected, Offset.offset(Math.abs(expected) * 1e-14));
    }

    @Test
    void aPowerWithoutANeighbourStays() {
        Term base = variable("x");
        Node lone = base.power(base.constant(1.5))
                .plus(base.power(base.constant(3.5)))
                .node();
        assertThat(NeighbouringPowers.apply(graph, Reached.by(List.of(lone)))).isEmpty();
    }
}
