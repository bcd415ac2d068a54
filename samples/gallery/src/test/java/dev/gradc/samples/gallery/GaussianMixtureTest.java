package dev.gradc.samples.gallery;

import static dev.gradc.samples.gallery.ModelAssert.assertClose;

import org.junit.jupiter.api.Test;

class GaussianMixtureTest {

    private static final int N = 7;
    private static final int K = 3;
    private static final int D = 3;

    private final GaussianMixture model = new GaussianMixture(N, K, D);
    private final double[] x = ModelAssert.random(1, N * D, -2, 2);
    private final double[] point = ModelAssert.random(2, model.layout().size(), -1, 1);

    @Test
    void gradientAgreesWithDifferencesAndNoCallAllocates() {
        new ModelAssert(model, p -> model.forward(x, p), p -> model.valueAndGradient(x, p), model::backward)
                .gradientAgreesAt(point)
                .allocatesNothingAt(point);
    }

    @Test
    void lossIsThatOfDensitiesByCovariances() {
        double[] logits = model.layout().slice("logits", point);
        double weights = 0;
        for (double logit : logits) {
            weights += Math.exp(logit);
        }
        double loss = 0;
        for (int n = 0; n < N; n++) {
            double density = 0;
            for (int k = 0; k < K; k++) {
                density += Math.exp(logits[k] + logDensity(n, k)) / weights;
            }
            loss -= Math.log(density) / N;
        }
        assertClose(model.forward(x, point), loss);
    }

    private double logDensity(int n, int k) {
        double[] means = model.layout().slice("means", point);
        double[][] covariance = new double[D][D];
        double[] centered = new double[D];
        for (int i = 0; i < D; i++) {
            centered[i] = x[n * D + i] - means[k * D + i];
            for (int j = 0; j < D; j++) {
                for (int l = 0; l <= Math.min(i, j); l++) {
                    covariance[i][j] += factor(k, i, l) * factor(k, j, l);
                }
            }
        }
        return NormalDensity.log(covariance, centered);
    }

    private double factor(int k, int i, int j) {
        double entry = model.layout().slice("factors", point)[(k * D + i) * D + j];
        return i == j ? Math.exp(entry) : entry;
    }
}
