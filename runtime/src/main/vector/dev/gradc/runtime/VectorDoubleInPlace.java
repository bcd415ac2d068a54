package dev.gradc.runtime;

/**
 * The product of small matrices, or of few rows: an operand is read where it lies, unless it is A and its rows are not
 * contiguous, or B and its rows are columns. One per thread.
 */
final class VectorDoubleInPlace {

    private static final int LENGTH = VectorDoubleTile.LENGTH;
    private static final int COLUMNS = VectorDoubleTile.COLUMNS;

    /** Most terms of a sum, where the rows of A must be copied. */
    static final int DEEPEST = 1024;

    /** Rows that are a multiple of so many bytes apart share a few sets of the first cache. */
    private static final int CROWDING = 2048;

    private static final ThreadLocal<VectorDoubleInPlace> OF_THREAD = ThreadLocal.withInitial(VectorDoubleInPlace::new);

    private final double[] tile = new double[Math.max(VectorDoubleTile.ROWS * COLUMNS, VectorDoubleDots.ROOM)];
    private double[] sliver = {};

    private VectorDoubleInPlace() {}

    static VectorDoubleInPlace ofThread() {
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
            double[] c,
            int cOffset,
            boolean cTransposed) {
        if (aColumn == 1 && !cTransposed) {
            multiplyRows(m, n, k, a, aOffset, aRow, b, bOffset, c, cOffset);
            return;
        }
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

    /** Tiles of two vectors across from row to row, then those of the last columns that one vector covers. */
    private static void multiplyRows(
            int m, int n, int k, double[] a, int aOffset, int aRow, double[] b, int bOffset, double[] c, int cOffset) {
        int left = n % COLUMNS;
        int wide = left <= LENGTH ? n - left : n;
        int rows;
        for (int i = 0; wide > 0 && i < m; i += rows) {
            rows = VectorDoubleTile.height(m - i);
            for (int j = 0; j < wide; j += COLUMNS) {
                int second = Math.min(LENGTH, wide - j - LENGTH);
                int cAt = cOffset + i * n + j;
                VectorDoubleTile.multiply(rows, k, a, aOffset + i * aRow, aRow, b, bOffset + j, n, second, c, cAt, n);
            }
        }
        if (wide < n) {
            multiplyNarrow(m, n, k, a, aOffset, aRow, b, bOffset + n - LENGTH, c, cOffset + n - LENGTH);
        }
    }

    private static void multiplyNarrow(
            int m, int n, int k, double[] a, int aOffset, int aRow, double[] b, int bOffset, double[] c, int cOffset) {
        for (int i = 0; i < m; i += VectorDoubleTile.NARROW_ROWS) {
            int rows = Math.min(VectorDoubleTile.NARROW_ROWS, m - i);
            VectorDoubleTile.multiplyNarrow(rows, k, a, aOffset + i * aRow, aRow, b, bOffset, n, c, cOffset + i * n, n);
        }
    }

    /**
     * C[m, n] = A[m, k] B[k, n], A stored as [k, m], for m of at least a tile's rows and n of at least a vector. B is copied,
     * a tile's columns at a time, where its rows lie at such a distance that they share few sets of the first cache.
     */
    void multiplyColumns(
            int m, int n, int k, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
        boolean isCrowded = n * Double.BYTES % CROWDING == 0;
        if (isCrowded) {
            reserve(COLUMNS * k);
        }
        for (int j = 0; j < n; j += COLUMNS) {
            int at = Math.min(j, n - LENGTH);
            int second = Math.min(LENGTH, n - LENGTH - at);
            int cAt = cOffset + at;
            if (isCrowded) {
                VectorDoublePacking.packColumns(LENGTH + second, k, b, bOffset + at, false, n, sliver);
                multiplyColumn(m, n, second, k, a, aOffset, sliver, 0, COLUMNS, c, cAt);
            } else {
                multiplyColumn(m, n, second, k, a, aOffset, b, bOffset + at, n, c, cAt);
            }
        }
    }

    /** A column of tiles, which overlap where they do not fit. */
    private static void multiplyColumn(
            int m,
            int n,
            int second,
            int k,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            int bRow,
            double[] c,
            int cOffset) {
        boolean isNarrow = second == 0 && m >= VectorDoubleTile.NARROW_ROWS;
        int rows = isNarrow ? VectorDoubleTile.NARROW_ROWS : VectorDoubleColumnTile.ROWS;
        for (int i = 0; i < m; i += rows) {
            int first = Math.min(i, m - rows);
            int to = cOffset + first * n;
            if (isNarrow) {
                VectorDoubleColumnTile.multiplyNarrow(k, a, aOffset + first, m, b, bOffset, bRow, c, to, n);
            } else {
                VectorDoubleColumnTile.multiply(k, a, aOffset + first, m, b, bOffset, bRow, second, c, to, n);
            }
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
            VectorDoubleTile.multiply(rows, k, a, aOffset, aRow, b, bOffset + at, n, second, tile, 0, COLUMNS);
            for (int column = 0; column < LENGTH + second; column++) {
                for (int i = 0; i < rows; i++) {
                    c[cOffset + (at + column) * cColumn + i] = tile[i * COLUMNS + column];
                }
            }
        }
    }

    /** C[m, n] = A[m, k] B'[k, n], B stored as [n, k], for n of at least a vector: a tile's columns are copied at a time. */
    void multiplyTransposed(
            int m, int n, int k, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
        reserve(COLUMNS * k);
        for (int j = 0; j < n; j += COLUMNS) {
            int at = Math.min(j, n - LENGTH);
            int width = Math.min(COLUMNS, n - at);
            VectorDoublePacking.packColumns(width, k, b, bOffset + at * k, true, k, sliver);
            multiplyColumns(m, width - LENGTH, k, a, aOffset, c, cOffset + at, n);
        }
    }

    private void multiplyColumns(int m, int second, int k, double[] a, int aOffset, double[] c, int cOffset, int cRow) {
        int rows;
        for (int i = 0; i < m; i += rows) {
            rows = VectorDoubleTile.height(m - i);
            VectorDoubleTile.multiply(
                    rows, k, a, aOffset + i * k, k, sliver, 0, COLUMNS, second, c, cOffset + i * cRow, cRow);
        }
    }

    private void reserve(int elements) {
        if (sliver.length < elements) {
            sliver = new double[elements];
        }
    }

    private void packRows(int rows, int k, double[] a, int aOffset, int aRow, int aColumn) {
        reserve(VectorDoubleTile.ROWS * k);
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
