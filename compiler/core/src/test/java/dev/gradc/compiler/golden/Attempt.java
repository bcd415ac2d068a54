package dev.gradc.compiler.golden;

import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A case on its way: the model's text, and the generated class or what went wrong before there was one. */
record Attempt(
        GoldenCase example,
        Variant variant,
        String text,
        Map<String, String> variables,
        GeneratedModel generated,
        String problem) {

    private static final int SHOWN = 4;

    static Attempt compiled(GoldenCase example, Variant variant, ModelText model, GeneratedModel generated) {
        return new Attempt(example, variant, model.text(), model.variables(), generated, "");
    }

    static Attempt failed(GoldenCase example, Variant variant, String text, String problem) {
        return new Attempt(example, variant, text, Map.of(), null, problem);
    }

    boolean isCompiled() {
        return problem.isEmpty();
    }

    Attempt withProblem(String what) {
        return new Attempt(example, variant, text, variables, generated, what);
    }

    Outcome outcome() {
        return new Outcome(example, variant, problem.isEmpty() ? "" : problem + "\n" + text);
    }

    /** The outcome of running the generated class on the case's data. */
    Outcome evaluate(ModelRunner runner) {
        Map<String, Tensor> data = new LinkedHashMap<>();
        example.inputs()
                .forEach((name, input) -> data.put(variables.get(name), new Tensor(input.data(), input.shape())));
        try {
            Evaluation found = runner.evaluate(data, Map.of(), Optional.of(example.seed()));
            return withProblem(described(Comparison.differences(wanted(), renamed(found))))
                    .outcome();
        } catch (RuntimeException | LinkageError e) {
            return withProblem(e.toString()).outcome();
        }
    }

    private GoldenCase wanted() {
        return variant == Variant.FLOATS ? example.inSinglePrecision() : example;
    }

    private static String described(List<String> differences) {
        String list = differences.stream().limit(SHOWN).collect(Collectors.joining("\n"));
        return differences.size() > SHOWN ? list + "\nand " + (differences.size() - SHOWN) + " more" : list;
    }

    /** {@code found} with gradients under the case's names. */
    private Evaluation renamed(Evaluation found) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        variables.forEach((name, variable) -> {
            if (found.gradients().containsKey(variable)) {
                gradients.put(name, found.gradients().get(variable));
            }
        });
        return new Evaluation(found.outputs(), gradients);
    }
}
