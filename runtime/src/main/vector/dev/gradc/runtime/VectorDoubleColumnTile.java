package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost part of a product with an A whose columns are the rows of an array, as in the gradient of a weight: a tile of
 * C whose sums stay in registers, of operands where they lie. What the tile takes of A at a time are neighbours, whose bounds
 * C2 checks at once; so nothing needs to be packed. There are no tiles of fewer rows: the last one overlaps the one before.
 */
final class VectorDoubleColumnTile {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Rows of a tile: with 6 in place of 5, C2 (25) keeps a sum in memory, which halves the speed. */
    static final int ROWS = VectorDoublePackedTile.ROWS;

    private VectorDoubleColumnTile() {}

    /** C = A B for as many rows as a tile has, and for those columns that two vectors cover as in {@link VectorDoubleTile}. */
    static void multiply(
            int k,
            double[] a,
            int aOffset,
            int aStride,
            double[] b,
            int bOffset,
            int bRow,
            int second,
            double[] c,
            int cOffset,
            int cRow) {
        if (ROWS == 8) {
            columns8(k, a, aOffset, aStride, b, bOffset, bRow, second, c, cOffset, cRow);
        } else {
            columns5(k, a, aOffset, aStride, b, bOffset, bRow, second, c, cOffset, cRow);
        }
    }

    /** C = A B for 8 rows, which are written in this order, and for those columns that one vector covers. */
    static void multiplyNarrow(
            int k,
            double[] a,
            int aOffset,
            int aStride,
            double[] b,
            int bOffset,
            int bRow,
            double[] c,
            int c0,
            int cRow) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = DoubleVector.zero(SPECIES);
        DoubleVector s2 = DoubleVector.zero(SPECIES);
        DoubleVector s3 = DoubleVector.zero(SPECIES);
        DoubleVector s4 = DoubleVector.zero(SPECIES);
        DoubleVector s5 = DoubleVector.zero(SPECIES);
        DoubleVector s6 = DoubleVector.zero(SPECIES);
        DoubleVector s7 = DoubleVector.zero(SPECIES);
        for (int p = 0, at = aOffset, bAt = bOffset; p < k; p++, at += aStride, bAt += bRow) {
            DoubleVector row = DoubleVector.fromArray(SPECIES, b, bAt);
            s0 = DoubleVector.broadcast(SPECIES, a[at]).fma(row, s0);
            s1 = DoubleVector.broadcast(SPECIES, a[at + 1]).fma(row, s1);
            s2 = DoubleVector.broadcast(SPECIES, a[at + 2]).fma(row, s2);
            s3 = DoubleVector.broadcast(SPECIES, a[at + 3]).fma(row, s3);
            s4 = DoubleVector.broadcast(SPECIES, a[at + 4]).fma(row, s4);
            s5 = DoubleVector.broadcast(SPECIES, a[at + 5]).fma(row, s5);
            s6 = DoubleVector.broadcast(SPECIES, a[at + 6]).fma(row, s6);
            s7 = DoubleVector.broadcast(SPECIES, a[at + 7]).fma(row, s7);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c0 + 1 * cRow);
        s2.intoArray(c, c0 + 2 * cRow);
        s3.intoArray(c, c0 + 3 * cRow);
        s4.intoArray(c, c0 + 4 * cRow);
        s5.intoArray(c, c0 + 5 * cRow);
        s6.intoArray(c, c0 + 6 * cRow);
        s7.intoArray(c, c0 + 7 * cRow);
    }

    private static void columns8(
            int k,
            double[] a,
            int aOffset,
            int aStride,
            double[] b,
            int bOffset,
            int bRow,
            int second,
            double[] c,
            int c0,
            int cRow) {
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
        for (int p = 0, at = aOffset, bAt = bOffset; p < k; p++, at += aStride, bAt += bRow) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bAt + second);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[at]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[at + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(SPECIES, a[at + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(SPECIES, a[at + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = DoubleVector.broadcast(SPECIES, a[at + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = DoubleVector.broadcast(SPECIES, a[at + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = DoubleVector.broadcast(SPECIES, a[at + 6]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = DoubleVector.broadcast(SPECIES, a[at + 7]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        VectorDoubleTile.store(c00, c01, c, c0, second);
        VectorDoubleTile.store(c10, c11, c, c0 + 1 * cRow, second);
        VectorDoubleTile.store(c20, c21, c, c0 + 2 * cRow, second);
        VectorDoubleTile.store(c30, c31, c, c0 + 3 * cRow, second);
        VectorDoubleTile.store(c40, c41, c, c0 + 4 * cRow, second);
        VectorDoubleTile.store(c50, c51, c, c0 + 5 * cRow, second);
        VectorDoubleTile.store(c60, c61, c, c0 + 6 * cRow, second);
        VectorDoubleTile.store(c70, c71, c, c0 + 7 * cRow, second);
    }

    private static void columns5(
            int k,
            double[] a,
            int aOffset,
            int aStride,
            double[] b,
            int bOffset,
            int bRow,
            int second,
            double[] c,
            int c0,
            int cRow) {
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
        for (int p = 0; p < k; p++) {
            int at = aOffset + p * aStride;
            int bAt = bOffset + p * bRow;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bAt + second);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[at]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = DoubleVector.broadcast(SPECIES, a[at + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = DoubleVector.broadcast(SPECIES, a[at + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = DoubleVector.broadcast(SPECIES, a[at + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = DoubleVector.broadcast(SPECIES, a[at + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
        }
        VectorDoubleTile.store(c00, c01, c, c0, second);
        VectorDoubleTile.store(c10, c11, c, c0 + 1 * cRow, second);
        VectorDoubleTile.store(c20, c21, c, c0 + 2 * cRow, second);
        VectorDoubleTile.store(c30, c31, c, c0 + 3 * cRow, second);
        VectorDoubleTile.store(c40, c41, c, c0 + 4 * cRow, second);
    }
}
