package dev.gradc.samples.benchmarks.hand;

import java.util.Arrays;

/**
 * A matrix, or a part of one, in a flat array: element (i, j) is at {@code at + i * row + j * column}. Views are made once,
 * when a peer is.
 */
record Matrix(float[] elements, int at, int rows, int columns, int row, int column) {
    private static final int BLOCK = 64;

    /** A whole matrix, row-major. */
    static Matrix of(float[] elements, int rows, int columns) {
        return new Matrix(elements, 0, rows, columns, columns, 1);
    }

    /** A new matrix of zeros. */
    static Matrix zeros(int rows, int columns) {
        return of(new float[rows * columns], rows, columns);
    }

    /** The same elements with rows and columns exchanged. */
    Matrix transposed() {
        return new Matrix(elements, at, columns, rows, column, row);
    }

    /** Some rows of some columns. */
    Matrix part(int fromRow, int partRows, int fromColumn, int partColumns) {
        return new Matrix(elements, at + fromRow * row + fromColumn * column, partRows, partColumns, row, column);
    }

    /** Makes all elements of the array 0. */
    void clear() {
        Arrays.fill(elements, 0);
    }

    /** Copies the elements of a matrix of the same shape, however that is laid out. */
    void copy(Matrix source) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                elements[at + i * row + j * column] = source.elements[source.at + i * source.row + j * source.column];
            }
        }
    }

    /**
     * Adds a b. The rows of b and of this matrix must be contiguous; a may be transposed. The innermost loop runs along
     * them and takes four rows of b at a time; b is taken in blocks of 64 rows, which stay in the cache.
     */
    void addProduct(Matrix a, Matrix b) {
        for (int from = 0; from < a.columns; from += BLOCK) {
            int to = Math.min(a.columns, from + BLOCK);
            for (int i = 0; i < rows; i++) {
                addRow(i, a, b, from, to);
            }
        }
    }

    private void addRow(int i, Matrix a, Matrix b, int from, int to) {
        int k = from;
        for (; k + 4 <= to; k += 4) {
            int aAt = a.at + i * a.row + k * a.column;
            addFour(i, a.elements, aAt, a.column, b, k);
        }
        for (; k < to; k++) {
            float factor = a.elements[a.at + i * a.row + k * a.column];
            axpy(columns, factor, b.elements, b.at + k * b.row, elements, at + i * row);
        }
    }

    private void addFour(int i, float[] factors, int factorsAt, int step, Matrix b, int k) {
        float f0 = factors[factorsAt];
        float f1 = factors[factorsAt + step];
        float f2 = factors[factorsAt + 2 * step];
        float f3 = factors[factorsAt + 3 * step];
        int b0 = b.at + k * b.row;
        int b1 = b0 + b.row;
        int b2 = b1 + b.row;
        int b3 = b2 + b.row;
        combine(columns, elements, at + i * row, b.elements, f0, b0, f1, b1, f2, b2, f3, b3);
    }

    private static void combine(
            int n,
            float[] y,
            int yAt,
            float[] x,
            float f0,
            int x0,
            float f1,
            int x1,
            float f2,
            int x2,
            float f3,
            int x3) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] += f0 * x[x0 + j] + f1 * x[x1 + j] + f2 * x[x2 + j] + f3 * x[x3 + j];
        }
    }

    /** Adds factor x to y. */
    static void axpy(int n, float factor, float[] x, int xAt, float[] y, int yAt) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] += factor * x[xAt + j];
        }
    }
}
