package dev.gradc.samples.benchmarks.hand;

import java.util.Arrays;

/** Layer normalisation: every row with mean 0 and variance 1, times a gain, plus a shift. The input has no gradient. */
final class Normalisation {
    private static final float EPSILON = 1e-5f;

    final float[] gradGain;
    final float[] gradShift;
    private final Matrix x;
    private final Matrix normal;
    private final float[] gain;
    private final float[] shift;

    Normalisation(Matrix x, float[] gain, float[] shift) {
        this.x = x;
        this.gain = gain;
        this.shift = shift;
        normal = Matrix.zeros(x.rows(), x.columns());
        gradGain = new float[gain.length];
        gradShift = new float[shift.length];
    }

    void forward(Matrix result) {
        int n = gain.length;
        for (int at = 0; at < x.elements().length; at += n) {
            float mean = 0;
            for (int j = 0; j < n; j++) {
                mean += x.elements()[at + j];
            }
            mean /= n;
            float variance = 0;
            for (int j = 0; j < n; j++) {
                float off = x.elements()[at + j] - mean;
                variance += off * off;
            }
            float scale = (float) (1 / Math.sqrt(variance / n + EPSILON));
            for (int j = 0; j < n; j++) {
                float normalised = (x.elements()[at + j] - mean) * scale;
                normal.elements()[at + j] = normalised;
                result.elements()[at + j] = normalised * gain[j] + shift[j];
            }
        }
    }

    void backward(Matrix gradient) {
        Arrays.fill(gradGain, 0);
        Arrays.fill(gradShift, 0);
        int n = gain.length;
        for (int at = 0; at < gradient.elements().length; at += n) {
            for (int j = 0; j < n; j++) {
                gradGain[j] += gradient.elements()[at + j] * normal.elements()[at + j];
                gradShift[j] += gradient.elements()[at + j];
            }
        }
    }
}
