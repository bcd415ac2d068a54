package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost part of a product of packed operands: a tile of C, of 5 rows and two vectors across, whose sums stay in
 * registers (Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, 2008).
 *
 * <p>The form is what C2 (17 and 25) makes the best code of. All indices are a multiple of the counter by a power of two
 * that is known to the compiler, so all bounds checks leave the loop. 10 sums, 2 vectors of B and some of A fit 16 registers
 * in whatever order they are loaded; 6 rows would reuse more, but C2 then keeps a sum in memory. Nothing but the loop's own
 * values is alive in it: C is found and added to afterwards, or its places would take registers from the indices, and the
 * loop would no longer be bound by its multiplications but by the number of its instructions.
 */
final class VectorDoublePackedTile {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Elements of a vector. */
    static final int LENGTH = SPECIES.length();

    /** Most rows of a tile. */
    static final int ROWS = 5;

    /** Elements from one column of a packed sliver of A to the next. */
    static final int SLOT = 8;

    /** Columns of a tile, and elements from one row of a packed sliver of B to the next. */
    static final int COLUMNS = 2 * LENGTH;

    private VectorDoublePackedTile() {}

    /**
     * C = A B, or C += A B, for the rows 0 to {@code last} of a tile, and those of its columns that two vectors cover, one at
     * the offset, one {@code second} elements further (0 to LENGTH). What the tile has more of comes to nothing: all loads of
     * C come before all stores, and the rows that are missing are stored first, where the last row is.
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
            double[] c,
            int c0,
            int cRow,
            boolean add) {
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
        }
        int c1 = c0 + Math.min(1, last) * cRow;
        int c2 = c0 + Math.min(2, last) * cRow;
        int c3 = c0 + Math.min(3, last) * cRow;
        int c4 = c0 + last * cRow;
        if (add) {
            s00 = s00.add(DoubleVector.fromArray(SPECIES, c, c0));
            s01 = s01.add(DoubleVector.fromArray(SPECIES, c, c0 + second));
            s10 = s10.add(DoubleVector.fromArray(SPECIES, c, c1));
            s11 = s11.add(DoubleVector.fromArray(SPECIES, c, c1 + second));
            s20 = s20.add(DoubleVector.fromArray(SPECIES, c, c2));
            s21 = s21.add(DoubleVector.fromArray(SPECIES, c, c2 + second));
            s30 = s30.add(DoubleVector.fromArray(SPECIES, c, c3));
            s31 = s31.add(DoubleVector.fromArray(SPECIES, c, c3 + second));
            s40 = s40.add(DoubleVector.fromArray(SPECIES, c, c4));
            s41 = s41.add(DoubleVector.fromArray(SPECIES, c, c4 + second));
        }
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
