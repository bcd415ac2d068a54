package dev.gradc.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Elementary;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Reached;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums of the same few tensors become shorter, with the same values. */
class LikeTermsTest {

    private final GraphBuilder graph = new GraphBuilder();
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private final Random random = new Random(3);
    private final Term x = variable("x", "N", "M");
    private final Term y = variable("y", "N", "M");
    private final Term z = variable("z", "N", "M");
    private final Term a = variable("a");
    private final Term b = variable("b");
    private final Term c = variable("c");

    private Term variable(String name, Object... dims) {
        Shape shape = RuleSample.shape(dims);
        int size = List.of(dims).stream()
                .mapToInt(dim -> RuleSample.DIMS.get((String) dim))
                .reduce(1, (left, right) -> left * right);
        values.put(name, random.doubles(size, 0.5, 2).toArray());
        return new Term(graph, Leaf.variable(graph, name, Type.real(shape)));
    }

    /** {@code tensor} times {@code scalar}. */
    private static Term times(Term tensor, Term scalar) {
        return tensor.times(scalar.broadcast(tensor.node().shape(), List.of()));
    }

    private static Term over(Term tensor, Term scalar) {
        return tensor.over(scalar.broadcast(tensor.node().shape(), List.of()));
    }

    private List<Node> after(List<Term> roots, List<Term> outputs) {
        List<Node> before = roots.stream().map(Term::node).toList();
        List<Node> exact = outputs.stream().map(Term::node).toList();
        Map<Node, Node> made = LikeTerms.apply(graph, graph, Reached.by(before), exact);
        List<Node> after =
                before.stream().map(node -> made.getOrDefault(node, node)).toList();
        Map<Node, double[]> old = Evaluator.evaluate(before, RuleSample.DIMS, values);
        Map<Node, double[]> now = Evaluator.evaluate(after, RuleSample.DIMS, values);
        for (int i = 0; i < before.size(); i++) {
            double[] expected = old.get(before.get(i));
            for (int element = 0; element < expected.length; element++) {
                assertThat(now.get(after.get(i))[element]).isCloseTo(expected[element], within(1e-13));
            }
        }
        return after;
    }

    /** How many operations on tensors of all elements are left of those that compute {@code roots}. */
    private long operations(Term... roots) {
        return operations(after(List.of(roots), List.of()));
    }

    private long operations(List<Node> roots) {
        return Graph.reachable(roots).stream()
                .filter(node -> node.shape().equals(x.node().shape()))
                .filter(node -> node.is(Arithmetic.ADD)
                        || node.is(Arithmetic.SUBTRACT)
                        || node.is(Arithmetic.MULTIPLY)
                        || node.is(Arithmetic.DIVIDE)
                        || node.is(Arithmetic.NEGATE))
                .count();
    }

    @Test
    void scalarsOfTheSameTensorAreCollected() {
        Term inner = times(x, b).plus(y);
        assertThat(operations(times(inner, a).minus(times(x, c)))).isEqualTo(3);
        assertThat(operations(
                        over(times(inner, a).negate(), b).minus(over(x, c)).plus(times(y, b))))
                .isEqualTo(3);
        assertThat(operations(times(times(x, a), b))).isEqualTo(1);
    }

    @Test
    void tensorsOfTheSameScalarAreAddedFirst() {
        assertThat(operations(times(x, a).minus(times(y, b)).plus(times(z, a)))).isEqualTo(4);
        assertThat(operations(times(x, a).minus(y).minus(times(z, a)))).isEqualTo(3);
    }

    @Test
    void sumsThatShareTermsAreJudgedTogether() {
        Term shared = times(x, a).plus(times(y, b));
        assertThat(operations(
                        times(shared, c).plus(times(x, b)), times(shared, b).minus(times(y, c))))
                .isEqualTo(6);
        Term sine = shared.apply(Elementary.SIN);
        assertThat(operations(sine, times(shared, c))).isEqualTo(4);
    }

    @Test
    void productsWithACommonFactorBecomeOne() {
        assertThat(operations(x.times(z).plus(times(z, c).apply(Elementary.SIN)).minus(z.times(y))))
                .isEqualTo(4);
        Term row = variable("r", "M").broadcast(x.node().shape(), List.of(1));
        Term other = variable("s", "M").broadcast(x.node().shape(), List.of(1));
        Term column = variable("t", "N").broadcast(x.node().shape(), List.of(0));
        assertThat(operations(row.times(column).plus(x).plus(other.times(column))))
                .isEqualTo(2);
    }

    @Test
    void sumsThatGainNothingStay() {
        Term plain = times(x, a).plus(times(y, b)).minus(z);
        assertThat(after(List.of(plain), List.of())).containsExactly(plain.node());
        Term kept = x.times(z).plus(y.times(z));
        Term product = x.times(z);
        assertThat(after(List.of(kept, product), List.of())).containsExactly(kept.node(), product.node());
    }

    @Test
    void whatOutputsAreMadeOfStays() {
        Term sum = times(times(x, b).plus(y), a).minus(times(x, c));
        Term output = sum.apply(Elementary.SIN);
        assertThat(after(List.of(output), List.of(output))).containsExactly(output.node());
        assertThat(after(List.of(output), List.of())).isNotEqualTo(List.of(output.node()));
    }
}
