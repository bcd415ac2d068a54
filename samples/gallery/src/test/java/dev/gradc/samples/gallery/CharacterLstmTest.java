package dev.gradc.samples.gallery;

import static dev.gradc.samples.gallery.ModelAssert.assertClose;

import org.junit.jupiter.api.Test;

class CharacterLstmTest {

    private static final int N = 2;
    private static final int T = 4;
    private static final int V = 5;
    private static final int E = 3;
    private static final int H = 4;

    private final CharacterLstm model = new CharacterLstm(N, T, V, E, H);
    private final int[] text = ModelAssert.positions(1, (T + 1) * N, V);
    private final double[] h0 = ModelAssert.random(2, N * H, -1, 1);
    private final double[] c0 = ModelAssert.random(3, N * H, -1, 1);
    private final double[] point = ModelAssert.random(4, model.layout().size(), -0.7, 0.7);

    @Test
    void gradientAgreesWithDifferencesAndNoCallAllocates() {
        new ModelAssert(
                        model,
                        p -> model.forward(text, h0, c0, p),
                        p -> model.valueAndGradient(text, h0, c0, p),
                        model::backward)
                .gradientAgreesAt(point)
                .allocatesNothingAt(point);
    }

    @Test
    void lossIsThatOfLoopsOverCharacters() {
        double[] h = h0.clone();
        double[] c = c0.clone();
        double loss = 0;
        for (int t = 0; t < T; t++) {
            for (int n = 0; n < N; n++) {
                step(text[t * N + n], n * H, h, c);
                loss += surprise(text[(t + 1) * N + n], n * H, h) / (T * N);
            }
        }
        assertClose(model.forward(text, h0, c0, point), loss);
        for (int i = 0; i < h.length; i++) {
            assertClose(model.h_end()[i], h[i]);
            assertClose(model.c_end()[i], c[i]);
        }
    }

    private void step(int character, int from, double[] h, double[] c) {
        double[] embedding = model.layout().slice("embedding", point);
        double[] w = model.layout().slice("W", point);
        double[] u = model.layout().slice("U", point);
        double[] z = model.layout().slice("b", point);
        for (int j = 0; j < 4 * H; j++) {
            for (int e = 0; e < E; e++) {
                z[j] += embedding[character * E + e] * w[e * 4 * H + j];
            }
            for (int k = 0; k < H; k++) {
                z[j] += h[from + k] * u[k * 4 * H + j];
            }
        }
        for (int k = 0; k < H; k++) {
            c[from + k] = sigmoid(z[H + k]) * c[from + k] + sigmoid(z[k]) * Math.tanh(z[3 * H + k]);
            h[from + k] = sigmoid(z[2 * H + k]) * Math.tanh(c[from + k]);
        }
    }

    private double surprise(int next, int from, double[] h) {
        double[] readout = model.layout().slice("R", point);
        double[] scores = model.layout().slice("r", point);
        double sum = 0;
        for (int v = 0; v < V; v++) {
            for (int k = 0; k < H; k++) {
                scores[v] += h[from + k] * readout[k * V + v];
            }
            sum += Math.exp(scores[v]);
        }
        return Math.log(sum) - scores[next];
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
