package dev.gradc.runtime;

/**
 * The product of large matrices, block by block (Van Zee and van de Geijn, BLIS, 2015): B is copied in blocks for the third
 * cache, A in blocks for the second, each as slivers in the order in which {@link VectorDoublePackedTile} reads them; a
 * sliver of B stays in the first cache while all of the block of A passes. One per thread.
 */
final class VectorDoubleBlocks {

    private static final int LENGTH = VectorDoublePackedTile.LENGTH;
    private static final int COLUMNS = VectorDoublePackedTile.COLUMNS;
    private static final int ROWS = VectorDoublePackedTile.ROWS;
    private static final int SLOT = VectorDoublePackedTile.SLOT;

    /** Most terms of the sums of a block. */
    private static final int DEPTH = 256;

    /** Most rows of a block of A. */
    private static final int HEIGHT = 16 * ROWS;

    /** Most columns of a block of B. */
    private static final int WIDTH = (512 + COLUMNS - 1) / COLUMNS * COLUMNS;

    /** What the first of the products is added to. */
    private static final double[] ZEROS = new double[COLUMNS];

    private static final ThreadLocal<VectorDoubleBlocks> OF_THREAD = ThreadLocal.withInitial(VectorDoubleBlocks::new);

    private final double[] edge = new double[SLOT * LENGTH];
    private double[] rows = {};
    private double[] columns = {};

    private VectorDoubleBlocks() {}

    static VectorDoubleBlocks ofThread() {
        return OF_THREAD.get();
    }

    /**
     * C[m, n] = op(A)[m, k] op(B)[k, n].
     *
     * @param aTransposed whether A is stored as [k, m]
     * @param bTransposed whether B is stored as [n, k]
     */
    void multiply(
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
        int width = part(n, WIDTH, COLUMNS);
        int depth = part(k, DEPTH, 1);
        reserve(part(m, HEIGHT, ROWS), width, depth);
        int aStride = aTransposed ? m : k;
        int bStride = bTransposed ? k : n;
        for (int j = 0; j < n; j += width) {
            int across = Math.min(width, n - j);
            for (int p = 0; p < k; p += depth) {
                int terms = Math.min(depth, k - p);
                int bAt = bOffset + (bTransposed ? j * k + p : p * n + j);
                VectorDoublePacking.packColumns(across, terms, b, bAt, bTransposed, bStride, columns);
                int aAt = aOffset + (aTransposed ? p * m : p);
                multiplyBlock(m, across, terms, a, aAt, aTransposed, aStride, c, cOffset + j, n, p > 0);
            }
        }
    }

    /** The extent of the parts, multiples of {@code unit}, of which as few as can be, about equal, make {@code extent}. */
    private static int part(int extent, int most, int unit) {
        int parts = (extent + most - 1) / most;
        int units = (extent + unit - 1) / unit;
        return (units + parts - 1) / parts * unit;
    }

    private void reserve(int height, int width, int depth) {
        int room = height / ROWS * SLOT * depth + VectorDoublePacking.BEHIND;
        if (rows.length < room) {
            rows = new double[room];
        }
        if (columns.length < width * depth) {
            columns = new double[width * depth];
        }
    }

    private void multiplyBlock(
            int m,
            int n,
            int k,
            double[] a,
            int aOffset,
            boolean aTransposed,
            int aStride,
            double[] c,
            int cOffset,
            int cRow,
            boolean add) {
        int height = part(m, HEIGHT, ROWS);
        for (int i = 0; i < m; i += height) {
            int down = Math.min(height, m - i);
            int aAt = aOffset + (aTransposed ? i : i * aStride);
            VectorDoublePacking.packRows(down, k, a, aAt, aTransposed, aStride, rows);
            for (int j = 0; j < n; j += COLUMNS) {
                multiplySliver(down, n - j, k, j * k, c, cOffset + i * cRow + j, cRow, add);
            }
        }
    }

    /** All packed rows with one packed sliver of columns, or the {@code width} first of them. */
    private void multiplySliver(int m, int width, int k, int bOffset, double[] c, int cOffset, int cRow, boolean add) {
        int second = Math.min(LENGTH, width - LENGTH);
        int aAt = 0;
        for (int i = 0; i < m; i += ROWS) {
            int last = Math.min(ROWS, m - i) - 1;
            int cAt = cOffset + i * cRow;
            if (second > 0) {
                multiplyTile(last, k, aAt, bOffset, second, c, cAt, cRow, add);
            } else {
                multiplyEdge(last, width, k, aAt, bOffset, c, cAt, cRow, add);
            }
            aAt += SLOT * k;
        }
    }

    private void multiplyTile(
            int last, int k, int aOffset, int bOffset, int second, double[] c, int cOffset, int cRow, boolean add) {
        double[] from = add ? c : ZEROS;
        int fromOffset = add ? cOffset : 0;
        int fromRow = add ? cRow : 0;
        VectorDoublePackedTile.multiply(
                last, k, rows, aOffset, columns, bOffset, second, from, fromOffset, fromRow, c, cOffset, cRow);
    }

    /** Up to a vector of columns: in a tile of its own, of one vector across. */
    private void multiplyEdge(
            int last, int width, int k, int aOffset, int bOffset, double[] c, int cOffset, int cRow, boolean add) {
        VectorDoubleColumnTile.multiplyNarrow(k, rows, aOffset, SLOT, columns, bOffset, COLUMNS, edge, 0, LENGTH);
        if (add) {
            RowMath.addRows(last + 1, width, edge, 0, LENGTH, c, cOffset, cRow);
        } else {
            RowMath.copyRows(last + 1, width, edge, 0, LENGTH, c, cOffset, cRow);
        }
    }
}
