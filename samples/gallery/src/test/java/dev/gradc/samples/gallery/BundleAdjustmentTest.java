package dev.gradc.samples.gallery;

import static dev.gradc.samples.gallery.ModelAssert.assertClose;

import org.junit.jupiter.api.Test;

class BundleAdjustmentTest {

    private static final int CAMERAS = 2;
    private static final int POINTS = 4;
    private static final int SEEN = 7;

    private final BundleAdjustment model = new BundleAdjustment(CAMERAS, POINTS, SEEN);
    private final int[] camera = {0, 1, 0, 1, 0, 1, 1};
    private final int[] point = {0, 0, 1, 1, 2, 2, 3};
    private final double[] feature = ModelAssert.random(1, SEEN * 2, -2, 2);
    private final double[] cameras = {
        0.3, -0.2, 0.5, 0.1, 0.2, -5, 3, 0.1, -0.02, //
        -1.2, 0.4, 0.7, -0.3, 0.1, -4, 2.5, -0.05, 0.01
    };
    private final double[] points = ModelAssert.random(2, POINTS * 3, -1, 1);

    @Test
    void gradientAgreesWithDifferencesAndNoCallAllocates() {
        double[] parameters = new double[model.layout().size()];
        System.arraycopy(cameras, 0, parameters, 0, cameras.length);
        System.arraycopy(points, 0, parameters, cameras.length, points.length);
        new ModelAssert(
                        model,
                        p -> model.forward(camera, point, feature, p),
                        p -> model.valueAndGradient(camera, point, feature, p),
                        model::backward)
                .gradientAgreesAt(parameters)
                .allocatesNothingAt(parameters);
    }

    @Test
    void residualsAndLossAreThoseOfRotationMatrices() {
        double loss = model.forward(camera, point, feature, cameras, points);
        double expected = 0;
        for (int p = 0; p < SEEN; p++) {
            double[] image = image(camera[p] * 9, point[p] * 3);
            for (int i = 0; i < 2; i++) {
                double residual = image[i] - feature[2 * p + i];
                assertClose(model.residual()[2 * p + i], residual);
                double size = Math.abs(residual);
                expected += size <= 1 ? size * size / 2 : size - 0.5;
            }
        }
        assertClose(loss, expected);
    }

    private double[] image(int c, int x) {
        double[] local = new double[3];
        for (int i = 0; i < 3; i++) {
            local[i] = cameras[c + 3 + i];
            for (int j = 0; j < 3; j++) {
                local[i] += rotation(c)[i][j] * points[x + j];
            }
        }
        double u = -local[0] / local[2];
        double v = -local[1] / local[2];
        double r = Math.hypot(u, v);
        double scale = cameras[c + 6] * (1 + cameras[c + 7] * Math.pow(r, 2) + cameras[c + 8] * Math.pow(r, 4));
        return new double[] {scale * u, scale * v};
    }

    /** The matrix cos(θ) I + sin(θ) [n]× + (1 - cos(θ)) n n' of the turn by θ about n. */
    private double[][] rotation(int c) {
        double angle = Math.hypot(Math.hypot(cameras[c], cameras[c + 1]), cameras[c + 2]);
        double x = cameras[c] / angle;
        double y = cameras[c + 1] / angle;
        double z = cameras[c + 2] / angle;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double rest = 1 - cos;
        return new double[][] {
            {cos + rest * x * x, rest * x * y - sin * z, rest * x * z + sin * y},
            {rest * x * y + sin * z, cos + rest * y * y, rest * y * z - sin * x},
            {rest * x * z - sin * y, rest * y * z + sin * x, cos + rest * z * z}
        };
    }
}
