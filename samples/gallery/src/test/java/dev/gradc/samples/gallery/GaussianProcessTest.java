package dev.gradc.samples.gallery;

import static dev.gradc.samples.gallery.ModelAssert.assertClose;

import org.junit.jupiter.api.Test;

class GaussianProcessTest {

    private static final int N = 6;
    private static final int D = 2;

    private final GaussianProcess model = new GaussianProcess(N, D);
    private final double[] x = ModelAssert.random(1, N * D, -2, 2);
    private final double[] target = ModelAssert.random(2, N, -1, 1);
    private final double[] point = {0.3, -0.2, 0.4, -1.1};

    @Test
    void gradientAgreesWithDifferencesAndNoCallAllocates() {
        new ModelAssert(
                        model,
                        p -> model.forward(x, target, p),
                        p -> model.valueAndGradient(x, target, p),
                        model::backward)
                .gradientAgreesAt(point)
                .allocatesNothingAt(point);
    }

    @Test
    void lossIsTheDensityOfTheTargets() {
        double[][] covariance = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double u = (x[i * D] - x[j * D]) / Math.exp(point[1]);
                double v = (x[i * D + 1] - x[j * D + 1]) / Math.exp(point[2]);
                covariance[i][j] = Math.exp(2 * point[0]) * Math.exp(-(u * u + v * v) / 2);
            }
            covariance[i][i] += Math.exp(2 * point[3]);
        }
        assertClose(model.forward(x, target, point), -NormalDensity.log(covariance, target));
    }
}
