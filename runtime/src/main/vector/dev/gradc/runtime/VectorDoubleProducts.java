package dev.gradc.runtime;

/**
 * Products in tiles. What serves as B is read where it lies ({@link VectorDoubleInPlace}), if its rows are contiguous and it
 * is small, few rows of C share it, or A is transposed, whose columns are then read where they lie, too, as long as their
 * lines stay near; else both operands are packed ({@link VectorDoubleBlocks}), but for a small transposed B, or one that a
 * single vector covers ({@link VectorDoubleNarrow}), which alone are copied, and for long sums of few rows ({@link
 * VectorDoubleDots}), which need no copies. Where few rows of a transposed B would be copied, A serves as B in
 * C' = op(B)' A.
 */
final class VectorDoubleProducts implements DoubleProducts {

    private static final int LENGTH = VectorDoubleTile.LENGTH;

    /** Up to so many multiplications, the loops of {@link DoubleTile} are as fast. */
    private static final long SMALL = 32;

    /** Up to so many, they are faster than packing. */
    private static final long UNPACKED = 200;

    /** So many elements of B stay in the first cache. */
    private static final long CACHED = 4096;

    /** Up to so many elements of a transposed B, it alone is worth copying. */
    private static final long COPIED = 2048;

    /** So few rows of B cost nothing by being far apart. */
    private static final int SHALLOW = 16;

    /** So many rows share packed operands, or they are not worth their packing. */
    private static final int SHARED = 16;

    /** So many rows stay in the second cache, a tile's part of each. */
    private static final int SLENDER = 512;

    /** So few columns share packed rows of A, that these are not worth their packing. */
    private static final int FEW_COLUMNS = 128;

    /** Columns of A that are a multiple of so many bytes apart share one set of the first cache. */
    private static final int PAGE = 4096;

    /** So many lines of A stay in the first cache from one tile of 5 rows to the next. */
    private static final int NEAR_LINES = 128;

    /** So many columns of C make up for the copies of an A whose lines do not. */
    private static final int WIDE = 64;

    /** So many elements of B stay in the second cache. */
    private static final long NEAR = 400_000 / Double.BYTES;

    /** So many terms of a sum make up for adding the lanes of a vector of sums. */
    private static final int DEEP = 512;

    /** Shorter rows are multiplied with a vector before the lanes of one would have been added up. */
    private static final int SHORT = 2 * LENGTH;

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
        long products = (long) m * n * k;
        if (products <= SMALL) {
            DoubleTile.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, c, cOffset);
        } else if (bTransposed && !aTransposed && m <= FEW) {
            multiplyEachRow(m, n, k, a, aOffset, b, bOffset, c, cOffset);
        } else if (bTransposed && !aTransposed && m <= SHARED && k >= DEEP) {
            double[] lanes = VectorDoubleInPlace.ofThread().tile();
            VectorDoubleDots.multiply(m, n, k, a, aOffset, b, bOffset, c, cOffset, lanes);
        } else if (aTransposed && (bTransposed || n < Math.min(m, SHARED)) && inPlace(n, m, k, bTransposed)) {
            VectorDoubleInPlace direct = VectorDoubleInPlace.ofThread();
            direct.multiply(n, m, k, b, bOffset, bColumn, bRow, a, aOffset, c, cOffset, true);
        } else if (n <= LENGTH && products > UNPACKED && k <= VectorDoubleNarrow.DEEPEST) {
            VectorDoubleNarrow narrow = VectorDoubleNarrow.ofThread();
            narrow.multiply(m, n, k, a, aOffset, aTransposed, b, bOffset, bTransposed, c, cOffset);
        } else if (aTransposed && !bTransposed && columnsInPlace(m, n, k)) {
            VectorDoubleInPlace.ofThread().multiplyColumns(m, n, k, a, aOffset, b, bOffset, c, cOffset);
        } else if (!bTransposed && rowsInPlace(m, n, k, aTransposed)) {
            VectorDoubleInPlace direct = VectorDoubleInPlace.ofThread();
            direct.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, c, cOffset, false);
        } else if (bTransposed && !aTransposed && (isSmall(n, k) || (n >= LENGTH && (long) n * k <= COPIED))) {
            VectorDoubleInPlace direct = VectorDoubleInPlace.ofThread();
            direct.multiplyTransposed(m, n, k, a, aOffset, b, bOffset, c, cOffset);
        } else if (products <= UNPACKED) {
            DoubleTile.multiply(m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, c, cOffset);
        } else {
            VectorDoubleBlocks blocks = VectorDoubleBlocks.ofThread();
            blocks.multiply(m, n, k, a, aOffset, aTransposed, b, bOffset, bTransposed, c, cOffset);
        }
    }

    /** Whether the columns of A are read where they lie: tiles of 5 rows take but a part of each line of it. */
    private static boolean columnsInPlace(int m, int n, int k) {
        boolean staysNear = k <= NEAR_LINES && m * Double.BYTES % PAGE != 0;
        return m >= VectorDoubleColumnTile.ROWS
                && n >= LENGTH
                && k <= SLENDER
                && (VectorDoublePackedTile.HAS_EIGHT_ROWS || n < WIDE || staysNear);
    }

    private static boolean inPlace(int m, int n, int k, boolean aContiguous) {
        boolean anyDepth = aContiguous || k <= VectorDoubleInPlace.DEEPEST;
        return n >= LENGTH && anyDepth && (k <= SHALLOW || m < SHARED || (long) n * k <= CACHED);
    }

    /** Whether the rows of B are read where they lie, and those of A, too, or so few that they alone are copied. */
    private static boolean rowsInPlace(int m, int n, int k, boolean aTransposed) {
        return aTransposed ? m <= SHARED && inPlace(m, n, k, false) : isSmall(n, k) || inPlace(m, n, k, true);
    }

    /** Whether it costs more to pack A than to find B, of n columns and k rows, where it lies. */
    private static boolean isSmall(int n, int k) {
        return n >= LENGTH && n <= FEW_COLUMNS && (long) n * k <= NEAR;
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
        } else if (k < SHORT) {
            DoubleRows.multiply(m, k, a, aOffset, x, xOffset, y, yOffset);
        } else {
            double[] lanes = VectorDoubleInPlace.ofThread().tile();
            VectorDoubleRows.multiply(m, k, a, aOffset, x, xOffset, y, yOffset, lanes);
        }
    }
}
