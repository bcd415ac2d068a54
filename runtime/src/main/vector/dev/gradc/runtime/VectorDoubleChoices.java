package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A vector of elements at a time. Each comparison is a loop of its own: HotSpot has instructions only for one that it knows
 * where it compiles.
 */
final class VectorDoubleChoices implements DoubleChoices {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private final DoubleChoices rest = new PortableDoubleChoices();

    @Override
    public void equal(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        int whole = n - n % LENGTH;
        for (int i = 0; i < whole; i += LENGTH) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector right = DoubleVector.fromArray(SPECIES, y, yOffset + i);
            DoubleVector.zero(SPECIES)
                    .blend(1, left.compare(VectorOperators.EQ, right))
                    .intoArray(z, zOffset + i);
        }
        rest.equal(n - whole, x, xOffset + whole, y, yOffset + whole, z, zOffset + whole);
    }

    @Override
    public void notEqual(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        int whole = n - n % LENGTH;
        for (int i = 0; i < whole; i += LENGTH) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector right = DoubleVector.fromArray(SPECIES, y, yOffset + i);
            DoubleVector.zero(SPECIES)
                    .blend(1, left.compare(VectorOperators.NE, right))
                    .intoArray(z, zOffset + i);
        }
        rest.notEqual(n - whole, x, xOffset + whole, y, yOffset + whole, z, zOffset + whole);
    }

    @Override
    public void less(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        int whole = n - n % LENGTH;
        for (int i = 0; i < whole; i += LENGTH) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector right = DoubleVector.fromArray(SPECIES, y, yOffset + i);
            DoubleVector.zero(SPECIES)
                    .blend(1, left.compare(VectorOperators.LT, right))
                    .intoArray(z, zOffset + i);
        }
        rest.less(n - whole, x, xOffset + whole, y, yOffset + whole, z, zOffset + whole);
    }

    @Override
    public void lessOrEqual(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        int whole = n - n % LENGTH;
        for (int i = 0; i < whole; i += LENGTH) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector right = DoubleVector.fromArray(SPECIES, y, yOffset + i);
            DoubleVector.zero(SPECIES)
                    .blend(1, left.compare(VectorOperators.LE, right))
                    .intoArray(z, zOffset + i);
        }
        rest.lessOrEqual(n - whole, x, xOffset + whole, y, yOffset + whole, z, zOffset + whole);
    }

    @Override
    public void select(
            int n,
            double[] mask,
            int maskOffset,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset,
            double[] z,
            int zOffset) {
        int whole = n - n % LENGTH;
        for (int i = 0; i < whole; i += LENGTH) {
            DoubleVector taken = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector otherwise = DoubleVector.fromArray(SPECIES, y, yOffset + i);
            DoubleVector chosen = DoubleVector.fromArray(SPECIES, mask, maskOffset + i);
            otherwise
                    .blend(taken, chosen.compare(VectorOperators.NE, DoubleVector.zero(SPECIES)))
                    .intoArray(z, zOffset + i);
        }
        rest.select(n - whole, mask, maskOffset + whole, x, xOffset + whole, y, yOffset + whole, z, zOffset + whole);
    }
}
