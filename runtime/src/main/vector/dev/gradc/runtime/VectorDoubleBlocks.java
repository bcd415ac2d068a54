package dev.gradc.runtime;

import java.util.Arrays;

/**
 * The product of large matrices, block by block: B in blocks that the second cache holds, copied to slivers as wide as a
 * tile, padded with zeros; A in slivers as high as a tile, copied only where their rows are not contiguous. One per thread.
 */
final class VectorDoubleBlocks {

    private static final int LENGTH = VectorDoubleTile.LENGTH;
    private static final int COLUMNS = VectorDoubleTile.COLUMNS;

    /** Most terms of a sum, where the rows of A must be copied, and B is not. */
    static final int DEEPEST = 1024;

    /** Most rows of a block of B. */
    private static final int DEPTH = 256;

    /** Most columns of a block of B. */
    private static final int WIDTH = (128 + COLUMNS - 1) / COLUMNS * COLUMNS;

    private static final ThreadLocal<VectorDoubleBlocks> OF_THREAD = ThreadLocal.withInitial(VectorDoubleBlocks::new);

    private final double[] tile = new double[VectorDoubleTile.ROWS * COLUMNS];
    private double[] sliver = {};
    private double[] block = {};

    private VectorDoubleBlocks() {}

    static VectorDoubleBlocks ofThread() {
        return OF_THREAD.get();
    }

    /** Room for one tile. */
    double[] tile() {
        return tile;
    }

    /**
     * C[m, n] = A[m, k] B[k, n], A with a stride from row to row and one from column to column, for n of at least a vector.
     * B is not copied; where its last columns are fewer than a vector has, the last tile overlaps the one before and does
     * them again. Where the columns of A are not adjacent, k is at most DEEPEST.
     *
     * @param cTransposed whether C is stored as [n, m]
     */
    void multiplyInPlace(
            int m,
            int n,
            int k,
            double[] a,
            int aOffset,
            int aRow,
            int aColumn,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset,
            boolean cTransposed) {
        int rows;
        for (int i = 0; i < m; i += rows) {
            rows = VectorDoubleTile.height(m - i);
            double[] from = a;
            int fromOffset = aOffset + i * aRow;
            int fromRow = aRow;
            if (aColumn != 1) {
                packRows(rows, k, a, fromOffset, aRow, aColumn);
                from = sliver;
                fromOffset = 0;
                fromRow = k;
            }
            if (cTransposed) {
                multiplyTransposing(rows, n, k, from, fromOffset, fromRow, b, bOffset, c, cOffset + i, m);
            } else {
                multiplyRows(rows, n, k, from, fromOffset, fromRow, b, bOffset, c, cOffset + i * n);
            }
        }
    }

    private static void multiplyRows(
            int rows,
            int n,
            int k,
            double[] a,
            int aOffset,
            int aRow,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset) {
        for (int j = 0; j < n; j += COLUMNS) {
            int at = Math.min(j, n - LENGTH);
            int second = Math.min(LENGTH, n - LENGTH - at);
            VectorDoubleTile.multiply(rows, k, a, aOffset, aRow, b, bOffset + at, n, second, c, cOffset + at, n, false);
        }
    }

    /** Makes columns of C of the rows, a tile at a time. */
    private void multiplyTransposing(
            int rows,
            int n,
            int k,
            double[] a,
            int aOffset,
            int aRow,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset,
            int cColumn) {
        for (int j = 0; j < n; j += COLUMNS) {
            int at = Math.min(j, n - LENGTH);
            int second = Math.min(LENGTH, n - LENGTH - at);
            VectorDoubleTile.multiply(rows, k, a, aOffset, aRow, b, bOffset + at, n, second, tile, 0, COLUMNS, false);
            for (int column = 0; column < LENGTH + second; column++) {
                for (int i = 0; i < rows; i++) {
                    c[cOffset + (at + column) * cColumn + i] = tile[i * COLUMNS + column];
                }
            }
        }
    }

    /** C[m, n] = A[m, k] B[k, n], A and B with a stride from row to row and one from column to column. */
    void multiply(
            int m,
            int n,
            int k,
            double[] a,
            int aOffset,
            int aRow,
            int aColumn,
            double[] b,
            int bOffset,
            int bRow,
            int bColumn,
            double[] c,
            int cOffset) {
        for (int j = 0; j < n; j += WIDTH) {
            int columns = Math.min(WIDTH, n - j);
            for (int p = 0; p < k; p += DEPTH) {
                int terms = Math.min(DEPTH, k - p);
                packBlock(terms, columns, b, bOffset + p * bRow + j * bColumn, bRow, bColumn);
                int aAt = aOffset + p * aColumn;
                multiplyBlock(m, columns, terms, a, aAt, aRow, aColumn, c, cOffset + j, n, p > 0);
            }
        }
    }

    private void multiplyBlock(
            int m,
            int n,
            int k,
            double[] a,
            int aOffset,
            int aRow,
            int aColumn,
            double[] c,
            int cOffset,
            int cRow,
            boolean add) {
        int rows;
        for (int i = 0; i < m; i += rows) {
            rows = VectorDoubleTile.height(m - i);
            int aAt = aOffset + i * aRow;
            int cAt = cOffset + i * cRow;
            if (aColumn == 1) {
                multiplySliver(rows, n, k, a, aAt, aRow, c, cAt, cRow, add);
            } else {
                packRows(rows, k, a, aAt, aRow, aColumn);
                multiplySliver(rows, n, k, sliver, 0, k, c, cAt, cRow, add);
            }
        }
    }

    private void multiplySliver(
            int rows, int n, int k, double[] a, int aOffset, int aRow, double[] c, int cOffset, int cRow, boolean add) {
        for (int j = 0; j < n; j += COLUMNS) {
            int second = Math.min(LENGTH, n - j - LENGTH);
            int bAt = j * k;
            int cAt = cOffset + j;
            if (second >= 0) {
                VectorDoubleTile.multiply(rows, k, a, aOffset, aRow, block, bAt, COLUMNS, second, c, cAt, cRow, add);
            } else {
                multiplyEdge(rows, n - j, k, a, aOffset, aRow, bAt, c, cAt, cRow, add);
            }
        }
    }

    /** Less than a vector of columns: in a tile of its own, where there is room. */
    private void multiplyEdge(
            int rows,
            int columns,
            int k,
            double[] a,
            int aOffset,
            int aRow,
            int bOffset,
            double[] c,
            int cOffset,
            int cRow,
            boolean add) {
        for (int i = 0; add && i < rows; i++) {
            System.arraycopy(c, cOffset + i * cRow, tile, i * LENGTH, columns);
        }
        VectorDoubleTile.multiply(rows, k, a, aOffset, aRow, block, bOffset, COLUMNS, 0, tile, 0, LENGTH, add);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(tile, i * LENGTH, c, cOffset + i * cRow, columns);
        }
    }

    private void packBlock(int k, int n, double[] b, int bOffset, int bRow, int bColumn) {
        int slivers = (n + COLUMNS - 1) / COLUMNS;
        if (block.length < slivers * COLUMNS * k) {
            block = new double[slivers * COLUMNS * k];
        }
        for (int j = 0; j < n; j += COLUMNS) {
            int columns = Math.min(COLUMNS, n - j);
            int at = j * k;
            if (columns < LENGTH) {
                Arrays.fill(block, at, at + COLUMNS * k, 0);
            }
            if (bColumn == 1) {
                copyRows(k, columns, b, bOffset + j, bRow, block, at);
            } else {
                copyColumns(k, columns, b, bOffset + j * bColumn, bColumn, block, at);
            }
        }
    }

    private static void copyRows(int k, int columns, double[] b, int bOffset, int bRow, double[] to, int toOffset) {
        for (int p = 0; p < k; p++) {
            System.arraycopy(b, bOffset + p * bRow, to, toOffset + p * COLUMNS, columns);
        }
    }

    private static void copyColumns(
            int k, int columns, double[] b, int bOffset, int bColumn, double[] to, int toOffset) {
        for (int j = 0; j < columns; j++) {
            for (int p = 0; p < k; p++) {
                to[toOffset + p * COLUMNS + j] = b[bOffset + j * bColumn + p];
            }
        }
    }

    private void packRows(int rows, int k, double[] a, int aOffset, int aRow, int aColumn) {
        if (sliver.length < rows * k) {
            sliver = new double[VectorDoubleTile.ROWS * k];
        }
        int i = 0;
        for (; i + 2 <= rows; i += 2) {
            packTwoRows(k, a, aOffset + i * aRow, aRow, aColumn, i * k);
        }
        for (int p = 0; i < rows && p < k; p++) {
            sliver[i * k + p] = a[aOffset + i * aRow + p * aColumn];
        }
    }

    private void packTwoRows(int k, double[] a, int aOffset, int aRow, int aColumn, int at) {
        double[] to = sliver;
        for (int p = 0; p < k; p++) {
            int from = aOffset + p * aColumn;
            to[at + p] = a[from];
            to[at + k + p] = a[from + aRow];
        }
    }
}
