package dev.gradc.samples.gradbench;

import java.util.Map;
import java.util.function.Function;

/** Eval {@code ode}: a system of differential equations, solved by the method of Runge and Kutta. */
final class OdeEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS =
            Map.of("primal", OdeEval::primal, "gradient", OdeEval::gradient);

    private OdeEval() {}

    private static Evaluation<double[]> primal(Input input) {
        double[] x = input.vector("x");
        RungeKutta model = new RungeKutta(x.length, input.integer("s"));
        return Evaluation.of(() -> {
            model.forward(x);
            return model.y();
        });
    }

    private static Evaluation<double[]> gradient(Input input) {
        double[] x = input.vector("x");
        RungeKutta model = new RungeKutta(x.length, input.integer("s"));
        return Evaluation.of(() -> {
            model.valueAndGradient(x);
            return model.gradient();
        });
    }
}
