package dev.gradc.runtime;

/** How the moves of {@link RowMath} are made, under the same names and with the same arguments. */
interface DoubleMoves {

    void copyRows(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride);

    void addRows(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride);
}
