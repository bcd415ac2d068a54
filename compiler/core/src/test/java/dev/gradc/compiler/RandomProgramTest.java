package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.autodiff.Differentiator;
import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.runtime.GradientChecker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Random programs: the generated class, simplified and not, gives what the reference evaluator gives, value and gradient;
 * and the gradient agrees with differences. {@code -Dgradc.programs=N} runs more, {@code -Dgradc.seed=S} others.
 */
class RandomProgramTest {

    private static final int PROGRAMS = Integer.getInteger("gradc.programs", 120);
    private static final long SEED = Long.getLong("gradc.seed", 7);

    @Test
    void generatedCodeAgreesWithTheReferenceAndWithDifferences() {
        int smooth = 0;
        for (int program = 0; program < PROGRAMS; program++) {
            smooth += check(new RandomProgram(SEED * 1_000_003 + program)) ? 1 : 0;
        }
        assertThat(smooth).as("programs checked by differences, too").isGreaterThan(PROGRAMS / 2);
    }

    /** Checks one program; whether differences could be taken at its point. */
    private static boolean check(RandomProgram program) {
        Node one = Leaf.constant(program.graph(), 1, Type.real(Shape.SCALAR));
        List<Node> gradient = new Differentiator(program.graph()).gradient(program.loss(), one, program.variables());
        List<Node> roots = new ArrayList<>(gradient);
        roots.add(program.loss());
        Map<Node, double[]> expected = Evaluator.evaluate(roots, program.dims(), program.values());
        for (boolean simplify : new boolean[] {true, false}) {
            GeneratedModel model = TestModels.generate(
                    program.graph(),
                    List.copyOf(program.dims().keySet()),
                    program.variables(),
                    program.loss(),
                    simplify);
            compare(program, model, gradient, expected);
        }
        return checkDifferences(program, gradient, expected);
    }

    private static void compare(
            RandomProgram program, GeneratedModel model, List<Node> gradient, Map<Node, double[]> expected) {
        ModelRunner runner = ModelRunner.load(model);
        Map<String, Tensor> data = new LinkedHashMap<>();
        for (Node variable : program.variables()) {
            String name = ((Leaf.Variable) variable.attribute()).name();
            data.put(name, new Tensor(program.values().get(name), program.extents(variable)));
        }
        for (Optional<Tensor> seed : List.of(Optional.<Tensor>empty(), Optional.of(Tensor.scalar(1)))) {
            Evaluation actual = runner.evaluate(data, program.dims(), seed);
            assertClose(
                    program,
                    model,
                    expected.get(program.loss()),
                    actual.outputs().get("result").values());
            for (int i = 0; i < gradient.size(); i++) {
                String name = ((Leaf.Variable) program.variables().get(i).attribute()).name();
                assertClose(
                        program,
                        model,
                        expected.get(gradient.get(i)),
                        actual.gradients().get(name).values());
            }
        }
    }

    private static void assertClose(RandomProgram program, GeneratedModel model, double[] expected, double[] actual) {
        assertThat(actual).hasSameSizeAs(expected);
        double scale = 1;
        for (double value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            boolean same = Math.abs(actual[i] - expected[i]) <= 1e-9 * scale
                    || Double.compare(actual[i], expected[i]) == 0
                    || !Double.isFinite(expected[i]);
            assertThat(same)
                    .as(() -> "program " + program.seed() + "\n" + Graph.print(List.of(program.loss())) + "\n"
                            + model.javaSource())
                    .withFailMessage("element %d: expected %s, found %s", i, expected[i], actual[i])
                    .isTrue();
        }
    }

    private static boolean checkDifferences(RandomProgram program, List<Node> gradient, Map<Node, double[]> expected) {
        for (int i = 0; i < gradient.size(); i++) {
            String name = ((Leaf.Variable) program.variables().get(i).attribute()).name();
            GradientChecker.Report report = GradientChecker.checkDotProduct(
                    x -> {
                        Map<String, double[]> moved = new LinkedHashMap<>(program.values());
                        moved.put(name, x);
                        return Evaluator.evaluate(List.of(program.loss()), program.dims(), moved)
                                .get(program.loss())[0];
                    },
                    program.values().get(name),
                    expected.get(gradient.get(i)),
                    new GradientChecker.Options(1e-5, 1e-4, 1, 1));
            if (report.verdict() != GradientChecker.Verdict.AGREES) {
                assertThat(report.verdict())
                        .as(
                                "program %d by %s: %s\n%s",
                                program.seed(), name, report, Graph.print(List.of(program.loss())))
                        .isNotEqualTo(GradientChecker.Verdict.DISAGREES);
                return false;
            }
        }
        return true;
    }
}
