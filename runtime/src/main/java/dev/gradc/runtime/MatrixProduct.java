package dev.gradc.runtime;

import java.util.Arrays;

/**
 * Products of dense row-major matrices, in plain Java: inner loops run over contiguous memory without branches, which
 * HotSpot turns into vector code, and four rows share each pass over B.
 */
public final class MatrixProduct {

    private MatrixProduct() {}

    /**
     * C[m, n] = op(A)[m, k] op(B)[k, n]; C is overwritten.
     *
     * @param aTransposed whether A is stored as [k, m]
     * @param bTransposed whether B is stored as [n, k]
     */
    public static void multiply(
            int m,
            int n,
            int k,
            double[] a,
            int aOffset,
            boolean aTransposed,
            double[] b,
            int bOffset,
            boolean bTransposed,
            double[] c,
            int cOffset) {
        int aRow = aTransposed ? 1 : k;
        int aColumn = aTransposed ? m : 1;
        if (bTransposed) {
            multiplyRows(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, c, cOffset);
            return;
        }
        Arrays.fill(c, cOffset, cOffset + m * n, 0);
        int row = 0;
        for (; row + 4 <= m; row += 4) {
            addFourRows(n, k, a, aOffset + row * aRow, aRow, aColumn, b, bOffset, c, cOffset + row * n);
        }
        for (; row < m; row++) {
            addRow(n, k, a, aOffset + row * aRow, aColumn, b, bOffset, c, cOffset + row * n);
        }
    }

    private static void addFourRows(
            int n, int k, double[] a, int aOffset, int aRow, int aColumn, double[] b, int bOffset, double[] c, int c0) {
        int c1 = c0 + n;
        int c2 = c1 + n;
        int c3 = c2 + n;
        for (int p = 0; p < k; p++) {
            int at = aOffset + p * aColumn;
            double a0 = a[at];
            double a1 = a[at + aRow];
            double a2 = a[at + 2 * aRow];
            double a3 = a[at + 3 * aRow];
            int bRow = bOffset + p * n;
            for (int j = 0; j < n; j++) {
                double value = b[bRow + j];
                c[c0 + j] += a0 * value;
                c[c1 + j] += a1 * value;
                c[c2 + j] += a2 * value;
                c[c3 + j] += a3 * value;
            }
        }
    }

    private static void addRow(
            int n, int k, double[] a, int aOffset, int aColumn, double[] b, int bOffset, double[] c, int cOffset) {
        for (int p = 0; p < k; p++) {
            double factor = a[aOffset + p * aColumn];
            int bRow = bOffset + p * n;
            for (int j = 0; j < n; j++) {
                c[cOffset + j] += factor * b[bRow + j];
            }
        }
    }

    /** B stored as [n, k]: each element is a dot product; four columns share each pass over a row of A. */
    private static void multiplyRows(
            int m,
            int n,
            int k,
            double[] a,
            int aOffset,
            int aRow,
            int aColumn,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset) {
        for (int row = 0; row < m; row++) {
            int at = aOffset + row * aRow;
            int j = 0;
            for (; j + 4 <= n; j += 4) {
                fourDots(k, a, at, aColumn, b, bOffset + j * k, c, cOffset + row * n + j);
            }
            for (; j < n; j++) {
                c[cOffset + row * n + j] = dot(k, a, at, aColumn, b, bOffset + j * k);
            }
        }
    }

    private static void fourDots(int k, double[] a, int at, int aColumn, double[] b, int b0, double[] c, int cOffset) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int p = 0; p < k; p++) {
            double value = a[at + p * aColumn];
            s0 += value * b[b0 + p];
            s1 += value * b[b0 + k + p];
            s2 += value * b[b0 + 2 * k + p];
            s3 += value * b[b0 + 3 * k + p];
        }
        c[cOffset] = s0;
        c[cOffset + 1] = s1;
        c[cOffset + 2] = s2;
        c[cOffset + 3] = s3;
    }

    private static double dot(int k, double[] a, int at, int aColumn, double[] b, int bOffset) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
            sum += a[at + p * aColumn] * b[bOffset + p];
        }
        return sum;
    }

    /**
     * y[m] = op(A)[m, k] x; y is overwritten.
     *
     * @param aTransposed whether A is stored as [k, m]
     */
    public static void multiplyVector(
            int m,
            int k,
            double[] a,
            int aOffset,
            boolean aTransposed,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset) {
        if (aTransposed) {
            Arrays.fill(y, yOffset, yOffset + m, 0);
            addRow(m, k, x, xOffset, 1, a, aOffset, y, yOffset);
        } else {
            multiplyRows(1, m, k, x, xOffset, k, 1, a, aOffset, y, yOffset);
        }
    }
}
