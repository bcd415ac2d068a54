package dev.gradc.runtime;

/**
 * Products by {@link VectorDoubleTile}. A small B is read where it lies; a larger one, or one whose rows are not
 * contiguous, in packed blocks ({@link VectorDoubleBlocks}).
 */
final class VectorDoubleProducts implements DoubleProducts {

    private static final int LENGTH = VectorDoubleTile.LENGTH;

    /** Up to so many multiplications, the loops of {@link DoubleTile} are as fast. */
    private static final long SMALL = 64;

    /** So many elements of B stay in the first cache. */
    private static final long CACHED = 4096;

    /** So many rows share a packed block of B, or it is not worth its packing. */
    private static final int SHARED = 12;

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
        if ((long) m * n * k <= SMALL) {
            DoubleTile.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, c, cOffset);
        } else if (!bTransposed && n >= LENGTH && inPlace(m, n, k, aTransposed)) {
            VectorDoubleBlocks blocks = VectorDoubleBlocks.ofThread();
            blocks.multiplyInPlace(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, c, cOffset);
        } else {
            VectorDoubleBlocks blocks = VectorDoubleBlocks.ofThread();
            blocks.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, c, cOffset);
        }
    }

    private static boolean inPlace(int m, int n, int k, boolean aTransposed) {
        return (long) n * k <= CACHED || (m < SHARED && !(aTransposed && k > VectorDoubleBlocks.DEEPEST));
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
