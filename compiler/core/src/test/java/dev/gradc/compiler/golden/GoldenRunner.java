package dev.gradc.compiler.golden;

import dev.gradc.compiler.Compilation;
import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.Gradc;
import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.compiler.source.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs the model of a case, and says what is wrong. */
public final class GoldenRunner {

    private static final int SHOWN = 4;

    private GoldenRunner() {}

    /** What came of a case: nothing where all agrees; {@code dims} tells whether extents were runtime dims. */
    public record Outcome(GoldenCase example, boolean dims, Optional<String> problem) {}

    /** The case with extents as numbers. */
    public static Outcome runWithNumbers(GoldenCase example) {
        try {
            return new Outcome(example, false, problem(example, ModelText.withNumbers(example)));
        } catch (UntranslatableException | ArithmeticException e) {
            return new Outcome(example, false, Optional.of("no mapping: " + e.getMessage() + "\n" + example.formula()));
        }
    }

    /** The case with extents as runtime dims, where its program holds for all extents. */
    public static Optional<Outcome> runWithDims(GoldenCase example) {
        return ModelText.withDims(example).map(model -> new Outcome(example, true, problem(example, model)));
    }

    private static Optional<String> problem(GoldenCase example, ModelText model) {
        List<String> problems;
        try {
            problems = differences(example, model);
        } catch (RuntimeException | LinkageError e) {
            problems = List.of(e.toString());
        }
        String list = problems.stream().limit(SHOWN).collect(Collectors.joining("\n"));
        String more = problems.size() > SHOWN ? "\nand " + (problems.size() - SHOWN) + " more" : "";
        return problems.isEmpty() ? Optional.empty() : Optional.of(list + more + "\n" + model.text());
    }

    private static List<String> differences(GoldenCase example, ModelText model) {
        SourceFile source = new SourceFile("case.grad", model.text());
        Compilation compilation = Gradc.compile(List.of(source), CompilerOptions.defaults());
        if (!compilation.succeeded()) {
            return compilation.diagnostics().stream()
                    .map(DiagnosticRenderer::render)
                    .toList();
        }
        Map<String, Tensor> data = new LinkedHashMap<>();
        example.inputs().forEach((name, input) ->
                data.put(model.variables().get(name), new Tensor(input.data(), input.shape())));
        Evaluation found = ModelRunner.load(compilation.models().get(0))
                .evaluate(data, Map.of(), Optional.of(example.seed()));
        return Comparison.differences(example, renamed(found, model));
    }

    /** {@code found} with gradients under the case's names. */
    private static Evaluation renamed(Evaluation found, ModelText model) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        model.variables().forEach((name, variable) -> {
            if (found.gradients().containsKey(variable)) {
                gradients.put(name, found.gradients().get(variable));
            }
        });
        return new Evaluation(found.outputs(), gradients);
    }
}
