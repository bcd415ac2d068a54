package dev.gradc.runtime;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * C = A B' of few rows and long sums: both operands are read where they lie, along their rows, into sixteen vectors of partial
 * sums at a time. Packing would cost more than so few products; and more than what these vectors, too many for processors
 * with sixteen registers, cost there.
 */
final class VectorDoubleDots {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    /** Rows of A in a tile. */
    private static final int ROWS = 4;

    /** Rows of B in a tile. */
    private static final int COLUMNS = 4;

    /** Numbers that the sums of a tile are made of. */
    static final int ROOM = ROWS * COLUMNS * LENGTH;

    /** Terms that are added up at a time, so that the rows of a tile stay in the first cache. */
    private static final int DEPTH = 8192 / Double.BYTES;

    private VectorDoubleDots() {}

    /**
     * C[m, n] = A[m, k] B'[k, n], B stored as [n, k].
     *
     * @param lanes room for {@link #ROOM} numbers
     */
    static void multiply(
            int m,
            int n,
            int k,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset,
            double[] lanes) {
        Arrays.fill(c, cOffset, cOffset + m * n, 0);
        for (int p = 0; p < k; p += DEPTH) {
            int depth = Math.min(DEPTH, k - p);
            for (int j = 0; j < n; j += COLUMNS) {
                int lastColumn = Math.min(COLUMNS, n - j) - 1;
                for (int i = 0; i < m; i += ROWS) {
                    int lastRow = Math.min(ROWS, m - i) - 1;
                    tile(lastRow, lastColumn, depth, k, a, aOffset + i * k + p, b, bOffset + j * k + p, lanes);
                    addLanes(lastRow, lastColumn, lanes, c, cOffset + i * n + j, n);
                }
            }
        }
    }

    /** The sums of a tile as vectors of partial sums; beyond the last row and column, those of the last. */
    private static void tile(
            int lastRow, int lastColumn, int depth, int k, double[] a, int a0, double[] b, int b0, double[] lanes) {
        int a1 = a0 + Math.min(1, lastRow) * k;
        int a2 = a0 + Math.min(2, lastRow) * k;
        int a3 = a0 + lastRow * k;
        int b1 = b0 + Math.min(1, lastColumn) * k;
        int b2 = b0 + Math.min(2, lastColumn) * k;
        int b3 = b0 + lastColumn * k;
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = s00;
        DoubleVector s02 = s00;
        DoubleVector s03 = s00;
        DoubleVector s10 = s00;
        DoubleVector s11 = s00;
        DoubleVector s12 = s00;
        DoubleVector s13 = s00;
        DoubleVector s20 = s00;
        DoubleVector s21 = s00;
        DoubleVector s22 = s00;
        DoubleVector s23 = s00;
        DoubleVector s30 = s00;
        DoubleVector s31 = s00;
        DoubleVector s32 = s00;
        DoubleVector s33 = s00;
        int whole = depth - depth % LENGTH;
        for (int p = 0; p < whole; p += LENGTH) {
            DoubleVector v0 = DoubleVector.fromArray(SPECIES, b, b0 + p);
            DoubleVector v1 = DoubleVector.fromArray(SPECIES, b, b1 + p);
            DoubleVector v2 = DoubleVector.fromArray(SPECIES, b, b2 + p);
            DoubleVector v3 = DoubleVector.fromArray(SPECIES, b, b3 + p);
            DoubleVector u = DoubleVector.fromArray(SPECIES, a, a0 + p);
            s00 = u.fma(v0, s00);
            s01 = u.fma(v1, s01);
            s02 = u.fma(v2, s02);
            s03 = u.fma(v3, s03);
            u = DoubleVector.fromArray(SPECIES, a, a1 + p);
            s10 = u.fma(v0, s10);
            s11 = u.fma(v1, s11);
            s12 = u.fma(v2, s12);
            s13 = u.fma(v3, s13);
            u = DoubleVector.fromArray(SPECIES, a, a2 + p);
            s20 = u.fma(v0, s20);
            s21 = u.fma(v1, s21);
            s22 = u.fma(v2, s22);
            s23 = u.fma(v3, s23);
            u = DoubleVector.fromArray(SPECIES, a, a3 + p);
            s30 = u.fma(v0, s30);
            s31 = u.fma(v1, s31);
            s32 = u.fma(v2, s32);
            s33 = u.fma(v3, s33);
        }
        s00.intoArray(lanes, 0);
        s01.intoArray(lanes, LENGTH);
        s02.intoArray(lanes, 2 * LENGTH);
        s03.intoArray(lanes, 3 * LENGTH);
        s10.intoArray(lanes, 4 * LENGTH);
        s11.intoArray(lanes, 5 * LENGTH);
        s12.intoArray(lanes, 6 * LENGTH);
        s13.intoArray(lanes, 7 * LENGTH);
        s20.intoArray(lanes, 8 * LENGTH);
        s21.intoArray(lanes, 9 * LENGTH);
        s22.intoArray(lanes, 10 * LENGTH);
        s23.intoArray(lanes, 11 * LENGTH);
        s30.intoArray(lanes, 12 * LENGTH);
        s31.intoArray(lanes, 13 * LENGTH);
        s32.intoArray(lanes, 14 * LENGTH);
        s33.intoArray(lanes, 15 * LENGTH);
        int rest = depth - whole;
        addRest(rest, a, a0 + whole, b, b0 + whole, b1 + whole, b2 + whole, b3 + whole, lanes, 0);
        addRest(rest, a, a1 + whole, b, b0 + whole, b1 + whole, b2 + whole, b3 + whole, lanes, COLUMNS * LENGTH);
        addRest(rest, a, a2 + whole, b, b0 + whole, b1 + whole, b2 + whole, b3 + whole, lanes, 2 * COLUMNS * LENGTH);
        addRest(rest, a, a3 + whole, b, b0 + whole, b1 + whole, b2 + whole, b3 + whole, lanes, 3 * COLUMNS * LENGTH);
    }

    /** The terms of a row that are fewer than a vector. */
    private static void addRest(
            int rest, double[] a, int a0, double[] b, int b0, int b1, int b2, int b3, double[] lanes, int at) {
        for (int p = 0; p < rest; p++) {
            lanes[at + p] += a[a0 + p] * b[b0 + p];
            lanes[at + LENGTH + p] += a[a0 + p] * b[b1 + p];
            lanes[at + 2 * LENGTH + p] += a[a0 + p] * b[b2 + p];
            lanes[at + 3 * LENGTH + p] += a[a0 + p] * b[b3 + p];
        }
    }

    private static void addLanes(int lastRow, int lastColumn, double[] lanes, double[] c, int cOffset, int n) {
        for (int row = 0; row <= lastRow; row++) {
            for (int column = 0; column <= lastColumn; column++) {
                c[cOffset + row * n + column] += VectorDoubleRows.sum(lanes, (row * COLUMNS + column) * LENGTH);
            }
        }
    }
}
