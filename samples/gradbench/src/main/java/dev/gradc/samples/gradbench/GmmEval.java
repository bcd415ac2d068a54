package dev.gradc.samples.gradbench;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** Eval {@code gmm}: the log posterior of a mixture of normal distributions. */
final class GmmEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS =
            Map.of("objective", GmmEval::objective, "jacobian", GmmEval::jacobian);

    /** What is differentiated by, as the eval names it. */
    private record Independent(double[] alpha, double[][] mu, double[][] q, double[][] l) {}

    private final int components;
    private final int dimensions;
    private final double[] x;
    private final double gamma;
    private final int freedom;
    private final double[] alpha;
    private final double[] mu;
    private final double[] factors;
    private final GaussianMixture model;

    private GmmEval(Input input) {
        components = input.integer("k");
        dimensions = input.integer("d");
        x = input.tensor("x", 2).values();
        gamma = input.number("gamma");
        freedom = input.integer("m");
        alpha = input.vector("alpha");
        mu = input.tensor("mu", 2).values();
        factors = joined(input.tensor("q", 2), input.tensor("l", 2));
        model = new GaussianMixture(input.integer("n"), components, dimensions);
    }

    private static Evaluation<Double> objective(Input input) {
        return Evaluation.of(new GmmEval(input)::value);
    }

    private static Evaluation<double[]> jacobian(Input input) {
        GmmEval eval = new GmmEval(input);
        return new Evaluation<>(eval::gradient, gradient -> eval.output());
    }

    private double value() {
        return model.forward(x, gamma, freedom, alpha, mu, factors);
    }

    private double[] gradient() {
        model.valueAndGradient(x, gamma, freedom, alpha, mu, factors);
        return model.gradient();
    }

    private Independent output() {
        double[] gradient = model.gradient();
        double[][] q = new double[components][];
        double[][] l = new double[components][];
        double[][] rows = Tensor.rows(model.layout().slice("factors", gradient), factors.length / components);
        for (int k = 0; k < components; k++) {
            q[k] = Arrays.copyOfRange(rows[k], 0, dimensions);
            l[k] = Arrays.copyOfRange(rows[k], dimensions, rows[k].length);
        }
        return new Independent(
                model.layout().slice("alpha", gradient),
                Tensor.rows(model.layout().slice("mu", gradient), dimensions),
                q,
                l);
    }

    /** The rows of {@code left}, each with that of {@code right} behind it. */
    private static double[] joined(Tensor left, Tensor right) {
        int first = left.extent(1);
        int second = right.extent(1);
        double[] joined = new double[left.extent(0) * (first + second)];
        for (int i = 0; i < left.extent(0); i++) {
            int row = i * (first + second);
            System.arraycopy(left.values(), i * first, joined, row, first);
            System.arraycopy(right.values(), i * second, joined, row + first, second);
        }
        return joined;
    }
}
