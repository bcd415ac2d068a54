package dev.gradc.samples.gradbench;

import java.util.Map;
import java.util.function.Function;

/** Eval {@code lse}: the log of a sum of exponentials. */
final class LseEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS =
            Map.of("primal", LseEval::primal, "gradient", LseEval::gradient);

    private LseEval() {}

    private static Evaluation<Double> primal(Input input) {
        double[] x = input.vector("x");
        LogSumExp model = new LogSumExp(x.length);
        return Evaluation.of(() -> model.forward(x));
    }

    private static Evaluation<double[]> gradient(Input input) {
        double[] x = input.vector("x");
        LogSumExp model = new LogSumExp(x.length);
        return Evaluation.of(() -> {
            model.valueAndGradient(x);
            return model.gradient();
        });
    }
}
