package dev.gradc.cli;

import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelInstance;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.runtime.GradientChecker;
import dev.gradc.runtime.GradientChecker.Options;
import dev.gradc.runtime.GradientChecker.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds the gradients of one model at one point against differences of its target, {@code seed . target} where that is
 * no scalar: by coordinates, and along random directions, which see every coordinate of a variable that has too many.
 */
final class GradientCheck {

    private final ModelInfo model;
    private final ModelInstance instance;
    private final DataSet point;

    GradientCheck(ModelInfo model, ModelInstance instance, DataSet point) {
        this.model = model;
        this.instance = instance;
        this.point = point;
    }

    /** One finding for each variable the model's target is differentiated by. */
    void run(Consumer<Finding> findings) {
        Evaluation evaluation = instance.evaluate(point.arguments(), point.seed());
        evaluation.gradients().forEach((name, gradient) -> findings.accept(check(name, gradient)));
    }

    private Finding check(String name, Tensor gradient) {
        Tensor value = point.arguments().get(name);
        Coordinates coordinates = Coordinates.of(value.values().length);
        Report byCoordinate = GradientChecker.check(
                x -> target(name, new Tensor(coordinates.replace(value.values(), x), value.shape())),
                coordinates.pick(value.values()),
                coordinates.pick(gradient.values()),
                Options.defaults());
        String by = "derivative by " + name;
        if (!byCoordinate.passed()) {
            return Finding.of(by + coordinates.place(byCoordinate.worstCoordinate(), value), byCoordinate, "");
        }
        Report byDirection = GradientChecker.checkDotProduct(
                x -> target(name, new Tensor(x, value.shape())), value.values(), gradient.values(), Options.defaults());
        String extent = coordinates.extent(", and " + Options.defaults().directions() + " random directions");
        return byDirection.passed()
                ? Finding.of(by, byCoordinate, extent)
                : Finding.of(by + " along a direction", byDirection, "");
    }

    private double target(String name, Tensor value) {
        Map<String, Tensor> arguments = new LinkedHashMap<>(point.arguments());
        arguments.put(name, value);
        double[] target =
                instance.forward(arguments).get(model.target().orElseThrow()).values();
        double[] seed = point.seed().map(Tensor::values).orElse(new double[] {1});
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            sum += seed[i] * target[i];
        }
        return sum;
    }
}
