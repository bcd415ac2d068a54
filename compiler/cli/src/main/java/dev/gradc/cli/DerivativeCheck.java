package dev.gradc.cli;

import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.runtime.GradientChecker;
import dev.gradc.runtime.GradientChecker.Options;
import dev.gradc.runtime.GradientChecker.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Holds the gradients of one model at one point against differences of its target, {@code seed . target} where that is
 * no scalar: by coordinates, and along random directions, which see every coordinate of a variable that has too many.
 */
final class DerivativeCheck {

    /** More would take too long: each needs several evaluations. */
    private static final int COORDINATES = 500;

    private final ModelInfo model;
    private final ModelRunner runner;
    private final DataSet point;

    DerivativeCheck(ModelInfo model, ModelRunner runner, DataSet point) {
        this.model = model;
        this.runner = runner;
        this.point = point;
    }

    /**
     * What was found for one variable.
     *
     * @param text one line for the user
     * @param passed whether the derivative may be right
     */
    record Finding(String text, boolean passed) {}

    /** One finding for each variable the model is differentiated by. */
    List<Finding> run() {
        Evaluation evaluation = runner.evaluate(point.arguments(), point.dims(), point.seed());
        List<Finding> findings = new ArrayList<>();
        evaluation.gradients().forEach((name, gradient) -> findings.add(check(name, gradient)));
        return findings;
    }

    private Finding check(String name, Tensor gradient) {
        Tensor value = point.arguments().get(name);
        int[] chosen = chooseCoordinates(value.values().length);
        Report byCoordinate = GradientChecker.check(
                x -> target(name, replace(value, chosen, x)),
                pick(value.values(), chosen),
                pick(gradient.values(), chosen),
                Options.defaults());
        if (!passed(byCoordinate)) {
            String place = name + Arrays.toString(unravel(chosen[byCoordinate.worstCoordinate()], value.shape()));
            return finding(place, byCoordinate);
        }
        Report byDirection = GradientChecker.checkDotProduct(
                x -> target(name, new Tensor(x, value.shape())), value.values(), gradient.values(), Options.defaults());
        return passed(byDirection) ? finding(name, byCoordinate) : finding(name + " along a direction", byDirection);
    }

    /** All coordinates, or as many as are allowed, evenly spread. */
    private static int[] chooseCoordinates(int size) {
        int count = Math.min(size, COORDINATES);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * size / count))
                .toArray();
    }

    private static double[] pick(double[] values, int[] chosen) {
        return Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
    }

    private static Tensor replace(Tensor value, int[] chosen, double[] replacements) {
        double[] values = value.values().clone();
        for (int i = 0; i < chosen.length; i++) {
            values[chosen[i]] = replacements[i];
        }
        return new Tensor(values, value.shape());
    }

    private double target(String name, Tensor value) {
        Map<String, Tensor> arguments = new LinkedHashMap<>(point.arguments());
        arguments.put(name, value);
        double[] target = runner.evaluate(arguments, point.dims(), point.seed())
                .outputs()
                .get(model.target().orElseThrow())
                .values();
        double[] seed = point.seed().map(Tensor::values).orElse(new double[] {1});
        return IntStream.range(0, target.length)
                .mapToDouble(i -> seed[i] * target[i])
                .sum();
    }

    /** The indices, from 0, of the element at {@code offset}. */
    private static int[] unravel(int offset, int[] shape) {
        int[] indices = new int[shape.length];
        int rest = offset;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            indices[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return indices;
    }

    private static boolean passed(Report report) {
        return switch (report.verdict()) {
            case AGREES, KINK -> true;
            case DISAGREES, NOT_FINITE -> false;
        };
    }

    private static Finding finding(String place, Report report) {
        String verdict = switch (report.verdict()) {
            case AGREES -> "agrees";
            case KINK -> "is between the slopes on both sides of a kink";
            case DISAGREES -> "DISAGREES";
            case NOT_FINITE -> "IS NOT FINITE, or the differences are not";
        };
        String text = String.format(
                Locale.ROOT,
                "derivative by %s %s: derivative %s, difference %s, relative error %.1e",
                place,
                verdict,
                report.analytic(),
                report.numeric(),
                report.relativeError());
        return new Finding(text, passed(report));
    }
}
