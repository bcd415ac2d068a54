package dev.gradc.samples.gradbench;

import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Eval {@code saddle}: a saddle point, by gradient descent over x of the largest height at x, which gradient ascent over y
 * finds. The first letter of a function is the mode in which the descent differentiates, forward or reverse, the second
 * that of the ascent.
 */
final class SaddleEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS = Map.of(
            "ff", input -> evaluation(input, SaddleEval::forwardOverForward),
            "fr", input -> evaluation(input, SaddleEval::forwardOverReverse),
            "rf", input -> evaluation(input, SaddleEval::reverseOverForward),
            "rr", input -> evaluation(input, SaddleEval::reverseOverReverse));

    /**
     * An ascent of so many steps at most.
     *
     * @param largest the height it reaches, at an x
     * @param slope the gradient of that by x
     * @param y where the last ascent ended
     * @param end 1 if it ended there by itself, 0 if it was cut short
     */
    private record Ascent(
            ToDoubleFunction<double[]> largest,
            UnaryOperator<double[]> slope,
            Supplier<double[]> y,
            Supplier<Double> end)
            implements Unrolled.Loop {

        @Override
        public double value(double[] x) {
            return largest.applyAsDouble(x);
        }

        @Override
        public double[] gradient(double[] x) {
            return slope.apply(x);
        }

        @Override
        public boolean ended() {
            return end.get() == 1;
        }
    }

    private SaddleEval() {}

    private static Evaluation<double[]> evaluation(Input input, Function<double[], IntFunction<Ascent>> ascents) {
        double[] start = input.vector("start");
        Unrolled<Ascent> objective = new Unrolled<>(ascents.apply(start));
        return Evaluation.of(() -> {
            double[] x = GradientDescent.minimum(objective, start);
            objective.value(x);
            double[] y = objective.model().y().get();
            return new double[] {x[0], x[1], y[0], y[1]};
        });
    }

    private static IntFunction<Ascent> forwardOverForward(double[] start) {
        return steps -> {
            LargestByForward model = new LargestByForward(steps);
            return new Ascent(
                    x -> model.forward(start, x),
                    x -> alongBothAxes(direction -> model.jvp(start, x, direction)),
                    model::y,
                    model::ended);
        };
    }

    private static IntFunction<Ascent> forwardOverReverse(double[] start) {
        return steps -> {
            LargestByReverse model = new LargestByReverse(steps);
            return new Ascent(
                    x -> model.forward(start, x),
                    x -> alongBothAxes(direction -> model.jvp(start, x, direction)),
                    model::y,
                    model::ended);
        };
    }

    private static IntFunction<Ascent> reverseOverForward(double[] start) {
        return steps -> {
            LargestByForward model = new LargestByForward(steps);
            UnaryOperator<double[]> slope = x -> {
                model.valueAndGradient(start, x);
                return model.gradient();
            };
            return new Ascent(x -> model.forward(start, x), slope, model::y, model::ended);
        };
    }

    private static IntFunction<Ascent> reverseOverReverse(double[] start) {
        return steps -> {
            LargestByReverse model = new LargestByReverse(steps);
            UnaryOperator<double[]> slope = x -> {
                model.valueAndGradient(start, x);
                return model.gradient();
            };
            return new Ascent(x -> model.forward(start, x), slope, model::y, model::ended);
        };
    }

    private static double[] alongBothAxes(ToDoubleFunction<double[]> derivative) {
        return new double[] {
            derivative.applyAsDouble(new double[] {1, 0}), derivative.applyAsDouble(new double[] {0, 1})
        };
    }
}
