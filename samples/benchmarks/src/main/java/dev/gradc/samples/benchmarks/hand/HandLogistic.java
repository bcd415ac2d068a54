package dev.gradc.samples.benchmarks.hand;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.Arrays;
import java.util.Map;

/**
 * Logistic regression in one pass over the rows: score, loss, and the row's share of the gradient while it is in the
 * cache. The score is summed in eight lanes, which are independent of each other.
 */
public final class HandLogistic implements Peer {
    private final float[] features;
    private final float[] labels;
    private final float[] w;
    private final float[] b;
    private final float[] gradW;
    private final float[] gradB = new float[1];

    /** For the arrays {@code X}, {@code y}, {@code w} and {@code b}; a multiple of 8 features. */
    public HandLogistic(Data data) {
        features = data.floats("X");
        labels = data.floats("y");
        w = data.floats("w");
        b = data.floats("b");
        gradW = new float[w.length];
    }

    @Override
    public double evaluate() {
        int d = w.length;
        Arrays.fill(gradW, 0);
        double loss = 0;
        float byBias = 0;
        for (int i = 0; i < labels.length; i++) {
            float z = b[0] + dot(i * d);
            double e = Math.exp(-Math.abs(z));
            loss += Math.max(z, 0) - z * labels[i] + Math.log1p(e);
            double probability = z >= 0 ? 1 / (1 + e) : e / (1 + e);
            float residual = (float) (probability - labels[i]) / labels.length;
            byBias += residual;
            for (int j = 0; j < d; j++) {
                gradW[j] += residual * features[i * d + j];
            }
        }
        gradB[0] = byBias;
        return loss / labels.length;
    }

    private float dot(int at) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        for (int j = 0; j < w.length; j += 8) {
            s0 += features[at + j] * w[j];
            s1 += features[at + j + 1] * w[j + 1];
            s2 += features[at + j + 2] * w[j + 2];
            s3 += features[at + j + 3] * w[j + 3];
            s4 += features[at + j + 4] * w[j + 4];
            s5 += features[at + j + 5] * w[j + 5];
            s6 += features[at + j + 6] * w[j + 6];
            s7 += features[at + j + 7] * w[j + 7];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    @Override
    public Map<String, double[]> results() {
        return Map.of("w", Data.widened(gradW), "b", Data.widened(gradB));
    }
}
