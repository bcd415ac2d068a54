package dev.gradc.samples.gallery;

import static dev.gradc.samples.gallery.ModelAssert.assertClose;

import org.junit.jupiter.api.Test;

class TransformerTest {

    private static final int N = 2;
    private static final int T = 4;
    private static final int V = 5;
    private static final int D = 3;
    private static final int K = 2;
    private static final int E = 2;
    private static final int F = 4;

    private final Transformer model = new Transformer(N, T, V, D, K, E, F);
    private final int[] tokens = ModelAssert.positions(1, N * (T + 1), V);
    private final double[] point = ModelAssert.random(2, model.layout().size(), -1, 1);

    @Test
    void gradientAgreesWithDifferencesAndNoCallAllocates() {
        new ModelAssert(model, p -> model.forward(tokens, p), p -> model.valueAndGradient(tokens, p), model::backward)
                .gradientAgreesAt(point)
                .allocatesNothingAt(point);
    }

    @Test
    void lossIsThatOfLoopsOverTokens() {
        double[] embedding = get("embedding");
        double loss = 0;
        for (int n = 0; n < N; n++) {
            double[][] x = new double[T][D];
            for (int t = 0; t < T; t++) {
                for (int d = 0; d < D; d++) {
                    x[t][d] = embedding[tokens[n * (T + 1) + t] * D + d] + get("place")[t * D + d];
                }
            }
            attend(x);
            for (int t = 0; t < T; t++) {
                perceive(x[t]);
                double[] last = normalized(x[t], "3");
                double[] scores = times(last, transposed(embedding), V);
                double sum = 0;
                for (double score : scores) {
                    sum += Math.exp(score);
                }
                loss += (Math.log(sum) - scores[tokens[n * (T + 1) + t + 1]]) / (N * T);
            }
        }
        assertClose(model.forward(tokens, point), loss);
    }

    /** Adds to each position what the positions up to it tell it. */
    private void attend(double[][] x) {
        double[][] y = new double[T][];
        for (int t = 0; t < T; t++) {
            y[t] = normalized(x[t], "1");
        }
        for (int h = 0; h < K; h++) {
            for (int t = 0; t < T; t++) {
                double[] query = times(y[t], head("Wq", h), E);
                double[] mean = new double[E];
                double weights = 0;
                for (int s = 0; s <= t; s++) {
                    double[] key = times(y[s], head("Wk", h), E);
                    double[] value = times(y[s], head("Wv", h), E);
                    double weight = Math.exp((query[0] * key[0] + query[1] * key[1]) / Math.sqrt(E));
                    weights += weight;
                    for (int e = 0; e < E; e++) {
                        mean[e] += weight * value[e];
                    }
                }
                double[] told = times(mean, head("Wo", h), D);
                for (int d = 0; d < D; d++) {
                    x[t][d] += told[d] / weights;
                }
            }
        }
    }

    /** Adds what the perceptron makes of a position, with Φ of gelu by integration. */
    private void perceive(double[] x) {
        double[] hidden = times(normalized(x, "2"), get("W1"), F);
        for (int f = 0; f < F; f++) {
            double u = hidden[f] + get("b1")[f];
            hidden[f] = u * (0.5 + Simpson.integral(z -> Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI), 0, u));
        }
        double[] added = times(hidden, get("W2"), D);
        for (int d = 0; d < D; d++) {
            x[d] += added[d] + get("b2")[d];
        }
    }

    private double[] normalized(double[] x, String layer) {
        double mean = 0;
        double square = 0;
        for (double value : x) {
            mean += value / D;
        }
        for (double value : x) {
            square += (value - mean) * (value - mean) / D;
        }
        double[] y = new double[D];
        for (int d = 0; d < D; d++) {
            y[d] = (x[d] - mean) / Math.sqrt(square + 1e-5) * get("g" + layer)[d] + get("s" + layer)[d];
        }
        return y;
    }

    private static double[] times(double[] x, double[] w, int columns) {
        double[] y = new double[columns];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < columns; j++) {
                y[j] += x[i] * w[i * columns + j];
            }
        }
        return y;
    }

    private static double[] transposed(double[] embedding) {
        double[] t = new double[D * V];
        for (int v = 0; v < V; v++) {
            for (int d = 0; d < D; d++) {
                t[d * V + v] = embedding[v * D + d];
            }
        }
        return t;
    }

    private double[] head(String weights, int h) {
        double[] head = new double[D * E];
        System.arraycopy(get(weights), h * D * E, head, 0, D * E);
        return head;
    }

    private double[] get(String parameter) {
        return model.layout().slice(parameter, point);
    }
}
