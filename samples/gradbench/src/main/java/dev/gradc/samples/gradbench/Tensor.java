package dev.gradc.samples.gradbench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/**
 * Numbers in rows of rows, flat and row-major as models take them.
 *
 * @param shape the extents
 * @param values the elements; nobody else's array
 */
record Tensor(int[] shape, double[] values) {

    /**
     * The elements of arrays of arrays.
     *
     * @param name what the arrays are called in errors
     * @param rank how deep the arrays are nested
     * @throws IllegalArgumentException where they are of other depth, of different lengths, or not of numbers
     */
    static Tensor of(String name, JsonNode json, int rank) {
        int[] shape = new int[rank];
        JsonNode first = json;
        int size = 1;
        for (int axis = 0; axis < rank; axis++) {
            shape[axis] = first.size();
            size = Math.multiplyExact(size, shape[axis]);
            first = first.path(0);
        }
        double[] values = new double[size];
        fill(name, json, shape, 0, values, 0);
        return new Tensor(shape, values);
    }

    private static int fill(String name, JsonNode json, int[] shape, int axis, double[] values, int from) {
        if (axis == shape.length) {
            values[from] = Input.number(name, json);
            return from + 1;
        }
        if (!json.isArray() || json.size() != shape[axis]) {
            throw new IllegalArgumentException("`" + name + "` is not an array of shape " + Arrays.toString(shape)
                    + ", which its first rows have: give all rows the same number of elements");
        }
        int next = from;
        for (JsonNode row : json) {
            next = fill(name, row, shape, axis + 1, values, next);
        }
        return next;
    }

    int extent(int axis) {
        return shape[axis];
    }

    /**
     * The elements as whole numbers.
     *
     * @param name what they are called in errors
     */
    int[] integers(String name) {
        return Arrays.stream(values).mapToInt(value -> whole(name, value)).toArray();
    }

    private static int whole(String name, double value) {
        if ((int) value != value) {
            throw new IllegalArgumentException("`" + name + "` has an element that is not a whole number: " + value);
        }
        return (int) value;
    }

    /** The rows of a flat matrix with {@code columns} columns. */
    static double[][] rows(double[] matrix, int columns) {
        double[][] rows = new double[matrix.length / columns][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(matrix, i * columns, (i + 1) * columns);
        }
        return rows;
    }
}
