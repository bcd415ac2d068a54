package dev.gradc.samples.gallery;

import static dev.gradc.samples.gallery.ModelAssert.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    private static final int N = 20;
    private static final int D = 3;

    private final LogisticRegression model = new LogisticRegression(N, D);
    private final double[] features = ModelAssert.random(1, N * D, -2, 2);
    private final int[] classes = ModelAssert.positions(2, N, 2);
    private final double[] point = {0.4, -1.1, 0.7, 0.2, -0.3};

    @Test
    void gradientAgreesWithDifferencesAndNoCallAllocates() {
        new ModelAssert(
                        model,
                        p -> model.forward(features, classes, p),
                        p -> model.valueAndGradient(features, classes, p),
                        model::backward)
                .gradientAgreesAt(point)
                .allocatesNothingAt(point);
    }

    @Test
    void lossIsThatOfTheDensities() {
        double scale = Math.exp(point[4]);
        double density = normal(point[3], 10) * normal(scale, 1) * scale;
        for (int d = 0; d < D; d++) {
            density *= normal(point[d], scale);
        }
        for (int n = 0; n < N; n++) {
            double odds = Math.exp(point[3]);
            for (int d = 0; d < D; d++) {
                odds *= Math.exp(features[n * D + d] * point[d]);
            }
            density *= (classes[n] == 1 ? odds : 1) / (1 + odds);
        }
        assertClose(model.forward(features, classes, point), -Math.log(density));
    }

    /** Where a step of the leapfrog goes, it comes back from, and it nearly keeps the energy. */
    @Test
    void hamiltonianDynamicsKeepTheEnergy() {
        double[] place = point.clone();
        double[] momentum = new Random(5).doubles(place.length, -1, 1).toArray();
        double before = energy(place, momentum);
        for (int i = 0; i < 1000; i++) {
            leapfrog(place, momentum, 0.005);
        }
        assertThat(energy(place, momentum)).isCloseTo(before, Offset.offset(1e-2));
        for (int i = 0; i < 1000; i++) {
            leapfrog(place, momentum, -0.005);
        }
        assertThat(place).containsExactly(point, Offset.offset(1e-8));
    }

    private void leapfrog(double[] place, double[] momentum, double h) {
        push(place, momentum, h / 2);
        for (int i = 0; i < place.length; i++) {
            place[i] += h * momentum[i];
        }
        push(place, momentum, h / 2);
    }

    private void push(double[] place, double[] momentum, double h) {
        model.valueAndGradient(features, classes, place);
        for (int i = 0; i < place.length; i++) {
            momentum[i] -= h * model.gradient()[i];
        }
    }

    private double energy(double[] place, double[] momentum) {
        double energy = model.forward(features, classes, place);
        for (double p : momentum) {
            energy += p * p / 2;
        }
        return energy;
    }

    private static double normal(double x, double sigma) {
        return Math.exp(-x * x / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI));
    }
}
