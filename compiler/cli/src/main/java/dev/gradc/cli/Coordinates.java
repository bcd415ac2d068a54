package dev.gradc.cli;

import dev.gradc.compiler.run.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The coordinates of a vector that are held one by one: all, or a sample of them, evenly spread, where there are many. */
record Coordinates(int[] chosen, int of) {

    private static final int MANY = 64;
    private static final int SAMPLE = 16;

    static Coordinates of(int size) {
        int count = size > MANY ? SAMPLE : size;
        return new Coordinates(
                IntStream.range(0, count)
                        .map(i -> (int) ((long) i * size / count))
                        .toArray(),
                size);
    }

    /** How many are held, where that is not all. */
    String extent(String others) {
        return chosen.length == of ? "" : chosen.length + " of " + of + " elements" + others;
    }

    double[] pick(double[] values) {
        return Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
    }

    /** {@code values} with others in the chosen places. */
    double[] replace(double[] values, double[] replacements) {
        double[] replaced = values.clone();
        for (int i = 0; i < chosen.length; i++) {
            replaced[chosen[i]] = replacements[i];
        }
        return replaced;
    }

    /** Where in a tensor the chosen coordinate {@code number} is, as indices from 0. */
    String place(int number, Tensor tensor) {
        int[] shape = tensor.shape();
        int[] indices = new int[shape.length];
        int rest = chosen[number];
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            indices[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return Arrays.toString(indices);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coordinates c && of == c.of && Arrays.equals(chosen, c.chosen);
    }

    @Override
    public int hashCode() {
        return 31 * of + Arrays.hashCode(chosen);
    }

    @Override
    public String toString() {
        return Arrays.toString(chosen) + " of " + of;
    }
}
