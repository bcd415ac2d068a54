package dev.gradc.runtime;

/**
 * Products in plain loops. Large ones go by {@link DoublePanels}, which has long rows for HotSpot to make vector code of;
 * where only op(A) has long columns, as C' = B' A'. A few rows are products of a matrix and a vector each.
 */
final class PortableDoubleProducts implements DoubleProducts {

    /** Shorter rows are not worth their packing. */
    private static final int LONG = 24;

    /** So many rows share a packed panel, or it is not worth its packing. */
    private static final int SHARED = 6;

    /** Up to so many rows are faster one by one. */
    private static final int FEW = 3;

    @Override
    public void multiply(
            int m,
            int n,
            int k,
            double[] a,
            int aOffset,
            boolean aTransposed,
            double[] b,
            int bOffset,
            boolean bTransposed,
            double[] c,
            int cOffset) {
        int aRow = aTransposed ? 1 : k;
        int aColumn = aTransposed ? m : 1;
        int bRow = bTransposed ? 1 : n;
        int bColumn = bTransposed ? k : 1;
        if (n >= LONG && m >= SHARED) {
            DoublePanels panels = DoublePanels.ofThread();
            panels.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, c, cOffset, n, 1);
        } else if (m >= LONG && n >= SHARED) {
            DoublePanels panels = DoublePanels.ofThread();
            panels.multiply(n, m, k, b, bOffset, bColumn, bRow, a, aOffset, aColumn, aRow, c, cOffset, 1, n);
        } else if (n >= LONG && !bTransposed) {
            for (int i = 0; i < m; i++) {
                DoubleRows.multiplyTransposed(n, k, b, bOffset, a, aOffset + i * aRow, aColumn, c, cOffset + i * n);
            }
        } else if (k >= LONG && bTransposed && !aTransposed && m <= FEW) {
            for (int i = 0; i < m; i++) {
                DoubleRows.multiply(n, k, b, bOffset, a, aOffset + i * k, c, cOffset + i * n);
            }
        } else {
            DoubleTile.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, c, cOffset);
        }
    }

    @Override
    public void multiplyVector(
            int m,
            int k,
            double[] a,
            int aOffset,
            boolean aTransposed,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset) {
        if (aTransposed) {
            DoubleRows.multiplyTransposed(m, k, a, aOffset, x, xOffset, 1, y, yOffset);
        } else {
            DoubleRows.multiply(m, k, a, aOffset, x, xOffset, y, yOffset);
        }
    }
}
