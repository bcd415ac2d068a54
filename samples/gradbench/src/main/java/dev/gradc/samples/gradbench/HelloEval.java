package dev.gradc.samples.gradbench;

import java.util.Map;
import java.util.function.Function;

/** Eval {@code hello}: the square of a number and its derivative. */
final class HelloEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS =
            Map.of("square", HelloEval::square, "double", HelloEval::derivative);

    private HelloEval() {}

    private static Evaluation<Double> square(Input input) {
        Square model = new Square();
        double x = input.number();
        return Evaluation.of(() -> model.forward(x));
    }

    private static Evaluation<Double> derivative(Input input) {
        Square model = new Square();
        double x = input.number();
        return Evaluation.of(() -> {
            model.valueAndGradient(x);
            return model.gradX();
        });
    }
}
