package dev.gradc.compiler.golden;

import dev.gradc.compiler.Compilation;
import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.Gradc;
import dev.gradc.compiler.TestModels;
import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Computes gradient, Hessian, its diagonal and Hessian-vector products of cases in the language (forward over reverse) and
 * the products once more as the gradient of a loss (reverse over reverse): with extents as numbers, and with runtime dims
 * where the function holds for all extents.
 */
public final class SecondOrderRunner {

    private static final AtomicInteger CLASSES = new AtomicInteger();

    /** A case on its way. */
    private record Attempt(SecondOrderCase example, Variant variant, ModelText model) {}

    private SecondOrderRunner() {}

    /** What came of all {@code cases}. */
    public static List<Outcome> run(List<SecondOrderCase> cases) {
        List<Attempt> attempts =
                cases.stream().flatMap(SecondOrderRunner::attempts).toList();
        List<Outcome> outcomes = new ArrayList<>();
        List<Attempt> compiled = new ArrayList<>();
        List<GeneratedModel> models = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Compilation compilation = Gradc.compile(
                    List.of(new SourceFile("case.grad", attempt.model().text())), TestModels.options());
            if (compilation.succeeded()) {
                compiled.add(attempt);
                models.addAll(compilation.models());
            } else {
                outcomes.add(outcome(attempt, problems(compilation)));
            }
        }
        List<ModelRunner> runners = ModelRunner.loadAll(models);
        for (int i = 0; i < compiled.size(); i++) {
            outcomes.add(outcome(compiled.get(i), differences(compiled.get(i), runners.get(i))));
        }
        return outcomes;
    }

    private static Stream<Attempt> attempts(SecondOrderCase example) {
        GoldenCase function = example.function();
        Stream<Attempt> numbers =
                Stream.of(new Attempt(example, Variant.NUMBERS, derived(ModelText.withNumbers(function))));
        return Stream.concat(
                numbers,
                ModelText.withDims(function).stream().map(text -> new Attempt(example, Variant.DIMS, derived(text))));
    }

    /** A model of one vector with its derivatives as outputs, and a loss whose gradient is a Hessian-vector product. */
    private static ModelText derived(ModelText model) {
        String x = model.variables().values().iterator().next();
        Matcher declared =
                Pattern.compile("param " + Pattern.quote(x) + " : (.*?);").matcher(model.text());
        if (!declared.find()) {
            throw new UntranslatableException("no param " + x);
        }
        String body = model.text().substring(0, model.text().lastIndexOf('}'));
        String text = body.replaceFirst("model Case", "model Second" + CLASSES.incrementAndGet())
                + """
                  input the_direction : TYPE;
                  output the_gradient = grad(result, VARIABLE);
                  output the_hessian = hessian(result, VARIABLE);
                  output the_diagonal = hessian_diagonal(result, VARIABLE);
                  output the_product = hvp(result, VARIABLE, the_direction);
                  loss = sum(the_gradient * the_direction);
                }
                """.replace("TYPE", declared.group(1)).replace("VARIABLE", x);
        return new ModelText(text, model.variables());
    }

    private static String problems(Compilation compilation) {
        return compilation.diagnostics().stream()
                .map(DiagnosticRenderer::render)
                .collect(Collectors.joining("\n"));
    }

    private static String differences(Attempt attempt, ModelRunner runner) {
        SecondOrderCase example = attempt.example();
        GoldenCase function = example.function();
        String x = attempt.model().variables().values().iterator().next();
        Map<String, Tensor> data = new LinkedHashMap<>();
        data.put(x, new Tensor(function.input(0).data(), function.input(0).shape()));
        data.put("the_direction", example.direction());
        Evaluation found = runner.evaluate(data, Map.of(), Optional.empty());
        List<String> differences = new ArrayList<>();
        example.expected()
                .forEach((name, expected) -> differences.addAll(
                        differences(function, name, expected, found.outputs().get(name))));
        differences.addAll(differences(
                function,
                "gradient of the loss",
                example.product(),
                found.gradients().get(x)));
        return String.join("\n", differences);
    }

    private static List<String> differences(GoldenCase function, String name, Tensor expected, Tensor found) {
        return Comparison.differences(function.expecting(expected), new Evaluation(Map.of(name, found), Map.of()))
                .stream()
                .map(difference -> name + ": " + difference)
                .toList();
    }

    private static Outcome outcome(Attempt attempt, String problem) {
        return new Outcome(
                attempt.example().function(),
                attempt.variant(),
                problem.isEmpty() ? "" : problem + "\n" + attempt.model().text());
    }
}
