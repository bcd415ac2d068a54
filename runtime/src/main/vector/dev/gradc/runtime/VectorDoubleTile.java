package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost part of a product of operands where they lie: a tile of C, of up to 6 rows, or 8 where there are 32
 * registers, and up to two vectors across, whose sums stay in registers. Edges need no masks: the two vectors may overlap,
 * and where rows are missing the tile takes its last one again; doing the same element twice does no harm.
 *
 * <p>The rows of A are contiguous because C2 then hoists the bounds checks of all of them; with strides along the rows it
 * checks each element, which costs a quarter of the speed on JDK 25.
 */
final class VectorDoubleTile {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Elements of a vector. */
    static final int LENGTH = SPECIES.length();

    /** Most rows of a tile. */
    static final int ROWS = VectorDoublePackedTile.HAS_EIGHT_ROWS ? 8 : 6;

    /** Most rows of a tile of one vector across: so many sums hide the time that one takes. */
    static final int NARROW_ROWS = 8;

    /** Most columns of a tile. */
    static final int COLUMNS = 2 * LENGTH;

    private VectorDoubleTile() {}

    /** How many rows the next tile best takes of those that are left: the tiles have 8, 6 or 4 rows, and few go to waste. */
    static int height(int left) {
        if (ROWS == 8 && (left > 12 || left == 8 || left == 7)) {
            return Math.min(8, left);
        } else if (left > 8 || left == 6) {
            return 6;
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
        if (rows > 6) {
            tile8(rows - 1, k, a, aOffset, aRow, b, bOffset, bRow, second, c, cOffset, cRow);
        } else if (rows > 4) {
            tile6(rows - 1, k, a, aOffset, aRow, b, bOffset, bRow, second, c, cOffset, cRow);
        } else {
            tile4(rows - 1, k, a, aOffset, aRow, b, bOffset, bRow, second, c, cOffset, cRow);
        }
    }

    /** C = A B for A[rows, k], of up to 8 rows, and for those columns of B and C that one vector covers. */
    static void multiplyNarrow(
            int rows,
            int k,
            double[] a,
            int a0,
            int aRow,
            double[] b,
            int bOffset,
            int bRow,
            double[] c,
            int c0,
            int cRow) {
        int last = rows - 1;
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
        for (int p = 0; p < k; p++) {
            DoubleVector row = DoubleVector.fromArray(SPECIES, b, bOffset + p * bRow);
            s0 = DoubleVector.broadcast(SPECIES, a[a0 + p]).fma(row, s0);
            s1 = DoubleVector.broadcast(SPECIES, a[a1 + p]).fma(row, s1);
            s2 = DoubleVector.broadcast(SPECIES, a[a2 + p]).fma(row, s2);
            s3 = DoubleVector.broadcast(SPECIES, a[a3 + p]).fma(row, s3);
            s4 = DoubleVector.broadcast(SPECIES, a[a4 + p]).fma(row, s4);
            s5 = DoubleVector.broadcast(SPECIES, a[a5 + p]).fma(row, s5);
            s6 = DoubleVector.broadcast(SPECIES, a[a6 + p]).fma(row, s6);
            s7 = DoubleVector.broadcast(SPECIES, a[a7 + p]).fma(row, s7);
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

    static void store(DoubleVector first, DoubleVector next, double[] c, int at, int second) {
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

    /** The tile of 8 rows. */
    private static void tile8(
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
        int r5 = Math.min(5, last);
        int r6 = Math.min(6, last);
        int r7 = last;
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
        DoubleVector c60 = DoubleVector.zero(SPECIES);
        DoubleVector c61 = DoubleVector.zero(SPECIES);
        DoubleVector c70 = DoubleVector.zero(SPECIES);
        DoubleVector c71 = DoubleVector.zero(SPECIES);
        int a1 = a0 + r1 * aRow;
        int a2 = a0 + r2 * aRow;
        int a3 = a0 + r3 * aRow;
        int a4 = a0 + r4 * aRow;
        int a5 = a0 + r5 * aRow;
        int a6 = a0 + r6 * aRow;
        int a7 = a0 + r7 * aRow;
        for (int p = 0, bAt = bOffset; p < k; p++, bAt += bRow) {
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
            x = DoubleVector.broadcast(SPECIES, a[a6 + p]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = DoubleVector.broadcast(SPECIES, a[a7 + p]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        store(c00, c01, c, c0, second);
        store(c10, c11, c, c0 + r1 * cRow, second);
        store(c20, c21, c, c0 + r2 * cRow, second);
        store(c30, c31, c, c0 + r3 * cRow, second);
        store(c40, c41, c, c0 + r4 * cRow, second);
        store(c50, c51, c, c0 + r5 * cRow, second);
        store(c60, c61, c, c0 + r6 * cRow, second);
        store(c70, c71, c, c0 + r7 * cRow, second);
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
