package dev.gradc.samples.gallery;

import static dev.gradc.samples.gallery.ModelAssert.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.runtime.optim.Adam;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LotkaVolterraTest {

    private static final int T = 12;
    private static final int S = 20;
    private static final double INTERVAL = 0.5;

    private final LotkaVolterra model = new LotkaVolterra(T, S);
    private final double[] counts = ModelAssert.random(1, 2 * T, 0.5, 2);
    private final double[] point = {0.1, 0.3, -0.2, 0.2, 0.4, -0.3};

    @Test
    void gradientAgreesWithDifferencesAndNoCallAllocates() {
        new ModelAssert(
                        model,
                        p -> model.forward(counts, INTERVAL, p),
                        p -> model.valueAndGradient(counts, INTERVAL, p),
                        model::backward)
                .gradientAgreesAt(point)
                .allocatesNothingAt(point);
    }

    @Test
    void lossIsThatOfTheCourse() {
        double loss = model.forward(counts, INTERVAL, point);
        double expected = 0;
        for (int i = 0; i < 2 * T; i++) {
            expected += Math.pow(Math.log(model.course()[i] / counts[i]), 2);
        }
        assertClose(loss, expected);
    }

    /** Lotka and Volterra's equations keep k2 prey - k3 log(prey) + k1 predators - k0 log(predators). */
    @Test
    void theCourseKeepsTheConstantOfMotion() {
        model.forward(counts, INTERVAL, point);
        double atStart = constantOfMotion(Math.exp(point[4]), Math.exp(point[5]));
        for (int t = 0; t < T; t++) {
            double now = constantOfMotion(model.course()[2 * t], model.course()[2 * t + 1]);
            assertThat(now).isCloseTo(atStart, Offset.offset(1e-6));
        }
    }

    /** Euler's method with ever shorter steps, extrapolated, is another way to the first count. */
    @Test
    void theCourseIsTheLimitOfEulersMethod() {
        model.forward(counts, INTERVAL, point);
        double[] expected = extrapolated(6);
        assertThat(model.course()[0]).isCloseTo(expected[0], Offset.offset(1e-8));
        assertThat(model.course()[1]).isCloseTo(expected[1], Offset.offset(1e-8));
    }

    @Test
    void theGradientFindsTheRates() {
        model.forward(counts, INTERVAL, point);
        double[] observed = model.course().clone();
        double[] parameters = new double[6];
        Adam adam = new Adam(parameters.length, 0.02);
        for (int i = 0; i < 3000; i++) {
            model.valueAndGradient(observed, INTERVAL, parameters);
            adam.step(parameters, model.gradient());
        }
        assertThat(parameters).containsExactly(point, Offset.offset(5e-3));
    }

    private double constantOfMotion(double prey, double predators) {
        double[] k = rates();
        return k[2] * prey - k[3] * Math.log(prey) + k[1] * predators - k[0] * Math.log(predators);
    }

    private double[] rates() {
        return new double[] {Math.exp(point[0]), Math.exp(point[1]), Math.exp(point[2]), Math.exp(point[3])};
    }

    /** Richardson's extrapolation of Euler's method with 64, 128, 256, ... steps, whose error is a series in the step. */
    private double[] extrapolated(int levels) {
        double[][] column = new double[levels][];
        for (int level = 0; level < levels; level++) {
            column[level] = euler(64 << level);
        }
        for (int order = 1; order < levels; order++) {
            for (int level = levels - 1; level >= order; level--) {
                for (int i = 0; i < 2; i++) {
                    column[level][i] += (column[level][i] - column[level - 1][i]) / ((1 << order) - 1);
                }
            }
        }
        return column[levels - 1];
    }

    private double[] euler(int steps) {
        double[] k = rates();
        double prey = Math.exp(point[4]);
        double predators = Math.exp(point[5]);
        double h = INTERVAL / steps;
        for (int s = 0; s < steps; s++) {
            double born = h * prey * (k[0] - k[1] * predators);
            predators += h * predators * (k[2] * prey - k[3]);
            prey += born;
        }
        return new double[] {prey, predators};
    }
}
