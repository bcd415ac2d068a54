package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product with a B of so few columns that one vector covers them: its rows are copied to the width of a vector, A is
 * read where it lies. A vector is longer than a row of C; what it writes too much the next row takes back, and the last rows
 * are made elsewhere.
 */
final class VectorDoubleNarrow {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    /** Rows of a tile: so many sums hide the time that one takes. */
    private static final int ROWS = 8;

    /** Most terms of a sum: so many rows of B stay in the nearest caches. */
    static final int DEEPEST = 1024;

    private static final ThreadLocal<VectorDoubleNarrow> OF_THREAD = ThreadLocal.withInitial(VectorDoubleNarrow::new);

    private final double[] edge = new double[ROWS * LENGTH];
    private double[] columns = {};

    private VectorDoubleNarrow() {}

    static VectorDoubleNarrow ofThread() {
        return OF_THREAD.get();
    }

    /**
     * C[m, n] = op(A)[m, k] op(B)[k, n] for n of at most a vector and k of at most DEEPEST.
     *
     * @param aTransposed whether A is stored as [k, m]
     * @param bTransposed whether B is stored as [n, k]
     */
    void multiply(
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
        pack(n, k, b, bOffset, bTransposed);
        int end = cOffset + m * n;
        int aRow = aTransposed ? 1 : k;
        int aColumn = aTransposed ? m : 1;
        for (int i = 0; i < m; i += ROWS) {
            int last = Math.min(ROWS, m - i) - 1;
            int at = cOffset + i * n;
            if (at + last * n + LENGTH <= end) {
                tile(last, k, a, aOffset + i * aRow, aRow, aColumn, columns, c, at, n);
            } else {
                tile(last, k, a, aOffset + i * aRow, aRow, aColumn, columns, edge, 0, LENGTH);
                for (int row = 0; row <= last; row++) {
                    System.arraycopy(edge, row * LENGTH, c, at + row * n, n);
                }
            }
        }
    }

    /** Rows of B at the distance of a vector; what is behind them does not matter. */
    private void pack(int n, int k, double[] b, int bOffset, boolean bTransposed) {
        if (columns.length < k * LENGTH) {
            columns = new double[k * LENGTH];
        }
        if (bTransposed) {
            for (int j = 0; j < n; j++) {
                spread(k, b, bOffset + j * k, columns, j);
            }
        } else {
            for (int p = 0; p < k; p++) {
                System.arraycopy(b, bOffset + p * n, columns, p * LENGTH, n);
            }
        }
    }

    private static void spread(int k, double[] from, int fromOffset, double[] to, int toOffset) {
        for (int p = 0; p < k; p++) {
            to[toOffset + p * LENGTH] = from[fromOffset + p];
        }
    }

    /** Rows 0 to {@code last} of C, in this order. */
    private static void tile(
            int last, int k, double[] a, int a0, int aRow, int aColumn, double[] b, double[] c, int c0, int cRow) {
        int r1 = Math.min(1, last);
        int r2 = Math.min(2, last);
        int r3 = Math.min(3, last);
        int r4 = Math.min(4, last);
        int r5 = Math.min(5, last);
        int r6 = Math.min(6, last);
        int r7 = last;
        int a1 = a0 + r1 * aRow;
        int a2 = a0 + r2 * aRow;
        int a3 = a0 + r3 * aRow;
        int a4 = a0 + r4 * aRow;
        int a5 = a0 + r5 * aRow;
        int a6 = a0 + r6 * aRow;
        int a7 = a0 + r7 * aRow;
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = DoubleVector.zero(SPECIES);
        DoubleVector s2 = DoubleVector.zero(SPECIES);
        DoubleVector s3 = DoubleVector.zero(SPECIES);
        DoubleVector s4 = DoubleVector.zero(SPECIES);
        DoubleVector s5 = DoubleVector.zero(SPECIES);
        DoubleVector s6 = DoubleVector.zero(SPECIES);
        DoubleVector s7 = DoubleVector.zero(SPECIES);
        for (int p = 0, q = 0; p < k; p++, q += aColumn) {
            DoubleVector row = DoubleVector.fromArray(SPECIES, b, p * LENGTH);
            s0 = DoubleVector.broadcast(SPECIES, a[a0 + q]).fma(row, s0);
            s1 = DoubleVector.broadcast(SPECIES, a[a1 + q]).fma(row, s1);
            s2 = DoubleVector.broadcast(SPECIES, a[a2 + q]).fma(row, s2);
            s3 = DoubleVector.broadcast(SPECIES, a[a3 + q]).fma(row, s3);
            s4 = DoubleVector.broadcast(SPECIES, a[a4 + q]).fma(row, s4);
            s5 = DoubleVector.broadcast(SPECIES, a[a5 + q]).fma(row, s5);
            s6 = DoubleVector.broadcast(SPECIES, a[a6 + q]).fma(row, s6);
            s7 = DoubleVector.broadcast(SPECIES, a[a7 + q]).fma(row, s7);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c0 + r1 * cRow);
        s2.intoArray(c, c0 + r2 * cRow);
        s3.intoArray(c, c0 + r3 * cRow);
        s4.intoArray(c, c0 + r4 * cRow);
        s5.intoArray(c, c0 + r5 * cRow);
        s6.intoArray(c, c0 + r6 * cRow);
        s7.intoArray(c, c0 + r7 * cRow);
    }
}
