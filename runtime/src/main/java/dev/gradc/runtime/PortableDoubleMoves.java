package dev.gradc.runtime;

/** Row by row. */
class PortableDoubleMoves implements DoubleMoves {

    @Override
    public void copyRows(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(x, xOffset + row * xStride, y, yOffset + row * yStride, n);
        }
    }

    @Override
    public void addRows(int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride) {
        for (int row = 0; row < rows; row++) {
            int from = xOffset + row * xStride;
            int to = yOffset + row * yStride;
            for (int i = 0; i < n; i++) {
                y[to + i] += x[from + i];
            }
        }
    }
}
