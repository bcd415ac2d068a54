package dev.gradc.compiler.random;

import dev.gradc.compiler.autodiff.Routes;
import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.runtime.GradientChecker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold between the derivatives of one model. */
final class ModeChecks {

    private static final double CLOSE = 1e-8;
    private static final GradientChecker.Options DIFFERENCES = new GradientChecker.Options(1e-5, 1e-4, 1, 1);

    private final DerivedModel model;
    private final Map<String, Tensor> data;
    private final ModelRunner runner;
    private final Evaluation found;
    private final List<String> problems = new ArrayList<>();

    private ModeChecks(DerivedModel model, ModelRunner runner) {
        this.model = model;
        this.data = model.data();
        this.runner = runner;
        this.found = evaluate(data);
    }

    /**
     * What does not hold.
     *
     * @param plain the model's graph, nothing simplified
     * @param runner its generated class, simplified
     */
    static Optional<String> problem(DerivedModel model, LoweredModel plain, ModelRunner runner) {
        if (!Double.isFinite(model.model().loss(model.model().data()))) {
            return Optional.empty();
        }
        ModeChecks checks = new ModeChecks(model, runner);
        checks.compareToReference(plain);
        checks.compareModes();
        checks.compareToDifferences();
        return Optional.of(String.join("\n", checks.problems)).filter(text -> !text.isEmpty());
    }

    private Evaluation evaluate(Map<String, Tensor> at) {
        return runner.evaluate(at, model.model().dims(), Optional.empty());
    }

    /** The reference evaluator on the plain graph; and the Jacobian by both routes. */
    private void compareToReference(LoweredModel plain) {
        Map<String, Node> roots = new LinkedHashMap<>();
        plain.outputs().forEach(output -> roots.put(output.name(), output.node()));
        Node value = roots.get("value");
        Node at = roots.get("at");
        roots.put("dense forward", Routes.forward(plain.graph(), value, at));
        roots.put("dense reverse", Routes.reverse(plain.graph(), value, at));
        Map<String, double[]> variables = new LinkedHashMap<>();
        data.forEach((name, tensor) -> variables.put(name, tensor.values()));
        Map<Node, double[]> expected =
                Evaluator.evaluate(roots.values(), model.model().dims(), variables);
        roots.forEach((name, node) ->
                same(name + " by the reference", found(name.startsWith("dense") ? "dense" : name), expected.get(node)));
    }

    private void compareModes() {
        double[] direction = data.get("the_direction").values();
        double[] seed = data.get("the_seed").values();
        if (model.isByParam()) {
            double[] gradient = found.gradients().get(model.variable().name()).values();
            same("grad and the class's gradient", found("gradient"), gradient);
        }
        same("jacobian @ direction and jvp", times(found("dense"), direction), found("forward"));
        same("seed @ jacobian and vjp", timesTransposed(found("dense"), seed), found("reverse"));
        same(
                "seed . jvp and vjp . direction",
                scalar(dot(seed, found("forward"))),
                scalar(dot(found("reverse"), direction)));
        same("hessian @ direction and hvp", times(found("second"), direction), found("product"));
        same("reverse over reverse and hvp", found("reversed"), found("product"));
        int n = direction.length;
        same("hessian and its transpose", found("second"), transposed(found("second"), n, n));
        same("diagonal and that of hessian", found("diagonal"), diagonal(found("second"), n));
        int others = found("mixed").length / n;
        same("mixed hessians", found("mixed"), transposed(found("mixed_back"), others, n));
    }

    private void compareToDifferences() {
        String x = model.variable().name();
        differences(
                "vjp",
                at -> dot(
                        data.get("the_seed").values(),
                        model.model().usedValues(at).get(model.value().name()).values()),
                x,
                "reverse");
        differences("grad", at -> model.model().loss(at), x, "gradient");
        if (model.isByParam()) {
            differences(
                    "hvp",
                    at -> dot(
                            data.get("the_direction").values(),
                            evaluate(at).outputs().get("gradient").values()),
                    x,
                    "product");
        }
    }

    private interface Function {
        double of(Map<String, Tensor> data);
    }

    private void differences(String what, Function function, String variable, String derivative) {
        Tensor point = model.model().usedValues(data).get(variable);
        GradientChecker.Report report = GradientChecker.checkDotProduct(
                x -> {
                    Map<String, Tensor> moved = new LinkedHashMap<>(data);
                    moved.put(variable, new Tensor(x, point.shape()));
                    return function.of(moved);
                },
                point.values(),
                found(derivative),
                DIFFERENCES);
        if (report.verdict() == GradientChecker.Verdict.DISAGREES
                || report.verdict() == GradientChecker.Verdict.NOT_FINITE) {
            problems.add(what + " and differences: " + report);
        }
    }

    private double[] found(String output) {
        return found.outputs().get(output).values();
    }

    private void same(String what, double[] found, double[] expected) {
        double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= CLOSE * scale)) {
                problems.add(what + ": element " + i + " is " + found[i] + " and " + expected[i]);
                return;
            }
        }
    }

    private static double[] scalar(double value) {
        return new double[] {value};
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    private static double[] times(double[] matrix, double[] vector) {
        double[] product = new double[matrix.length / vector.length];
        for (int i = 0; i < matrix.length; i++) {
            product[i / vector.length] += matrix[i] * vector[i % vector.length];
        }
        return product;
    }

    private static double[] timesTransposed(double[] matrix, double[] vector) {
        return times(transposed(matrix, vector.length, matrix.length / vector.length), vector);
    }

    private static double[] transposed(double[] matrix, int rows, int columns) {
        double[] transposed = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            transposed[i % columns * rows + i / columns] = matrix[i];
        }
        return transposed;
    }

    private static double[] diagonal(double[] matrix, int n) {
        double[] diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = matrix[i * n + i];
        }
        return diagonal;
    }
}
