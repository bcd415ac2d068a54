package dev.gradc.runtime;

/**
 * Products by {@link VectorDoubleTile}. What serves as B is read where it lies, if its rows are contiguous and it is small
 * or few rows of C share it, else in packed blocks ({@link VectorDoubleBlocks}). A transposed A lies as it should in
 * C' = op(B)' A, and is so used where that is less to copy.
 */
final class VectorDoubleProducts implements DoubleProducts {

    private static final int LENGTH = VectorDoubleTile.LENGTH;

    /** Up to so many multiplications, the loops of {@link DoubleTile} are as fast. */
    private static final long SMALL = 64;

    /** So many elements of B stay in the first cache. */
    private static final long CACHED = 4096;

    /** So few rows of B cost nothing by being far apart. */
    private static final int SHALLOW = 16;

    /** So many rows share a packed block of B, or it is not worth its packing. */
    private static final int SHARED = 12;

    /** Up to so many rows are faster one by one, where that needs no packing. */
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
        VectorDoubleBlocks blocks = VectorDoubleBlocks.ofThread();
        if ((long) m * n * k <= SMALL) {
            DoubleTile.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, c, cOffset);
        } else if (bTransposed && !aTransposed && m <= FEW) {
            multiplyEachRow(m, n, k, a, aOffset, b, bOffset, c, cOffset);
        } else if (aTransposed && (bTransposed || n < m) && inPlace(n, m, k, bTransposed)) {
            blocks.multiplyInPlace(n, m, k, b, bOffset, bColumn, bRow, a, aOffset, c, cOffset, true);
        } else if (!bTransposed && inPlace(m, n, k, !aTransposed)) {
            blocks.multiplyInPlace(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, c, cOffset, false);
        } else {
            blocks.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, c, cOffset);
        }
    }

    private static boolean inPlace(int m, int n, int k, boolean aContiguous) {
        boolean anyDepth = aContiguous || k <= VectorDoubleBlocks.DEEPEST;
        return n >= LENGTH && anyDepth && (k <= SHALLOW || m < SHARED || (long) n * k <= CACHED);
    }

    private void multiplyEachRow(
            int m, int n, int k, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
        for (int i = 0; i < m; i++) {
            multiplyVector(n, k, b, bOffset, false, a, aOffset + i * k, c, cOffset + i * n);
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
            VectorDoubleRows.multiplyTransposed(m, k, a, aOffset, x, xOffset, y, yOffset);
        } else {
            double[] lanes = VectorDoubleBlocks.ofThread().tile();
            VectorDoubleRows.multiply(m, k, a, aOffset, x, xOffset, y, yOffset, lanes);
        }
    }
}
