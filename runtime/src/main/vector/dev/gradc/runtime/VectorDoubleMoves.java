package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** A vector of a row at a time: the last may overlap the one before, and is made of what was there before either. */
final class VectorDoubleMoves extends PortableDoubleMoves {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    /** Shorter rows are as fast number by number. */
    private static final int SHORTEST = 5;

    /** Copies of longer rows are as fast by the virtual machine's own. */
    private static final int LONG = 8 * LENGTH;

    @Override
    public void copyRows(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride) {
        if (n >= LENGTH && n <= LONG) {
            copyVectors(rows, n - LENGTH, x, xOffset, xStride, y, yOffset, yStride);
        } else if (n >= SHORTEST && n < LENGTH && yStride == n) {
            int done = copyOver(rows, n, x, xOffset, xStride, y, yOffset);
            super.copyRows(rows - done, n, x, xOffset + done * xStride, xStride, y, yOffset + done * n, n);
        } else {
            super.copyRows(rows, n, x, xOffset, xStride, y, yOffset, yStride);
        }
    }

    private static void copyVectors(
            int rows, int last, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride) {
        for (int row = 0; row < rows; row++) {
            int from = xOffset + row * xStride;
            int to = yOffset + row * yStride;
            for (int i = 0; i < last; i += LENGTH) {
                DoubleVector.fromArray(SPECIES, x, from + i).intoArray(y, to + i);
            }
            DoubleVector.fromArray(SPECIES, x, from + last).intoArray(y, to + last);
        }
    }

    /** Copies rows that are followed by each other: what a vector writes too much the next row takes back. Gives their number. */
    private static int copyOver(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset) {
        int end = yOffset + rows * n - LENGTH;
        int row = 0;
        int from = xOffset;
        for (int to = yOffset; to <= end && from <= x.length - LENGTH; to += n) {
            DoubleVector.fromArray(SPECIES, x, from).intoArray(y, to);
            from += xStride;
            row++;
        }
        return row;
    }

    @Override
    public void addRows(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride) {
        if (yStride == 0) {
            int whole = n - n % LENGTH;
            sumRows(rows, whole, x, xOffset, xStride, y, yOffset);
            super.addRows(rows, n - whole, x, xOffset + whole, xStride, y, yOffset + whole, 0);
        } else if (n >= LENGTH) {
            for (int row = 0; row < rows; row++) {
                addRow(n - LENGTH, x, xOffset + row * xStride, y, yOffset + row * yStride);
            }
        } else if (n >= SHORTEST) {
            addEverySecond((rows + 1) / 2, n, x, xOffset, 2 * xStride, y, yOffset, 2 * yStride);
            addEverySecond(rows / 2, n, x, xOffset + xStride, 2 * xStride, y, yOffset + yStride, 2 * yStride);
        } else {
            super.addRows(rows, n, x, xOffset, xStride, y, yOffset, yStride);
        }
    }

    /**
     * Adds to the first lanes of a vector and writes the others as they are. Rows that overlap in this way are not added one
     * after the other: a processor waits where it reads what was written in part only just before.
     */
    private static void addEverySecond(
            int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride) {
        VectorMask<Double> mask = SPECIES.indexInRange(0, n);
        for (int row = 0; row < rows; row++) {
            int from = xOffset + row * xStride;
            int to = yOffset + row * yStride;
            if (from <= x.length - LENGTH && to <= y.length - LENGTH) {
                DoubleVector before = DoubleVector.fromArray(SPECIES, y, to);
                before.blend(before.add(DoubleVector.fromArray(SPECIES, x, from)), mask)
                        .intoArray(y, to);
            } else {
                for (int i = 0; i < n; i++) {
                    y[to + i] += x[from + i];
                }
            }
        }
    }

    private static void addRow(int last, double[] x, int xOffset, double[] y, int yOffset) {
        DoubleVector end = DoubleVector.fromArray(SPECIES, y, yOffset + last)
                .add(DoubleVector.fromArray(SPECIES, x, xOffset + last));
        for (int i = 0; i < last; i += LENGTH) {
            DoubleVector.fromArray(SPECIES, y, yOffset + i)
                    .add(DoubleVector.fromArray(SPECIES, x, xOffset + i))
                    .intoArray(y, yOffset + i);
        }
        end.intoArray(y, yOffset + last);
    }

    /** All rows to the same one, of whole vectors: four rows at a time, in their order. */
    private static void sumRows(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset) {
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            addFour(n, x, xOffset + row * xStride, xStride, y, yOffset);
        }
        for (; row < rows && n > 0; row++) {
            addRow(n - LENGTH, x, xOffset + row * xStride, y, yOffset);
        }
    }

    private static void addFour(int n, double[] x, int x0, int xStride, double[] y, int yOffset) {
        int x1 = x0 + xStride;
        int x2 = x1 + xStride;
        int x3 = x2 + xStride;
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector.fromArray(SPECIES, y, yOffset + i)
                    .add(DoubleVector.fromArray(SPECIES, x, x0 + i))
                    .add(DoubleVector.fromArray(SPECIES, x, x1 + i))
                    .add(DoubleVector.fromArray(SPECIES, x, x2 + i))
                    .add(DoubleVector.fromArray(SPECIES, x, x3 + i))
                    .intoArray(y, yOffset + i);
        }
    }
}
