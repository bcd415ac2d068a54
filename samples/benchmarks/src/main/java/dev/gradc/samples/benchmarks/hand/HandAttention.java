package dev.gradc.samples.benchmarks.hand;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.Map;

/** A block of self-attention: normalisation, projections, the heads one after the other, projection, residual path. */
public final class HandAttention implements Peer {
    private static final int HEADS = 4;

    private final Normalisation normalisation;
    private final Matrix x;
    private final Matrix target;
    private final Projection query;
    private final Projection key;
    private final Projection value;
    private final Projection output;
    private final Head[] heads;
    private final Matrix z;
    private final Matrix mixed;
    private final Matrix gradMixed;
    private final Matrix gradZ;

    /** For the arrays of the model. */
    public HandAttention(Data data) {
        int sequences = data.extent("X", 0);
        int positions = data.extent("X", 1);
        int width = data.extent("X", 2);
        int rows = sequences * positions;
        x = Matrix.of(data.floats("X"), rows, width);
        target = Matrix.of(data.floats("target"), rows, width);
        z = Matrix.zeros(rows, width);
        mixed = Matrix.zeros(rows, width);
        gradMixed = Matrix.zeros(rows, width);
        gradZ = Matrix.zeros(rows, width);
        normalisation = new Normalisation(x, data.floats("gain"), data.floats("shift"));
        query = new Projection(data.floats("Wq"), rows, width);
        key = new Projection(data.floats("Wk"), rows, width);
        value = new Projection(data.floats("Wv"), rows, width);
        output = new Projection(data.floats("Wo"), rows, width);
        heads = new Head[sequences * HEADS];
        int size = width / HEADS;
        for (int i = 0; i < heads.length; i++) {
            heads[i] = new Head(
                    part(query, i, positions, size),
                    part(key, i, positions, size),
                    part(value, i, positions, size),
                    new Head.Pair(part(mixed, i, positions, size), part(gradMixed, i, positions, size)));
        }
    }

    private static Head.Pair part(Projection projection, int i, int positions, int size) {
        return new Head.Pair(
                part(projection.result, i, positions, size), part(projection.gradResult, i, positions, size));
    }

    private static Matrix part(Matrix whole, int i, int positions, int size) {
        return whole.part(i / HEADS * positions, positions, i % HEADS * size, size);
    }

    @Override
    public double evaluate() {
        normalisation.forward(z);
        query.forward(z);
        key.forward(z);
        value.forward(z);
        mixed.clear();
        for (Head head : heads) {
            head.forward();
        }
        output.forward(mixed);
        double loss = distance();
        gradMixed.clear();
        output.backward(mixed, gradMixed);
        query.gradResult.clear();
        key.gradResult.clear();
        value.gradResult.clear();
        for (Head head : heads) {
            head.backward();
        }
        gradZ.clear();
        query.backward(z, gradZ);
        key.backward(z, gradZ);
        value.backward(z, gradZ);
        normalisation.backward(gradZ);
        return loss;
    }

    /** The mean squared distance from the target; its gradient is that of the last projection. */
    private double distance() {
        int n = x.elements().length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            float off = x.elements()[i] + output.result.elements()[i] - target.elements()[i];
            sum += off * off;
            output.gradResult.elements()[i] = 2 * off / n;
        }
        return sum / n;
    }

    @Override
    public Map<String, double[]> results() {
        return Map.of(
                "gain", Data.widened(normalisation.gradGain),
                "shift", Data.widened(normalisation.gradShift),
                "Wq", Data.widened(query.gradW.elements()),
                "Wk", Data.widened(key.gradW.elements()),
                "Wv", Data.widened(value.gradW.elements()),
                "Wo", Data.widened(output.gradW.elements()));
    }
}
