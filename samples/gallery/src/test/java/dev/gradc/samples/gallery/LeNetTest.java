package dev.gradc.samples.gallery;

import static dev.gradc.samples.gallery.ModelAssert.assertClose;

import org.junit.jupiter.api.Test;

class LeNetTest {

    private static final int N = 2;
    private static final int C = 10;

    private final LeNet net = new LeNet(N);
    private final double[] images = ModelAssert.random(1, N * 28 * 28, 0, 1);
    private final int[] labels = {3, 8};
    private final double[] point = ModelAssert.random(2, net.layout().size(), -0.2, 0.2);

    @Test
    void gradientAgreesWithDifferencesAndNoCallAllocates() {
        new ModelAssert(
                        net,
                        p -> net.forward(images, labels, p),
                        p -> net.valueAndGradient(images, labels, p),
                        net::backward)
                .gradientAgreesInDirectionsAt(point, 1e-5)
                .allocatesNothingAt(point);
    }

    @Test
    void lossIsThatOfLoopsOverPixels() {
        double loss = 0;
        for (int n = 0; n < N; n++) {
            double[] image = new double[28 * 28];
            System.arraycopy(images, n * 28 * 28, image, 0, image.length);
            double[] edges = layer(image, 1, 28, "K1", "b1", 6, 2);
            double[] shapes = layer(edges, 6, 14, "K2", "b2", 16, 0);
            double[] hidden = dense(shapes, "W3", "b3", 120);
            for (int i = 0; i < hidden.length; i++) {
                hidden[i] = Math.max(0, hidden[i]);
            }
            double[] scores = dense(hidden, "W4", "b4", C);
            double sum = 0;
            for (double score : scores) {
                sum += Math.exp(score);
            }
            loss += (Math.log(sum) - scores[labels[n]]) / N;
        }
        assertClose(net.forward(images, labels, point), loss);
    }

    /** Convolution with 5 by 5 kernels and {@code padding}, relu, and the largest of each 2 by 2 pixels. */
    private double[] layer(double[] x, int channels, int size, String kernels, String bias, int outputs, int padding) {
        double[] k = net.layout().slice(kernels, point);
        double[] b = net.layout().slice(bias, point);
        int height = size + 2 * padding - 4;
        double[] pooled = new double[outputs * (height / 2) * (height / 2)];
        for (int o = 0; o < outputs; o++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < height; column++) {
                    double value = b[o];
                    for (int c = 0; c < channels; c++) {
                        for (int u = 0; u < 25; u++) {
                            int i = row + u / 5 - padding;
                            int j = column + u % 5 - padding;
                            boolean inside = i >= 0 && i < size && j >= 0 && j < size;
                            value += inside ? x[(c * size + i) * size + j] * k[(o * channels + c) * 25 + u] : 0;
                        }
                    }
                    int place = (o * (height / 2) + row / 2) * (height / 2) + column / 2;
                    pooled[place] = Math.max(pooled[place], value);
                }
            }
        }
        return pooled;
    }

    private double[] dense(double[] x, String weights, String bias, int outputs) {
        double[] w = net.layout().slice(weights, point);
        double[] y = net.layout().slice(bias, point);
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < outputs; j++) {
                y[j] += x[i] * w[i * outputs + j];
            }
        }
        return y;
    }
}
