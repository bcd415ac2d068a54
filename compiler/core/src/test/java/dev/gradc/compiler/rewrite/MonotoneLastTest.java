package dev.gradc.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Elementary;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Monotone functions that only a maximum or a minimum reads are computed of what wins, with the same values. */
class MonotoneLastTest {

    private final GraphBuilder graph = new GraphBuilder();
    private final Term x = variable("x", "N", "M");
    private final Term rows = variable("r", "N").broadcast(x.node().shape(), List.of(0));
    private final Term columns = variable("c", "M").broadcast(x.node().shape(), List.of(1));

    private Term variable(String name, Object... dims) {
        return new Term(graph, Leaf.variable(graph, name, Type.real(RuleSample.shape(dims))));
    }

    private static Term max(Term term) {
        return term.reduce(Reductions.MAX, List.of(1));
    }

    private static Term relu(Term term) {
        return term.apply(Elementary.RELU);
    }

    /** What becomes of {@code roots}, whose values stay what they are. */
    private List<Node> after(Term... roots) {
        List<Node> before = List.of(roots).stream().map(Term::node).toList();
        Map<Node, Node> made = MonotoneLast.apply(graph, before);
        List<Node> after =
                before.stream().map(node -> made.getOrDefault(node, node)).toList();
        Map<String, double[]> values = Map.of(
                "x", new double[] {0.3, -2, 5, -7, -0.7, -1}, "r", new double[] {1, -3}, "c", new double[] {0.5, 4, -9
                });
        Map<Node, double[]> old = Evaluator.evaluate(before, RuleSample.DIMS, values);
        Map<Node, double[]> now = Evaluator.evaluate(after, RuleSample.DIMS, values);
        for (int i = 0; i < before.size(); i++) {
            assertThat(now.get(after.get(i))).containsExactly(old.get(before.get(i)));
        }
        return after;
    }

    /** Whether the fold of {@code root} is of {@code x} itself. */
    private boolean isOfVariable(Term root) {
        return Graph.reachable(after(root)).stream()
                .filter(node -> node.is(Reductions.MAX) || node.is(Reductions.MIN))
                .allMatch(node -> node.input(0) == x.node());
    }

    @Test
    void functionsAndWhatIsTheSameAllAlongTheAxis() {
        assertThat(isOfVariable(max(relu(x.plus(rows))))).isTrue();
        assertThat(isOfVariable(max(rows.minus(x).apply(Elementary.TANH)))).isTrue();
        assertThat(isOfVariable(max(x.times(-3).negate()))).isTrue();
        assertThat(isOfVariable(max(x.over(x.constant(-4))))).isTrue();
        assertThat(isOfVariable(relu(x).reduce(Reductions.MIN, List.of(0, 1)))).isTrue();
    }

    @Test
    void theFoldChangesSidesWhereTheFunctionFalls() {
        List<Node> falling = Graph.reachable(after(max(rows.minus(x))));
        List<Node> twiceFalling = Graph.reachable(after(max(rows.minus(x.negate()))));
        assertThat(falling).anyMatch(node -> node.is(Reductions.MIN)).noneMatch(node -> node.is(Reductions.MAX));
        assertThat(twiceFalling).anyMatch(node -> node.is(Reductions.MAX)).noneMatch(node -> node.is(Reductions.MIN));
    }

    @Test
    void functionsThatRiseAndFallStay() {
        assertThat(isOfVariable(max(x.apply(Arithmetic.ABS)))).isFalse();
        assertThat(isOfVariable(max(rows.times(x)))).isFalse();
        assertThat(isOfVariable(max(x.constant(2).over(x)))).isFalse();
    }

    @Test
    void whatVariesAlongTheAxisStays() {
        assertThat(isOfVariable(max(relu(x.plus(columns))))).isFalse();
    }

    @Test
    void aFunctionThatIsReadElsewhereStays() {
        Term activation = relu(x);
        List<Node> after = after(max(activation), activation);
        assertThat(after.get(0).input(0)).isSameAs(after.get(1));
    }

    @Test
    void aMultipleIsComputedAgainWhereOthersReadIt() {
        Term multiple = x.times(0.5);
        List<Node> after = after(max(multiple), multiple);
        assertThat(Graph.reachable(List.of(after.get(0))))
                .filteredOn(node -> node.is(Reductions.MAX))
                .allMatch(node -> node.input(0) == x.node());
    }

    /** Windows of two along the last axis, one apart: fewer results than elements. */
    @Test
    void functionsBelowViewsMoveToo() {
        Term row = variable("c", 3);
        Affine both = Affine.axis(0, 2).plus(Affine.axis(1, 2));
        Term windows = relu(row).view(new IndexMap(List.of(both), RuleSample.shape(2, 2)));
        assertThat(after(max(windows)).get(0).is(Elementary.RELU)).isTrue();
    }

    @Test
    void noFunctionIsComputedMoreOften() {
        Term row = variable("c", "M");
        Term repeated = relu(row).broadcast(RuleSample.shape(Dim.symbol("M"), 7, 2), List.of(0));
        assertThat(after(repeated.reduce(Reductions.MAX, List.of(2))).get(0).is(Reductions.MAX))
                .isTrue();
    }
}
