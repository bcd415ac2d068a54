package dev.gradc.samples.benchmarks.hand;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.HashMap;
import java.util.Map;

/** A perceptron of any number of layers: W1 and b1, W2 and b2, and so on, with relu between them. */
public final class HandMlp implements Peer {
    private final int layers;
    private final int[] labels;
    private final Matrix[] w;
    private final Matrix[] gradW;
    private final Matrix[] transposedW;
    private final float[][] b;
    private final float[][] gradB;
    /** [l] is what layer l reads; the last one has the scores */
    private final Matrix[] activations;

    private final Matrix[] gradActivations;

    /** For the arrays {@code X}, {@code y}, and the parameters there are. */
    public HandMlp(Data data) {
        labels = data.ints("y");
        layers = (int) data.arrays().keySet().stream()
                .filter(name -> name.startsWith("W"))
                .count();
        w = new Matrix[layers];
        gradW = new Matrix[layers];
        transposedW = new Matrix[layers];
        b = new float[layers][];
        gradB = new float[layers][];
        activations = new Matrix[layers + 1];
        gradActivations = new Matrix[layers + 1];
        activations[0] = Matrix.of(data.floats("X"), labels.length, data.extent("X", 1));
        for (int l = 0; l < layers; l++) {
            addLayer(l, data);
        }
    }

    private void addLayer(int l, Data data) {
        String weights = "W" + (l + 1);
        int inputs = data.extent(weights, 0);
        int outputs = data.extent(weights, 1);
        w[l] = Matrix.of(data.floats(weights), inputs, outputs);
        gradW[l] = Matrix.zeros(inputs, outputs);
        transposedW[l] = Matrix.zeros(outputs, inputs);
        b[l] = data.floats("b" + (l + 1));
        gradB[l] = new float[outputs];
        activations[l + 1] = Matrix.zeros(labels.length, outputs);
        gradActivations[l + 1] = l == layers - 1 ? activations[l + 1] : Matrix.zeros(labels.length, outputs);
    }

    @Override
    public double evaluate() {
        for (int l = 0; l < layers; l++) {
            Matrix out = activations[l + 1];
            Layers.fillWithBias(out, b[l]);
            out.addProduct(activations[l], w[l]);
            if (l < layers - 1) {
                Layers.relu(out.elements());
            }
        }
        double loss = Layers.crossEntropy(activations[layers], labels);
        for (int l = layers - 1; l >= 0; l--) {
            backward(l);
        }
        return loss;
    }

    private void backward(int l) {
        Matrix gradient = gradActivations[l + 1];
        Layers.sumRows(gradient, gradB[l]);
        gradW[l].clear();
        gradW[l].addProduct(activations[l].transposed(), gradient);
        if (l > 0) {
            transposedW[l].copy(w[l].transposed());
            gradActivations[l].clear();
            gradActivations[l].addProduct(gradient, transposedW[l]);
            Layers.reluGradient(activations[l].elements(), gradActivations[l].elements());
        }
    }

    @Override
    public Map<String, double[]> results() {
        Map<String, double[]> results = new HashMap<>();
        for (int l = 0; l < layers; l++) {
            results.put("W" + (l + 1), Data.widened(gradW[l].elements()));
            results.put("b" + (l + 1), Data.widened(gradB[l]));
        }
        return results;
    }
}
