package dev.gradc.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both sides of every rule, evaluated under the rule's contract. */
class RuleContractTest {

    private static final double[] EDGES = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        2,
        1e-300,
        -1e-300,
        1e300,
        700,
        -700,
        800,
        -800,
        Double.MIN_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    static Stream<Equation> equations() {
        return RuleSets.EQUATIONS.stream();
    }

    static Stream<RuleSample> samples() {
        return RuleSamples.all().stream();
    }

    @Test
    void everyRuleThatIsNoEquationHasSamplesOnWhichItFires() {
        List<String> sampled = samples()
                .filter(RuleSample::fires)
                .map(sample -> sample.rule().name())
                .distinct()
                .toList();
        assertThat(sampled)
                .containsExactlyInAnyOrderElementsOf(RuleSets.ALL.stream()
                        .filter(rule -> !(rule instanceof Equation))
                        .map(Rule::name)
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void structuralRulesFireWhereTheyShouldAndKeepTheValue(RuleSample sample) {
        Simplifier alone = new Simplifier(sample.graph(), List.of(sample.rule()));
        Node after = alone.rebuild(List.of(sample.node())).get(sample.node());
        assertThat(alone.fired().containsKey(sample.rule().name()))
                .as(sample.toString())
                .isEqualTo(sample.fires());
        assertThat(after != sample.node()).isEqualTo(sample.fires());
        Node simplest = new Simplifier(sample.graph(), RuleSets.ALL)
                .rebuild(List.of(sample.node()))
                .get(sample.node());
        Random random = new Random(sample.toString().hashCode());
        for (int trial = 0; trial < 20; trial++) {
            Map<Node, double[]> found =
                    Evaluator.evaluate(List.of(sample.node(), after, simplest), RuleSample.DIMS, sample.values(random));
            double tolerance = sample.rule().contract() == Contract.BITWISE ? 0 : 1e-13;
            assertClose(found.get(after), found.get(sample.node()), tolerance);
            assertClose(found.get(simplest), found.get(sample.node()), 1e-13);
        }
    }

    private static void assertClose(double[] found, double[] expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            double error = Math.abs(found[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
            boolean isSame = Double.compare(found[i], expected[i]) == 0 || error <= tolerance;
            assertThat(isSame)
                    .as("element %d: expected %s, found %s", i, expected[i], found[i])
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("equations")
    void equationsFireOnTensors(Equation equation) {
        GraphBuilder graph = new GraphBuilder();
        Shape shape = RuleSample.shape("N", 3);
        Map<String, Node> names = new HashMap<>();
        for (String name : List.of("w", "x", "y", "z", "c", "d")) {
            ElementType element = isCondition(name) ? ElementType.BOOL : ElementType.REAL;
            names.put(name, Leaf.variable(graph, name, new Type(element, shape)));
        }
        Term like = new Term(graph, names.get("x"));
        Node left = equation.left().build(like, names).node();
        Simplifier alone = new Simplifier(graph, List.of(equation));
        Node after = alone.rebuild(List.of(left)).get(left);
        assertThat(alone.fired()).containsKey(equation.name());
        assertThat(after).isEqualTo(equation.right().build(like, names).node());
    }

    @Test
    void namesAreUnique() {
        assertThat(RuleSets.ALL.stream().map(Rule::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("equations")
    void sidesAgreeUnderTheContract(Equation equation) {
        Random random = new Random(equation.name().hashCode());
        double[] thirds = equation.text().contains("z") ? EDGES : new double[] {1};
        List<double[]> points = new ArrayList<>();
        for (double first : EDGES) {
            for (double second : EDGES) {
                for (double third : thirds) {
                    points.add(new double[] {first, second, third});
                }
            }
        }
        for (int i = 0; i < 200; i++) {
            points.add(random.doubles(3, -6, 6).toArray());
        }
        int compared = 0;
        for (double[] point : points) {
            compared += compare(equation, point) ? 1 : 0;
        }
        assertThat(compared).as("points where the contract says something").isGreaterThan(50);
    }

    private static boolean isCondition(String name) {
        return name.equals("c") || name.equals("d");
    }

    /** Compares both sides at one point; false where the contract allows anything there. */
    private static boolean compare(Equation equation, double[] point) {
        Map<String, double[]> values = new LinkedHashMap<>();
        values.put("x", new double[] {point[0]});
        values.put("y", new double[] {point[1]});
        values.put("z", new double[] {point[2]});
        values.put("w", new double[] {0.75});
        values.put("c", new double[] {point[0] > 0 ? 1 : 0});
        values.put("d", new double[] {point[1] > 0 ? 1 : 0});
        GraphBuilder graph = new GraphBuilder();
        Map<String, Node> names = new HashMap<>();
        for (String name : values.keySet()) {
            ElementType element = isCondition(name) ? ElementType.BOOL : ElementType.REAL;
            names.put(name, Leaf.variable(graph, name, new Type(element, Shape.SCALAR)));
        }
        Term like = new Term(graph, names.get("x"));
        Node left = equation.left().build(like, names).node();
        Node right = equation.right().build(like, names).node();
        Map<Node, double[]> results = Evaluator.evaluate(List.of(left, right), Map.of(), values);
        return agree(equation, point, results.get(left)[0], results.get(right)[0]);
    }

    private static boolean agree(Equation equation, double[] point, double before, double after) {
        String at = equation + " at " + Arrays.toString(point) + ": " + before + " became " + after;
        if (equation.contract() == Contract.BITWISE) {
            assertThat(Double.compare(before, after)).as(at).isZero();
            return true;
        }
        boolean ordinary = Double.isFinite(before)
                && Arrays.stream(point).map(Math::abs).allMatch(size -> size > 1e-290 && size < 1e3);
        boolean infinite = Arrays.stream(point).anyMatch(Double::isInfinite);
        if (Double.isFinite(before) && !(infinite && equation.contract() != Contract.ROUNDING)) {
            assertThat(Double.isNaN(after)).as(at).isFalse();
        }
        if (!ordinary) {
            return false;
        }
        double cancelled = Math.max(1, Math.max(Math.abs(before), Math.abs(after)));
        assertThat(Math.abs(before - after)).as(at).isLessThanOrEqualTo(1e-13 * cancelled);
        return true;
    }
}
