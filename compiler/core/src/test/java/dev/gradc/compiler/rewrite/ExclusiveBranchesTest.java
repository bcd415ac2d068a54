package dev.gradc.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.gate.Elementary;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Reached;
import dev.gradc.compiler.ir.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Functions of branches that exclude one another are computed once, and what comes out stays the same bit by bit. */
class ExclusiveBranchesTest {

    private final GraphBuilder graph = new GraphBuilder();
    private final Term condition = variable(ElementType.BOOL, "c");
    private final Term x = variable(ElementType.REAL, "x");
    private final Term y = variable(ElementType.REAL, "y");

    private Term variable(ElementType element, String name) {
        return new Term(graph, Leaf.variable(graph, name, new Type(element, RuleSample.shape("N"))));
    }

    private static Term exp(Term term) {
        return term.apply(Elementary.EXP);
    }

    /** How many exponentials are left of {@code roots}, whose values stay what they are. */
    private long exponentialsLeft(Term... roots) {
        List<Node> before = List.of(roots).stream().map(Term::node).toList();
        Map<Node, Node> made = ExclusiveBranches.apply(graph, Reached.by(before));
        List<Node> after =
                before.stream().map(node -> made.getOrDefault(node, node)).toList();
        Map<String, double[]> values =
                Map.of("c", new double[] {1, 0}, "x", new double[] {0.3, -2}, "y", new double[] {5, 0.7});
        Map<Node, double[]> old = Evaluator.evaluate(before, RuleSample.DIMS, values);
        Map<Node, double[]> now = Evaluator.evaluate(after, RuleSample.DIMS, values);
        for (int i = 0; i < before.size(); i++) {
            assertThat(now.get(after.get(i))).containsExactly(old.get(before.get(i)));
        }
        return Graph.reachable(after).stream()
                .filter(node -> node.is(Elementary.EXP))
                .count();
    }

    @Test
    void oneForBothBranches() {
        assertThat(exponentialsLeft(condition.select(exp(x).times(y), x.minus(exp(y)))))
                .isEqualTo(1);
    }

    @Test
    void oneForBothBranchesOfSeveralSelects() {
        Term then = exp(x);
        Term otherwise = exp(y);
        assertThat(exponentialsLeft(
                        condition.select(then, otherwise), condition.select(then.times(then), y.plus(otherwise))))
                .isEqualTo(1);
    }

    @Test
    void bothWhereOneIsWantedAnyway() {
        Term then = exp(x);
        assertThat(exponentialsLeft(condition.select(then, exp(y)), then)).isEqualTo(2);
    }

    @Test
    void bothWhereConditionsDiffer() {
        Term other = x.greater(y);
        assertThat(exponentialsLeft(condition.select(exp(x), x), other.select(y, exp(y))))
                .isEqualTo(2);
    }

    /** exp after log here, log after exp there: one of each pair at most. */
    @Test
    void pairsThatWouldDependOnOneAnotherAreLeftAlone() {
        Term then = exp(x).plus(x.constant(1)).apply(Elementary.LOG);
        Term otherwise = exp(y.times(y).plus(y.constant(1)).apply(Elementary.LOG));
        assertThat(exponentialsLeft(condition.select(then, otherwise))).isEqualTo(2);
    }

    @Test
    void aFunctionOfAFunctionInBothBranches() {
        assertThat(exponentialsLeft(condition.select(exp(exp(x)), exp(exp(y))))).isEqualTo(2);
    }
}
