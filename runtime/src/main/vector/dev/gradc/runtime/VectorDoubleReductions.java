package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four vectors of partial results, so that one operation need not wait for the one before. Sums are joined
 * through memory, since the module promises no order to its own reductions.
 */
final class VectorDoubleReductions extends PortableDoubleReductions {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    /** Elements that are taken at a time. */
    private static final int STEP = 4 * LENGTH;

    /** Of fewer elements, vectors of sums are not worth their joining. */
    private static final int MANY = 64;

    @Override
    public double sum(int n, double[] x, int xOffset) {
        return n < MANY ? super.sum(n, x, xOffset) : sum(n - n % STEP, n % STEP, x, xOffset, lanes());
    }

    private double sum(int whole, int rest, double[] x, int xOffset, double[] lanes) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int i = 0; i < whole; i += STEP) {
            s0 = s0.add(DoubleVector.fromArray(SPECIES, x, xOffset + i));
            s1 = s1.add(DoubleVector.fromArray(SPECIES, x, xOffset + i + LENGTH));
            s2 = s2.add(DoubleVector.fromArray(SPECIES, x, xOffset + i + 2 * LENGTH));
            s3 = s3.add(DoubleVector.fromArray(SPECIES, x, xOffset + i + 3 * LENGTH));
        }
        s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
        return super.sum(LENGTH, lanes, 0) + super.sum(rest, x, xOffset + whole);
    }

    @Override
    public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
        return n < MANY
                ? super.dot(n, x, xOffset, y, yOffset)
                : dot(n - n % STEP, n % STEP, x, xOffset, y, yOffset, lanes());
    }

    private double dot(int whole, int rest, double[] x, int xOffset, double[] y, int yOffset, double[] lanes) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int i = 0; i < whole; i += STEP) {
            int at = xOffset + i;
            int with = yOffset + i;
            s0 = DoubleVector.fromArray(SPECIES, x, at).fma(DoubleVector.fromArray(SPECIES, y, with), s0);
            s1 = DoubleVector.fromArray(SPECIES, x, at + LENGTH)
                    .fma(DoubleVector.fromArray(SPECIES, y, with + LENGTH), s1);
            s2 = DoubleVector.fromArray(SPECIES, x, at + 2 * LENGTH)
                    .fma(DoubleVector.fromArray(SPECIES, y, with + 2 * LENGTH), s2);
            s3 = DoubleVector.fromArray(SPECIES, x, at + 3 * LENGTH)
                    .fma(DoubleVector.fromArray(SPECIES, y, with + 3 * LENGTH), s3);
        }
        s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
        return super.sum(LENGTH, lanes, 0) + super.dot(rest, x, xOffset + whole, y, yOffset + whole);
    }

    @Override
    public double max(int n, double[] x, int xOffset) {
        return n < LENGTH ? super.max(n, x, xOffset) : max(x, xOffset, Math.max(n - STEP, 0), n - LENGTH);
    }

    /** The last step, from {@code step} to the vector at {@code last}, may overlap the one before, and its vectors each other:
     * that does the greatest no harm. */
    private static double max(double[] x, int xOffset, int step, int last) {
        DoubleVector m0 = DoubleVector.fromArray(SPECIES, x, xOffset + step);
        DoubleVector m1 = DoubleVector.fromArray(SPECIES, x, xOffset + Math.min(step + LENGTH, last));
        DoubleVector m2 = DoubleVector.fromArray(SPECIES, x, xOffset + Math.min(step + 2 * LENGTH, last));
        DoubleVector m3 = DoubleVector.fromArray(SPECIES, x, xOffset + last);
        for (int i = 0; i < step; i += STEP) {
            m0 = m0.max(DoubleVector.fromArray(SPECIES, x, xOffset + i));
            m1 = m1.max(DoubleVector.fromArray(SPECIES, x, xOffset + i + LENGTH));
            m2 = m2.max(DoubleVector.fromArray(SPECIES, x, xOffset + i + 2 * LENGTH));
            m3 = m3.max(DoubleVector.fromArray(SPECIES, x, xOffset + i + 3 * LENGTH));
        }
        return m0.max(m1).max(m2.max(m3)).reduceLanes(VectorOperators.MAX);
    }

    @Override
    public double min(int n, double[] x, int xOffset) {
        return n < LENGTH ? super.min(n, x, xOffset) : min(x, xOffset, Math.max(n - STEP, 0), n - LENGTH);
    }

    /** As the greatest. */
    private static double min(double[] x, int xOffset, int step, int last) {
        DoubleVector m0 = DoubleVector.fromArray(SPECIES, x, xOffset + step);
        DoubleVector m1 = DoubleVector.fromArray(SPECIES, x, xOffset + Math.min(step + LENGTH, last));
        DoubleVector m2 = DoubleVector.fromArray(SPECIES, x, xOffset + Math.min(step + 2 * LENGTH, last));
        DoubleVector m3 = DoubleVector.fromArray(SPECIES, x, xOffset + last);
        for (int i = 0; i < step; i += STEP) {
            m0 = m0.min(DoubleVector.fromArray(SPECIES, x, xOffset + i));
            m1 = m1.min(DoubleVector.fromArray(SPECIES, x, xOffset + i + LENGTH));
            m2 = m2.min(DoubleVector.fromArray(SPECIES, x, xOffset + i + 2 * LENGTH));
            m3 = m3.min(DoubleVector.fromArray(SPECIES, x, xOffset + i + 3 * LENGTH));
        }
        return m0.min(m1).min(m2.min(m3)).reduceLanes(VectorOperators.MIN);
    }

    /** Room for a vector, of the thread's. */
    private static double[] lanes() {
        return VectorDoubleInPlace.ofThread().tile();
    }
}
