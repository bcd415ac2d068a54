package dev.gradc.samples.gallery;

import static dev.gradc.samples.gallery.ModelAssert.assertClose;

import org.junit.jupiter.api.Test;

class KalmanFilterTest {

    private static final int T = 5;
    private static final int D = 4;
    private static final int M = 2;

    private final KalmanFilter model = new KalmanFilter(T);
    private final double[] y = ModelAssert.random(1, T * M, -2, 2);
    private final double[] point = ModelAssert.random(2, model.layout().size(), -0.8, 0.8);
    private final double[] transition = model.layout().slice("A", point);
    private final double[] sight = model.layout().slice("C", point);

    @Test
    void gradientAgreesWithDifferencesAndNoCallAllocates() {
        new ModelAssert(model, p -> model.forward(y, p), p -> model.valueAndGradient(y, p), model::backward)
                .gradientAgreesAt(point)
                .allocatesNothingAt(point);
    }

    /** Filtering must give the density of all observations at once, by their joint covariance. */
    @Test
    void lossIsTheJointDensityOfAllObservations() {
        double[] q = model.layout().slice("q", point);
        double[] r = model.layout().slice("r", point);
        double[][] joint = new double[T * M][T * M];
        double[] spread = new double[D * D];
        for (int i = 0; i < D; i++) {
            spread[i * D + i] = 1;
        }
        for (int s = 0; s < T; s++) {
            spread = product(product(transition, D, D, spread, D), D, D, transpose(transition, D, D), D);
            for (int i = 0; i < D; i++) {
                spread[i * D + i] += Math.exp(2 * q[i]);
            }
            double[] covariance = spread; // of the state at time t with that at time s
            for (int t = s; t < T; t++) {
                double[] seen = product(product(sight, M, D, covariance, D), M, D, transpose(sight, M, D), M);
                for (int i = 0; i < M; i++) {
                    for (int j = 0; j < M; j++) {
                        joint[t * M + i][s * M + j] = seen[i * M + j];
                        joint[s * M + j][t * M + i] = seen[i * M + j];
                    }
                }
                covariance = product(transition, D, D, covariance, D);
            }
        }
        for (int i = 0; i < T * M; i++) {
            joint[i][i] += Math.exp(2 * r[i % M]);
        }
        assertClose(model.forward(y, point), -NormalDensity.log(joint, y));
    }

    private static double[] product(double[] a, int rows, int inner, double[] b, int columns) {
        double[] c = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < inner; k++) {
                    c[i * columns + j] += a[i * inner + k] * b[k * columns + j];
                }
            }
        }
        return c;
    }

    private static double[] transpose(double[] a, int rows, int columns) {
        double[] b = new double[columns * rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                b[j * rows + i] = a[i * columns + j];
            }
        }
        return b;
    }
}
