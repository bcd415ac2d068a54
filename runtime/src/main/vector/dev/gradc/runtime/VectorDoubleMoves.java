package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** A vector of a row at a time: the last may overlap the one before, and is made of what was there before either. */
final class VectorDoubleMoves extends PortableDoubleMoves {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    /** Copies of longer rows are as fast by the virtual machine's own. */
    private static final int LONG = 8 * LENGTH;

    @Override
    public void copyRows(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride) {
        if (n < LENGTH || n > LONG) {
            super.copyRows(rows, n, x, xOffset, xStride, y, yOffset, yStride);
            return;
        }
        int last = n - LENGTH;
        for (int row = 0; row < rows; row++) {
            int from = xOffset + row * xStride;
            int to = yOffset + row * yStride;
            for (int i = 0; i < last; i += LENGTH) {
                DoubleVector.fromArray(SPECIES, x, from + i).intoArray(y, to + i);
            }
            DoubleVector.fromArray(SPECIES, x, from + last).intoArray(y, to + last);
        }
    }

    @Override
    public void addRows(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride) {
        if (n < LENGTH) {
            super.addRows(rows, n, x, xOffset, xStride, y, yOffset, yStride);
        } else if (yStride == 0) {
            int whole = n - n % LENGTH;
            sumRows(rows, whole, x, xOffset, xStride, y, yOffset);
            super.addRows(rows, n - whole, x, xOffset + whole, xStride, y, yOffset + whole, 0);
        } else {
            for (int row = 0; row < rows; row++) {
                addRow(n - LENGTH, x, xOffset + row * xStride, y, yOffset + row * yStride);
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

    /** All rows to the same one, of whole vectors. */
    private static void sumRows(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector sum = DoubleVector.fromArray(SPECIES, y, yOffset + i);
            for (int row = 0; row < rows; row++) {
                sum = sum.add(DoubleVector.fromArray(SPECIES, x, xOffset + row * xStride + i));
            }
            sum.intoArray(y, yOffset + i);
        }
    }
}
