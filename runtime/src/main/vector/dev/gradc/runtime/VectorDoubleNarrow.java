package dev.gradc.runtime;

/**
 * The product with a B of so few columns that one vector covers them: its rows are copied to the width of a vector, if they
 * have another, A is read where it lies. A vector is longer than a row of C; what it writes too much the next row takes back, and the last rows
 * are made elsewhere.
 */
final class VectorDoubleNarrow {

    private static final int LENGTH = VectorDoubleTile.LENGTH;

    private static final int ROWS = VectorDoubleTile.NARROW_ROWS;

    /** Most terms of a sum: so many rows of B stay in the nearest caches. */
    static final int DEEPEST = 1024;

    private static final ThreadLocal<VectorDoubleNarrow> OF_THREAD = ThreadLocal.withInitial(VectorDoubleNarrow::new);

    private final double[] edge = new double[ROWS * LENGTH];
    private double[] columns = {};
    private double[] slots = {};

    private VectorDoubleNarrow() {}

    static VectorDoubleNarrow ofThread() {
        return OF_THREAD.get();
    }

    /**
     * C[m, n] = op(A)[m, k] op(B)[k, n] for n of at most a vector and k of at most DEEPEST.
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
        boolean isWhole = n == LENGTH && !bTransposed;
        if (!isWhole) {
            pack(n, k, b, bOffset, bTransposed);
        }
        double[] from = isWhole ? b : columns;
        int fromOffset = isWhole ? bOffset : 0;
        boolean isFew = aTransposed && m < ROWS;
        if (isFew) {
            packSlots(m, k, a, aOffset);
        }
        for (int i = 0; i < m; i += ROWS) {
            int first = aTransposed ? Math.max(0, Math.min(i, m - ROWS)) : i;
            int rows = Math.min(ROWS, m - first);
            int at = cOffset + first * n;
            boolean hasRoom = !isFew && (m - first - rows + 1) * n >= LENGTH;
            double[] to = hasRoom ? c : edge;
            int toOffset = hasRoom ? at : 0;
            int toRow = hasRoom ? n : LENGTH;
            if (isFew) {
                VectorDoubleColumnTile.multiplyNarrow(k, slots, 0, ROWS, from, fromOffset, LENGTH, to, toOffset, toRow);
            } else if (aTransposed) {
                VectorDoubleColumnTile.multiplyNarrow(
                        k, a, aOffset + first, m, from, fromOffset, LENGTH, to, toOffset, toRow);
            } else {
                int aAt = aOffset + first * k;
                VectorDoubleTile.multiplyNarrow(rows, k, a, aAt, k, from, fromOffset, LENGTH, to, toOffset, toRow);
            }
            if (!hasRoom) {
                RowMath.copyRows(rows, n, edge, 0, LENGTH, c, at, n);
            }
        }
    }

    /** Columns of A at the distance of the rows of a tile; what is behind them does not matter. */
    private void packSlots(int m, int k, double[] a, int aOffset) {
        if (slots.length < k * ROWS) {
            slots = new double[k * ROWS];
        }
        for (int p = 0; p < k; p++) {
            System.arraycopy(a, aOffset + p * m, slots, p * ROWS, m);
        }
    }

    /** Rows of B at the distance of a vector; what is behind them does not matter. */
    private void pack(int n, int k, double[] b, int bOffset, boolean bTransposed) {
        if (columns.length < k * LENGTH) {
            columns = new double[k * LENGTH];
        }
        if (bTransposed) {
            for (int j = 0; j < n; j++) {
                spread(k, b, bOffset + j * k, columns, j);
            }
        } else {
            for (int p = 0; p < k; p++) {
                System.arraycopy(b, bOffset + p * n, columns, p * LENGTH, n);
            }
        }
    }

    private static void spread(int k, double[] from, int fromOffset, double[] to, int toOffset) {
        for (int p = 0; p < k; p++) {
            to[toOffset + p * LENGTH] = from[fromOffset + p];
        }
    }
}
