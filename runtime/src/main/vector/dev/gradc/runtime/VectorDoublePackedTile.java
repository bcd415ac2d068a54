package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost part of a product of packed operands: a tile of C, of 5 rows or 8 and two vectors across, whose sums stay in
 * registers (Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, 2008).
 *
 * <p>The forms are what C2 (17 and 25) makes the best code of. Processors whose vectors have 512 bits have 32 registers for
 * them: 8 rows fill a slot, and where all indices are a multiple of the counter by a power of two that is known to the
 * compiler, all bounds checks leave the loop. Others have 16: 10 sums, 2 vectors of B and some of A fit these in whatever
 * order they are loaded, but with indices of that form, or 6 rows, C2 (25) keeps a sum in memory, which halves the speed;
 * indices that are counted up cost little. Nothing but the loop's own values is alive in it: C is found and added to
 * afterwards, or its places would take registers from the indices, and the loop would no longer be bound by its
 * multiplications but by the number of its instructions.
 */
final class VectorDoublePackedTile {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Elements of a vector. */
    static final int LENGTH = SPECIES.length();

    /** Whether there are registers for the sums of 8 rows. */
    static final boolean HAS_EIGHT_ROWS = SPECIES.vectorBitSize() >= 512;

    /** Most rows of a tile. */
    static final int ROWS = HAS_EIGHT_ROWS ? 8 : 5;

    /** Elements from one column of a packed sliver of A to the next. */
    static final int SLOT = 8;

    /** Columns of a tile, and elements from one row of a packed sliver of B to the next. */
    static final int COLUMNS = 2 * LENGTH;

    private VectorDoublePackedTile() {}

    /**
     * C = F + A B for the rows 0 to {@code last} of a tile, and those of its columns that two vectors cover, one at the
     * offset, one {@code second} elements further (0 to LENGTH). What the tile has more of comes to nothing: all loads of F,
     * which may be C, come before all stores, and the rows that are missing are stored first, where the last row is. A first
     * product is added to zeros: a branch that was not taken before would have the whole method thrown away and interpreted.
     *
     * @param a a sliver [k, SLOT]
     * @param b a sliver [k, COLUMNS]
     */
    static void multiply(
            int last,
            int k,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            int second,
            double[] from,
            int from0,
            int fromRow,
            double[] c,
            int c0,
            int cRow) {
        if (HAS_EIGHT_ROWS) {
            tile8(last, k, a, aOffset, b, bOffset, second, from, from0, fromRow, c, c0, cRow);
        } else {
            tile5(last, k, a, aOffset, b, bOffset, second, from, from0, fromRow, c, c0, cRow);
        }
    }

    private static void tile5(
            int last,
            int k,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            int second,
            double[] from,
            int from0,
            int fromRow,
            double[] c,
            int c0,
            int cRow) {
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = DoubleVector.zero(SPECIES);
        DoubleVector s10 = DoubleVector.zero(SPECIES);
        DoubleVector s11 = DoubleVector.zero(SPECIES);
        DoubleVector s20 = DoubleVector.zero(SPECIES);
        DoubleVector s21 = DoubleVector.zero(SPECIES);
        DoubleVector s30 = DoubleVector.zero(SPECIES);
        DoubleVector s31 = DoubleVector.zero(SPECIES);
        DoubleVector s40 = DoubleVector.zero(SPECIES);
        DoubleVector s41 = DoubleVector.zero(SPECIES);
        for (int p = 0, at = aOffset, bAt = bOffset; p < k; p++, at += SLOT, bAt += COLUMNS) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bAt + second);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[at]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = DoubleVector.broadcast(SPECIES, a[at + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = DoubleVector.broadcast(SPECIES, a[at + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = DoubleVector.broadcast(SPECIES, a[at + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            x = DoubleVector.broadcast(SPECIES, a[at + 4]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
        }
        int r1 = Math.min(1, last);
        int r2 = Math.min(2, last);
        int r3 = Math.min(3, last);
        int r4 = last;
        int f1 = from0 + r1 * fromRow;
        int f2 = from0 + r2 * fromRow;
        int f3 = from0 + r3 * fromRow;
        int f4 = from0 + r4 * fromRow;
        s00 = s00.add(DoubleVector.fromArray(SPECIES, from, from0));
        s01 = s01.add(DoubleVector.fromArray(SPECIES, from, from0 + second));
        s10 = s10.add(DoubleVector.fromArray(SPECIES, from, f1));
        s11 = s11.add(DoubleVector.fromArray(SPECIES, from, f1 + second));
        s20 = s20.add(DoubleVector.fromArray(SPECIES, from, f2));
        s21 = s21.add(DoubleVector.fromArray(SPECIES, from, f2 + second));
        s30 = s30.add(DoubleVector.fromArray(SPECIES, from, f3));
        s31 = s31.add(DoubleVector.fromArray(SPECIES, from, f3 + second));
        s40 = s40.add(DoubleVector.fromArray(SPECIES, from, f4));
        s41 = s41.add(DoubleVector.fromArray(SPECIES, from, f4 + second));
        int c1 = c0 + r1 * cRow;
        int c2 = c0 + r2 * cRow;
        int c3 = c0 + r3 * cRow;
        int c4 = c0 + r4 * cRow;
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + second);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + second);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + second);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + second);
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + second);
    }

    private static void tile8(
            int last,
            int k,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            int second,
            double[] from,
            int from0,
            int fromRow,
            double[] c,
            int c0,
            int cRow) {
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = DoubleVector.zero(SPECIES);
        DoubleVector s10 = DoubleVector.zero(SPECIES);
        DoubleVector s11 = DoubleVector.zero(SPECIES);
        DoubleVector s20 = DoubleVector.zero(SPECIES);
        DoubleVector s21 = DoubleVector.zero(SPECIES);
        DoubleVector s30 = DoubleVector.zero(SPECIES);
        DoubleVector s31 = DoubleVector.zero(SPECIES);
        DoubleVector s40 = DoubleVector.zero(SPECIES);
        DoubleVector s41 = DoubleVector.zero(SPECIES);
        DoubleVector s50 = DoubleVector.zero(SPECIES);
        DoubleVector s51 = DoubleVector.zero(SPECIES);
        DoubleVector s60 = DoubleVector.zero(SPECIES);
        DoubleVector s61 = DoubleVector.zero(SPECIES);
        DoubleVector s70 = DoubleVector.zero(SPECIES);
        DoubleVector s71 = DoubleVector.zero(SPECIES);
        for (int p = 0; p < k; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bOffset + p * COLUMNS);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bOffset + p * COLUMNS + second);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[aOffset + p * SLOT]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = DoubleVector.broadcast(SPECIES, a[aOffset + p * SLOT + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = DoubleVector.broadcast(SPECIES, a[aOffset + p * SLOT + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = DoubleVector.broadcast(SPECIES, a[aOffset + p * SLOT + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            x = DoubleVector.broadcast(SPECIES, a[aOffset + p * SLOT + 4]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            x = DoubleVector.broadcast(SPECIES, a[aOffset + p * SLOT + 5]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            x = DoubleVector.broadcast(SPECIES, a[aOffset + p * SLOT + 6]);
            s60 = x.fma(b0, s60);
            s61 = x.fma(b1, s61);
            x = DoubleVector.broadcast(SPECIES, a[aOffset + p * SLOT + 7]);
            s70 = x.fma(b0, s70);
            s71 = x.fma(b1, s71);
        }
        int r1 = Math.min(1, last);
        int r2 = Math.min(2, last);
        int r3 = Math.min(3, last);
        int r4 = Math.min(4, last);
        int r5 = Math.min(5, last);
        int r6 = Math.min(6, last);
        int r7 = last;
        int f1 = from0 + r1 * fromRow;
        int f2 = from0 + r2 * fromRow;
        int f3 = from0 + r3 * fromRow;
        int f4 = from0 + r4 * fromRow;
        int f5 = from0 + r5 * fromRow;
        int f6 = from0 + r6 * fromRow;
        int f7 = from0 + r7 * fromRow;
        s00 = s00.add(DoubleVector.fromArray(SPECIES, from, from0));
        s01 = s01.add(DoubleVector.fromArray(SPECIES, from, from0 + second));
        s10 = s10.add(DoubleVector.fromArray(SPECIES, from, f1));
        s11 = s11.add(DoubleVector.fromArray(SPECIES, from, f1 + second));
        s20 = s20.add(DoubleVector.fromArray(SPECIES, from, f2));
        s21 = s21.add(DoubleVector.fromArray(SPECIES, from, f2 + second));
        s30 = s30.add(DoubleVector.fromArray(SPECIES, from, f3));
        s31 = s31.add(DoubleVector.fromArray(SPECIES, from, f3 + second));
        s40 = s40.add(DoubleVector.fromArray(SPECIES, from, f4));
        s41 = s41.add(DoubleVector.fromArray(SPECIES, from, f4 + second));
        s50 = s50.add(DoubleVector.fromArray(SPECIES, from, f5));
        s51 = s51.add(DoubleVector.fromArray(SPECIES, from, f5 + second));
        s60 = s60.add(DoubleVector.fromArray(SPECIES, from, f6));
        s61 = s61.add(DoubleVector.fromArray(SPECIES, from, f6 + second));
        s70 = s70.add(DoubleVector.fromArray(SPECIES, from, f7));
        s71 = s71.add(DoubleVector.fromArray(SPECIES, from, f7 + second));
        int c1 = c0 + r1 * cRow;
        int c2 = c0 + r2 * cRow;
        int c3 = c0 + r3 * cRow;
        int c4 = c0 + r4 * cRow;
        int c5 = c0 + r5 * cRow;
        int c6 = c0 + r6 * cRow;
        int c7 = c0 + r7 * cRow;
        s70.intoArray(c, c7);
        s71.intoArray(c, c7 + second);
        s60.intoArray(c, c6);
        s61.intoArray(c, c6 + second);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + second);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + second);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + second);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + second);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + second);
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + second);
    }
}
