package dev.gradc.samples.gradbench;

import java.util.Map;
import java.util.function.Function;

/** Eval {@code llsq}: a linear least-squares objective. */
final class LlsqEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS =
            Map.of("primal", LlsqEval::primal, "gradient", LlsqEval::gradient);

    private LlsqEval() {}

    private static Evaluation<Double> primal(Input input) {
        double[] x = input.vector("x");
        LinearLeastSquares model = new LinearLeastSquares(input.integer("n"), x.length);
        return Evaluation.of(() -> model.forward(x));
    }

    private static Evaluation<double[]> gradient(Input input) {
        double[] x = input.vector("x");
        LinearLeastSquares model = new LinearLeastSquares(input.integer("n"), x.length);
        return Evaluation.of(() -> {
            model.valueAndGradient(x);
            return model.gradient();
        });
    }
}
