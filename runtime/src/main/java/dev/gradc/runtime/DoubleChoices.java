package dev.gradc.runtime;

/** How the comparisons of {@link BlockMath} and its choice between elements are computed, under the same names and with the same arguments. */
interface DoubleChoices {

    void equal(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset);

    void notEqual(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset);

    void less(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset);

    void lessOrEqual(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset);

    void select(
            int n,
            double[] mask,
            int maskOffset,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset,
            double[] z,
            int zOffset);
}
