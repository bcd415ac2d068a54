package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost part of a product of operands where they lie: a tile of C, of up to 6 rows and up to two vectors across,
 * whose sums stay in registers. Edges need no masks: the two vectors may overlap, and where rows are missing the tile takes
 * its last one again; doing the same element twice does no harm.
 *
 * <p>The rows of A are contiguous because C2 then hoists the bounds checks of all of them; with strides along the rows it
 * checks each element, which costs a quarter of the speed on JDK 25.
 */
final class VectorDoubleTile {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Elements of a vector. */
    static final int LENGTH = SPECIES.length();

    /** Most rows of a tile. */
    static final int ROWS = 6;

    /** Most columns of a tile. */
    static final int COLUMNS = 2 * LENGTH;

    private VectorDoubleTile() {}

    /** How many rows the next tile best takes of those that are left: the tiles have 6 or 4 rows, and few go to waste. */
    static int height(int left) {
        if (left > 8 || left == 6) {
            return ROWS;
        }
        return left == 5 ? 5 : Math.min(4, left);
    }

    /**
     * C = A B for A[rows, k] and for those columns of B and C that two vectors cover, one at the offset, one
     * {@code second} elements further (0 to LENGTH); the rows of all three are contiguous.
     */
    static void multiply(
            int rows,
            int k,
            double[] a,
            int aOffset,
            int aRow,
            double[] b,
            int bOffset,
            int bRow,
            int second,
            double[] c,
            int cOffset,
            int cRow) {
        if (rows > 4) {
            tile6(rows - 1, k, a, aOffset, aRow, b, bOffset, bRow, second, c, cOffset, cRow);
        } else {
            tile4(rows - 1, k, a, aOffset, aRow, b, bOffset, bRow, second, c, cOffset, cRow);
        }
    }

    private static void store(DoubleVector first, DoubleVector next, double[] c, int at, int second) {
        first.intoArray(c, at);
        next.intoArray(c, at + second);
    }

    /** The tile of 6 rows. */
    private static void tile6(
            int last,
            int k,
            double[] a,
            int a0,
            int aRow,
            double[] b,
            int bOffset,
            int bRow,
            int second,
            double[] c,
            int c0,
            int cRow) {
        int r1 = Math.min(1, last);
        int r2 = Math.min(2, last);
        int r3 = Math.min(3, last);
        int r4 = Math.min(4, last);
        int r5 = last;
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        DoubleVector c20 = DoubleVector.zero(SPECIES);
        DoubleVector c21 = DoubleVector.zero(SPECIES);
        DoubleVector c30 = DoubleVector.zero(SPECIES);
        DoubleVector c31 = DoubleVector.zero(SPECIES);
        DoubleVector c40 = DoubleVector.zero(SPECIES);
        DoubleVector c41 = DoubleVector.zero(SPECIES);
        DoubleVector c50 = DoubleVector.zero(SPECIES);
        DoubleVector c51 = DoubleVector.zero(SPECIES);
        int a1 = a0 + r1 * aRow;
        int a2 = a0 + r2 * aRow;
        int a3 = a0 + r3 * aRow;
        int a4 = a0 + r4 * aRow;
        int a5 = a0 + r5 * aRow;
        for (int p = 0; p < k; p++) {
            int bAt = bOffset + p * bRow;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bAt + second);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[a0 + p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[a1 + p]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(SPECIES, a[a2 + p]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(SPECIES, a[a3 + p]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = DoubleVector.broadcast(SPECIES, a[a4 + p]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = DoubleVector.broadcast(SPECIES, a[a5 + p]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        store(c00, c01, c, c0, second);
        store(c10, c11, c, c0 + r1 * cRow, second);
        store(c20, c21, c, c0 + r2 * cRow, second);
        store(c30, c31, c, c0 + r3 * cRow, second);
        store(c40, c41, c, c0 + r4 * cRow, second);
        store(c50, c51, c, c0 + r5 * cRow, second);
    }

    /** The tile of 4 rows. */
    private static void tile4(
            int last,
            int k,
            double[] a,
            int a0,
            int aRow,
            double[] b,
            int bOffset,
            int bRow,
            int second,
            double[] c,
            int c0,
            int cRow) {
        int r1 = Math.min(1, last);
        int r2 = Math.min(2, last);
        int r3 = last;
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = DoubleVector.zero(SPECIES);
        DoubleVector c10 = DoubleVector.zero(SPECIES);
        DoubleVector c11 = DoubleVector.zero(SPECIES);
        DoubleVector c20 = DoubleVector.zero(SPECIES);
        DoubleVector c21 = DoubleVector.zero(SPECIES);
        DoubleVector c30 = DoubleVector.zero(SPECIES);
        DoubleVector c31 = DoubleVector.zero(SPECIES);
        int a1 = a0 + r1 * aRow;
        int a2 = a0 + r2 * aRow;
        int a3 = a0 + r3 * aRow;
        for (int p = 0; p < k; p++) {
            int bAt = bOffset + p * bRow;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bAt + second);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[a0 + p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[a1 + p]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(SPECIES, a[a2 + p]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(SPECIES, a[a3 + p]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
        }
        store(c00, c01, c, c0, second);
        store(c10, c11, c, c0 + r1 * cRow, second);
        store(c20, c21, c, c0 + r2 * cRow, second);
        store(c30, c31, c, c0 + r3 * cRow, second);
    }
}
