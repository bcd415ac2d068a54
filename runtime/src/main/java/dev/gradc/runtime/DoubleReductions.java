package dev.gradc.runtime;

/** How the reductions of {@link BlockMath} are computed, under the same names and with the same arguments. */
interface DoubleReductions {

    double sum(int n, double[] x, int xOffset);

    double dot(int n, double[] x, int xOffset, double[] y, int yOffset);

    double max(int n, double[] x, int xOffset);

    double min(int n, double[] x, int xOffset);
}
