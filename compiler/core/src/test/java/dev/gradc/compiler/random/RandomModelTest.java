package dev.gradc.compiler.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.Compilation;
import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.Gradc;
import dev.gradc.compiler.TestModels;
import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.runtime.GradientChecker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random models of the whole language: the generated class, simplified and not, gives the value that loops over elements
 * give, both give one gradient, and it agrees with differences. {@code -Dgradc.programs=N} runs more, {@code
 * -Dgradc.seed=S} others; what fails is shown in its smallest form.
 */
class RandomModelTest {

    private static final int PROGRAMS = Integer.getInteger("gradc.programs", 50);
    private static final long SEED = Long.getLong("gradc.seed", 7);
    private static final int BATCH = 60;
    private static final GradientChecker.Options OPTIONS = new GradientChecker.Options(1e-5, 1e-4, 1, 1);

    @Test
    void generatedCodeAgreesWithLoopsOverElementsAndWithDifferences() {
        List<String> failures = new ArrayList<>();
        for (int first = 0; first < PROGRAMS; first += BATCH) {
            List<RandomModel> models = new ArrayList<>();
            for (int program = first; program < Math.min(PROGRAMS, first + BATCH); program++) {
                models.add(new RandomModel(SEED * 1_000_003 + program));
            }
            failures.addAll(check(models));
        }
        assertThat(String.join("\n\n", failures)).isEmpty();
    }

    /** What is wrong with {@code models}, compiled at once where that works. */
    private static List<String> check(List<RandomModel> models) {
        List<String> failures = new ArrayList<>();
        List<RandomModel> compiled = new ArrayList<>();
        List<GeneratedModel> generated = new ArrayList<>();
        for (RandomModel model : models) {
            try {
                List<GeneratedModel> both = List.of(compile(model, true), compile(model, false));
                compiled.add(model);
                generated.addAll(both);
            } catch (RuntimeException | AssertionError e) {
                failures.add(shrunk(model, String.valueOf(e)));
            }
        }
        try {
            List<ModelRunner> runners = ModelRunner.loadAll(generated);
            for (int i = 0; i < compiled.size(); i++) {
                RandomModel model = compiled.get(i);
                problem(model, runners.subList(2 * i, 2 * i + 2))
                        .ifPresent(problem -> failures.add(shrunk(model, problem)));
            }
        } catch (IllegalStateException e) {
            compiled.forEach(model -> problem(model).ifPresent(problem -> failures.add(shrunk(model, problem))));
        }
        return failures;
    }

    /** The smallest model that has a problem, too. */
    private static String shrunk(RandomModel failing, String problem) {
        RandomModel smallest = failing;
        String reason = problem;
        boolean shrinks = true;
        while (shrinks) {
            shrinks = false;
            for (RandomModel smaller : smallest.smaller()) {
                Optional<String> still = problem(smaller);
                if (still.isPresent()) {
                    smallest = smaller;
                    reason = still.get();
                    shrinks = true;
                    break;
                }
            }
        }
        return reason + "\n" + smallest;
    }

    private static Optional<String> problem(RandomModel model) {
        try {
            return problem(model, ModelRunner.loadAll(List.of(compile(model, true), compile(model, false))));
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(String.valueOf(e));
        }
    }

    private static GeneratedModel compile(RandomModel model, boolean simplify) {
        SourceFile source = new SourceFile("random.grad", model.text(simplify ? "simple" : "plain"));
        Compilation compilation =
                Gradc.compile(List.of(source), TestModels.options().withSimplify(simplify));
        assertThat(compilation.diagnostics().stream()
                        .map(DiagnosticRenderer::render)
                        .collect(Collectors.joining("\n")))
                .isEmpty();
        return compilation.models().get(0);
    }

    private static Optional<String> problem(RandomModel model, List<ModelRunner> runners) {
        Map<String, Tensor> data = model.data();
        double expected = model.loss(data);
        if (!Double.isFinite(expected)) {
            return Optional.empty();
        }
        List<Evaluation> found = new ArrayList<>();
        for (ModelRunner runner : runners) {
            for (Optional<Tensor> seed : List.of(Optional.<Tensor>empty(), Optional.of(Tensor.scalar(1)))) {
                Evaluation evaluation = runner.evaluate(data, model.dims(), seed);
                double loss = evaluation.outputs().get("loss").values()[0];
                if (!isClose(loss, expected, Math.max(1, Math.abs(expected)))) {
                    return Optional.of("the loss is " + loss + ", not " + expected);
                }
                found.add(evaluation);
            }
        }
        for (String param : model.params()) {
            Optional<String> problem = gradientProblem(model, data, param, found);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> gradientProblem(
            RandomModel model, Map<String, Tensor> data, String param, List<Evaluation> found) {
        double[] gradient = found.get(0).gradients().get(param).values();
        double scale = 1;
        for (double element : gradient) {
            scale = Math.max(scale, Math.abs(element));
        }
        for (Evaluation other : found) {
            double[] same = other.gradients().get(param).values();
            for (int i = 0; i < gradient.length; i++) {
                if (!isClose(same[i], gradient[i], scale)) {
                    return Optional.of(
                            "element " + i + " of the gradient of " + param + " is " + gradient[i] + " or " + same[i]);
                }
            }
        }
        GradientChecker.Report report = GradientChecker.checkDotProduct(
                x -> {
                    Map<String, Tensor> moved = new LinkedHashMap<>(data);
                    moved.put(param, new Tensor(x, data.get(param).shape()));
                    return model.loss(moved);
                },
                data.get(param).values(),
                gradient,
                OPTIONS);
        return report.verdict() == GradientChecker.Verdict.DISAGREES
                        || report.verdict() == GradientChecker.Verdict.NOT_FINITE
                ? Optional.of("gradient of " + param + ": " + report)
                : Optional.empty();
    }

    private static boolean isClose(double found, double expected, double scale) {
        return Double.compare(found, expected) == 0 || Math.abs(found - expected) <= 1e-9 * scale;
    }
}
