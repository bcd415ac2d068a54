package dev.gradc.samples.benchmarks.hand;

import java.util.Arrays;

/** What networks have in common beside matrix products. */
final class Layers {
    private Layers() {}

    /** Makes every row of a matrix the bias, for a product to be added. */
    static void fillWithBias(Matrix scores, float[] bias) {
        for (int i = 0; i < scores.rows(); i++) {
            System.arraycopy(bias, 0, scores.elements(), i * bias.length, bias.length);
        }
    }

    /** Adds the rows of a gradient up to that of the bias. */
    static void sumRows(Matrix gradient, float[] biasGradient) {
        Arrays.fill(biasGradient, 0);
        for (int i = 0; i < gradient.rows(); i++) {
            Matrix.axpy(biasGradient.length, 1, gradient.elements(), i * biasGradient.length, biasGradient, 0);
        }
    }

    /** max(x, 0), in place. */
    static void relu(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }

    /** Keeps of a gradient what belongs to positive activations. */
    static void reluGradient(float[] activations, float[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = activations[i] > 0 ? gradient[i] : 0;
        }
    }

    /**
     * The mean cross entropy of the labels under the softmax of each row of scores, whose place its gradient takes.
     */
    static double crossEntropy(Matrix scores, int[] labels) {
        int n = scores.columns();
        double loss = 0;
        for (int i = 0; i < labels.length; i++) {
            int at = i * n;
            float label = scores.elements()[at + labels[i]];
            loss += softmax(scores.elements(), at, n) - label;
            for (int j = 0; j < n; j++) {
                scores.elements()[at + j] /= labels.length;
            }
            scores.elements()[at + labels[i]] -= 1f / labels.length;
        }
        return loss / labels.length;
    }

    /** Makes a row its softmax, and gives the logarithm of the sum of its exponentials. */
    static double softmax(float[] x, int at, int n) {
        float largest = x[at];
        for (int j = 1; j < n; j++) {
            largest = Math.max(largest, x[at + j]);
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            double exponential = Math.exp(x[at + j] - largest);
            x[at + j] = (float) exponential;
            sum += exponential;
        }
        float scale = (float) (1 / sum);
        for (int j = 0; j < n; j++) {
            x[at + j] *= scale;
        }
        return largest + Math.log(sum);
    }
}
