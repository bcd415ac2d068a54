package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.autodiff.Differentiator;
import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Gates;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.runtime.GradientChecker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every gate on whole tensors: generated code gives its meaning, its adjoint the slope of its meaning. */
class TensorGateContractTest {

    private static final List<GateSample> SAMPLES = GateSamples.all();
    private static final List<String> DIMS = List.copyOf(GateSample.DIMS.keySet());

    /** The classes of all samples, simplified and not, compiled at once. */
    private static final List<ModelRunner> RUNNERS = ModelRunner.loadAll(IntStream.range(0, 2 * SAMPLES.size())
            .mapToObj(TensorGateContractTest::generate)
            .toList());

    private static GeneratedModel generate(int place) {
        GateSample sample = SAMPLES.get(place / 2);
        return TestModels.generate(
                "p" + place, sample.graph(), DIMS, sample.variables(), sample.node(), place % 2 == 0);
    }

    static Stream<GateSample> samples() {
        return SAMPLES.stream();
    }

    static Stream<GateSample> differentiable() {
        return samples().filter(sample -> sample.derivatives() > 0);
    }

    static Stream<GateSample> twiceDifferentiable() {
        return samples().filter(sample -> sample.derivatives() > 1);
    }

    @Test
    void everyGateThatIsNotPointwiseIsSampled() {
        List<Operation> whole =
                Gates.ALL.stream().filter(gate -> !(gate instanceof Pointwise)).toList();
        List<Gate> sampled =
                samples().map(sample -> sample.node().gate()).distinct().toList();
        assertThat(sampled).containsAll(whole);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void generatedCodeGivesValueAndGradientOfTheReference(GateSample sample) {
        double[] seed = weights(sample.node());
        List<Node> roots = sample.derivatives() == 0 ? List.of() : gradient(sample, sample.node(), seed(sample));
        Map<Node, double[]> expected = evaluate(seed, sample.values(), roots);
        for (boolean simplify : new boolean[] {true, false}) {
            ModelRunner runner = RUNNERS.get(2 * SAMPLES.indexOf(sample) + (simplify ? 0 : 1));
            Tensor upstream = new Tensor(seed, GateSample.extents(sample.node()));
            Evaluation found = runner.evaluate(
                    sample.data(), GateSample.DIMS, Optional.of(upstream).filter(s -> !roots.isEmpty()));
            assertClose(found.outputs().get("result").values(), value(sample, sample.values()));
            for (int i = 0; i < roots.size(); i++) {
                String name = GateSample.nameOf(sample.reals().get(i));
                assertClose(found.gradients().get(name).values(), expected.get(roots.get(i)));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differentiable")
    void gradientsAgreeWithDifferencesOfTheValue(GateSample sample) {
        double[] seed = weights(sample.node());
        List<Node> gradients = gradient(sample, sample.node(), seed(sample));
        Map<Node, double[]> found = evaluate(seed, sample.values(), gradients);
        for (int i = 0; i < gradients.size(); i++) {
            assertAgrees(sample, i, found.get(gradients.get(i)), values -> dot(seed, value(sample, values)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twiceDifferentiable")
    void secondDerivativesAgreeWithDifferencesOfTheFirst(GateSample sample) {
        double[] seed = weights(sample.node());
        for (Node first : gradient(sample, sample.node(), seed(sample))) {
            Node moment = moment(sample, first);
            List<Node> seconds = gradient(sample, moment, one(sample));
            Map<Node, double[]> found = evaluate(seed, sample.values(), seconds);
            for (int i = 0; i < seconds.size(); i++) {
                assertAgrees(
                        sample,
                        i,
                        found.get(seconds.get(i)),
                        values -> evaluate(seed, values, List.of(moment)).get(moment)[0]);
            }
        }
    }

    /** The sum of the elements of {@code node}, weighted by their positions along each axis. */
    private static Node moment(GateSample sample, Node node) {
        Term weighted = sample.term(node);
        for (int axis = 0; axis < node.shape().rank(); axis++) {
            Term position = sample.term(Leaf.position(sample.graph(), axis, node.shape()));
            Term real = position.apply(Arithmetic.TO_REAL);
            weighted = weighted.times(real.plus(real.constant(0.5 + axis)));
        }
        List<Integer> all = IntStream.range(0, node.shape().rank()).boxed().toList();
        return weighted.reduce(Reductions.SUM, all).node();
    }

    private static Node one(GateSample sample) {
        return Leaf.constant(sample.graph(), 1, Type.real(Shape.SCALAR));
    }

    private static Node seed(GateSample sample) {
        return Leaf.variable(sample.graph(), Leaf.SEED, sample.node().type());
    }

    private static List<Node> gradient(GateSample sample, Node target, Node seed) {
        return new Differentiator(sample.graph()).gradient(target, seed, sample.reals());
    }

    private static double[] value(GateSample sample, Map<String, double[]> values) {
        return Evaluator.evaluate(List.of(sample.node()), GateSample.DIMS, values)
                .get(sample.node());
    }

    private static Map<Node, double[]> evaluate(double[] seed, Map<String, double[]> values, List<Node> roots) {
        Map<String, double[]> all = new LinkedHashMap<>(values);
        all.put(Leaf.SEED, seed);
        return Evaluator.evaluate(roots, GateSample.DIMS, all);
    }

    private static double[] weights(Node node) {
        Random random = new Random(node.shape().rank());
        return random.doubles(node.shape().size().evaluate(GateSample.DIMS), 0.5, 1.5)
                .toArray();
    }

    private static double dot(double[] left, double[] right) {
        return IntStream.range(0, left.length)
                .mapToDouble(i -> left[i] * right[i])
                .sum();
    }

    /** A scalar function of all variables. */
    @FunctionalInterface
    private interface Function {
        double value(Map<String, double[]> values);
    }

    private static void assertAgrees(GateSample sample, int real, double[] gradient, Function function) {
        String name = GateSample.nameOf(sample.reals().get(real));
        GradientChecker.ScalarFunction along = x -> {
            Map<String, double[]> moved = new LinkedHashMap<>(sample.values());
            moved.put(name, x);
            return function.value(moved);
        };
        GradientChecker.Report report =
                GradientChecker.check(along, sample.values().get(name), gradient, GradientChecker.Options.defaults());
        assertThat(report.verdict()).as("by %s: %s", name, report).isEqualTo(GradientChecker.Verdict.AGREES);
    }

    private static void assertClose(double[] found, double[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            double error = Math.abs(found[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
            assertThat(error)
                    .as("element %d: expected %s, found %s", i, expected[i], found[i])
                    .isLessThan(1e-12);
        }
    }
}
