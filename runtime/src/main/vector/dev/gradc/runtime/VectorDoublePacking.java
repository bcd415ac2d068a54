package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies of parts of matrices, in the order in which {@link VectorDoublePackedTile} reads them. */
final class VectorDoublePacking {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = VectorDoublePackedTile.LENGTH;
    private static final int ROWS = VectorDoublePackedTile.ROWS;
    private static final int SLOT = VectorDoublePackedTile.SLOT;
    private static final int COLUMNS = VectorDoublePackedTile.COLUMNS;

    /** Elements of the vectors that are copied for a slot: of a longer one the next slot takes the rest back. */
    private static final int WHOLE_SLOT = Math.max(SLOT, LENGTH);

    /** Elements that may be written behind the slivers of A. */
    static final int BEHIND = WHOLE_SLOT - SLOT;

    private VectorDoublePacking() {}

    /**
     * Rows of A as slivers [k, SLOT] of ROWS rows each; what is in the place of rows that are missing does not matter.
     *
     * @param aTransposed whether the rows are columns of the array: else their elements are adjacent
     * @param stride from one row of the array to the next
     */
    static void packRows(int rows, int k, double[] a, int aOffset, boolean aTransposed, int stride, double[] to) {
        int at = 0;
        for (int i = 0; i < rows; i += ROWS) {
            if (!aTransposed) {
                for (int row = 0; row < Math.min(ROWS, rows - i); row++) {
                    spreadA(k, a, aOffset + (i + row) * stride, to, at + row);
                }
            } else {
                copySlots(k, Math.min(ROWS, rows - i), a, aOffset + i, stride, to, at);
            }
            at += k * SLOT;
        }
    }

    /** A row of A to every SLOT-th place: C2 unrolls this loop, of a stride that it knows, and no wider one. */
    private static void spreadA(int k, double[] from, int fromOffset, double[] to, int toOffset) {
        for (int p = 0; p < k; p++) {
            to[toOffset + p * SLOT] = from[fromOffset + p];
        }
    }

    /** A column of B to every COLUMNS-th place. */
    private static void spreadB(int k, double[] from, int fromOffset, double[] to, int toOffset) {
        for (int p = 0; p < k; p++) {
            to[toOffset + p * COLUMNS] = from[fromOffset + p];
        }
    }

    /** Whole slots, what follows the sliver's rows included, while the array has it. */
    private static void copySlots(int k, int rows, double[] a, int aOffset, int stride, double[] to, int toOffset) {
        int whole = readable(k, WHOLE_SLOT, a, aOffset, stride);
        for (int p = 0; p < whole; p++) {
            for (int i = 0; i < SLOT; i += LENGTH) {
                DoubleVector.fromArray(SPECIES, a, aOffset + p * stride + i).intoArray(to, toOffset + p * SLOT + i);
            }
        }
        for (int p = whole; p < k; p++) {
            for (int i = 0; i < rows; i++) {
                to[toOffset + p * SLOT + i] = a[aOffset + p * stride + i];
            }
        }
    }

    /** How many of {@code k} rows have so many elements before the end of the array. */
    private static int readable(int k, int elements, double[] array, int offset, int stride) {
        int room = array.length - offset - elements;
        return room < 0 ? 0 : Math.min(k, room / stride + 1);
    }

    /**
     * Columns of B as slivers [k, COLUMNS]; what is in the place of columns that are missing does not matter.
     *
     * @param bTransposed whether the columns are rows of the array: else the elements of a row of B are adjacent
     * @param stride from one row of the array to the next
     */
    static void packColumns(int columns, int k, double[] b, int bOffset, boolean bTransposed, int stride, double[] to) {
        for (int j = 0; j < columns; j += COLUMNS) {
            int width = Math.min(COLUMNS, columns - j);
            int at = j * k;
            if (bTransposed) {
                for (int column = 0; column < width; column++) {
                    spreadB(k, b, bOffset + (j + column) * stride, to, at + column);
                }
            } else {
                copyVectors(k, width, b, bOffset + j, stride, to, at);
            }
        }
    }

    /** Whole rows of the sliver, what follows the columns included, while the array has it. */
    private static void copyVectors(int k, int width, double[] b, int bOffset, int stride, double[] to, int toOffset) {
        int whole = readable(k, COLUMNS, b, bOffset, stride);
        for (int p = 0; p < whole; p++) {
            int from = bOffset + p * stride;
            int at = toOffset + p * COLUMNS;
            DoubleVector.fromArray(SPECIES, b, from).intoArray(to, at);
            DoubleVector.fromArray(SPECIES, b, from + LENGTH).intoArray(to, at + LENGTH);
        }
        for (int p = whole; p < k; p++) {
            System.arraycopy(b, bOffset + p * stride, to, toOffset + p * COLUMNS, width);
        }
    }
}
