package dev.gradc.samples.benchmarks.hand;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.Map;

/** Two convolutions and a dense layer. */
public final class HandCnn implements Peer {
    private final float[] images;
    private final int[] labels;
    private final Convolution first;
    private final Convolution second;
    private final float[] edges;
    private final int[] edgeWinners;
    private final float[] gradEdges;
    private final Matrix shapes;
    private final int[] shapeWinners;
    private final Matrix gradShapes;
    private final Matrix w;
    private final Matrix transposedW;
    private final Matrix gradW;
    private final float[] b;
    private final float[] gradB;
    private final Matrix scores;

    /** For the arrays of the model. */
    public HandCnn(Data data) {
        images = data.floats("X");
        labels = data.ints("y");
        int n = labels.length;
        first = new Convolution(data.floats("K1"), data.floats("b1"), 1, 28, 5, 2);
        second = new Convolution(data.floats("K2"), data.floats("b2"), first.outputs, first.pooledSize, 5, 0);
        int edgeCount = n * first.outputs * first.pooledSize * first.pooledSize;
        int features = second.outputs * second.pooledSize * second.pooledSize;
        edges = new float[edgeCount];
        edgeWinners = new int[edgeCount];
        gradEdges = new float[edgeCount];
        shapes = Matrix.zeros(n, features);
        shapeWinners = new int[n * features];
        gradShapes = Matrix.zeros(n, features);
        b = data.floats("b3");
        w = Matrix.of(data.floats("W3"), features, b.length);
        transposedW = Matrix.zeros(b.length, features);
        gradW = Matrix.zeros(features, b.length);
        gradB = new float[b.length];
        scores = Matrix.zeros(n, b.length);
    }

    @Override
    public double evaluate() {
        int imageSize = images.length / labels.length;
        int edgeSize = edges.length / labels.length;
        for (int n = 0; n < labels.length; n++) {
            first.forward(images, n * imageSize, edges, edgeWinners, n * edgeSize);
            second.forward(edges, n * edgeSize, shapes.elements(), shapeWinners, n * shapes.columns());
        }
        Layers.fillWithBias(scores, b);
        scores.addProduct(shapes, w);
        double loss = Layers.crossEntropy(scores, labels);
        backwardDense();
        first.clearGradients();
        second.clearGradients();
        for (int n = 0; n < labels.length; n++) {
            int at = n * shapes.columns();
            second.backward(edges, n * edgeSize, gradShapes.elements(), shapeWinners, at, gradEdges);
            first.backward(images, n * imageSize, gradEdges, edgeWinners, n * edgeSize, null);
        }
        return loss;
    }

    private void backwardDense() {
        Layers.sumRows(scores, gradB);
        gradW.clear();
        gradW.addProduct(shapes.transposed(), scores);
        transposedW.copy(w.transposed());
        gradShapes.clear();
        gradShapes.addProduct(scores, transposedW);
    }

    @Override
    public Map<String, double[]> results() {
        return Map.of(
                "K1", Data.widened(first.gradKernels),
                "b1", Data.widened(first.gradBias),
                "K2", Data.widened(second.gradKernels),
                "b2", Data.widened(second.gradBias),
                "W3", Data.widened(gradW.elements()),
                "b3", Data.widened(gradB));
    }
}
