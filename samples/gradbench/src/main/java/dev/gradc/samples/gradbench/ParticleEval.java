package dev.gradc.samples.gradbench;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Eval {@code particle}: the control w for which a particle lands at the origin, by gradient descent. The first letter of a
 * function is the mode in which the descent differentiates, forward or reverse, the second that of the field on the way.
 */
final class ParticleEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS = Map.of(
            "ff", input -> evaluation(input, ParticleEval::forwardOverForward),
            "fr", input -> evaluation(input, ParticleEval::forwardOverReverse),
            "rf", input -> evaluation(input, ParticleEval::reverseOverForward),
            "rr", input -> evaluation(input, ParticleEval::reverseOverReverse));

    private static final double[] ALONG_W = {1};

    /**
     * A flight of so many steps at most.
     *
     * @param miss how far from the origin the particle lands, squared, at a w
     * @param slope its derivative by w
     * @param height where the last flight ended: above the ground if it was cut short
     */
    private record Flight(DoubleUnaryOperator miss, DoubleUnaryOperator slope, DoubleSupplier height)
            implements Unrolled.Loop {

        @Override
        public double value(double[] w) {
            return miss.applyAsDouble(w[0]);
        }

        @Override
        public double[] gradient(double[] w) {
            return new double[] {slope.applyAsDouble(w[0])};
        }

        @Override
        public boolean ended() {
            return height.getAsDouble() <= 0;
        }
    }

    private ParticleEval() {}

    private static Evaluation<Double> evaluation(Input input, IntFunction<Flight> flights) {
        double[] start = {input.number("w")};
        Unrolled<Flight> objective = new Unrolled<>(flights);
        return Evaluation.of(() -> GradientDescent.minimum(objective, start)[0]);
    }

    private static Flight forwardOverForward(int steps) {
        ParticleByForward model = new ParticleByForward(steps);
        return new Flight(model::forward, w -> model.jvp(w, ALONG_W), model::height);
    }

    private static Flight forwardOverReverse(int steps) {
        ParticleByReverse model = new ParticleByReverse(steps);
        return new Flight(model::forward, w -> model.jvp(w, ALONG_W), model::height);
    }

    private static Flight reverseOverForward(int steps) {
        ParticleByForward model = new ParticleByForward(steps);
        DoubleUnaryOperator slope = w -> {
            model.valueAndGradient(w);
            return model.gradW();
        };
        return new Flight(model::forward, slope, model::height);
    }

    private static Flight reverseOverReverse(int steps) {
        ParticleByReverse model = new ParticleByReverse(steps);
        DoubleUnaryOperator slope = w -> {
            model.valueAndGradient(w);
            return model.gradW();
        };
        return new Flight(model::forward, slope, model::height);
    }
}
