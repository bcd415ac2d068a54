package dev.gradc.compiler.run;

import java.util.Arrays;

/**
 * A value with its shape: data for a model, or a result.
 *
 * @param values elements, row-major
 * @param shape extents; empty for a scalar
 */
public record Tensor(double[] values, int[] shape) {

    public Tensor {
        long size = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + size + " values, found " + values.length);
        }
    }

    /** A scalar. */
    public static Tensor scalar(double value) {
        return new Tensor(new double[] {value}, new int[0]);
    }

    /** A vector. */
    public static Tensor vector(double... values) {
        return new Tensor(values, new int[] {values.length});
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor t && Arrays.equals(values, t.values) && Arrays.equals(shape, t.shape);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return Arrays.toString(shape) + Arrays.toString(values);
    }
}
