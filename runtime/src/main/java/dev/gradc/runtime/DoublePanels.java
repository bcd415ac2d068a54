package dev.gradc.runtime;

import java.util.Arrays;

/**
 * The portable product of large matrices. C2 (17 and 25) makes vector code of a loop only where the offsets of all its
 * references differ by constants and its body is short. Therefore B is copied, a panel at a time, into one array for every
 * two of its rows, at a fixed distance, and two rows of C are summed in another array, before they are copied to C:
 *
 * <pre>
 * sums[j]          += a00 * pair[j] + a01 * pair[WIDTH + j]
 * sums[WIDTH + j]  += a10 * pair[j] + a11 * pair[WIDTH + j]
 * </pre>
 */
final class DoublePanels {

    /** Most columns of a panel; a row of it is a few KiB. */
    private static final int WIDTH = 256;

    /** Most pairs of rows of a panel, which so fits a cache of the second level. */
    private static final int PAIRS = 64;

    private static final ThreadLocal<DoublePanels> OF_THREAD = ThreadLocal.withInitial(DoublePanels::new);

    private final double[] sums = new double[2 * WIDTH];
    private final double[][] pairs = new double[PAIRS][];

    private DoublePanels() {}

    static DoublePanels ofThread() {
        return OF_THREAD.get();
    }

    /** C[m, n] = A[m, k] B[k, n], each matrix with a stride from row to row and one from column to column. */
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
            int cOffset,
            int cRow,
            int cColumn) {
        int panels = (n + WIDTH - 1) / WIDTH;
        int width = (n + panels - 1) / panels;
        for (int j = 0; j < n; j += width) {
            int columns = Math.min(width, n - j);
            int cAt = cOffset + j * cColumn;
            for (int p = 0; p < k; p += 2 * PAIRS) {
                int terms = Math.min(2 * PAIRS, k - p);
                pack(terms, columns, b, bOffset + p * bRow + j * bColumn, bRow, bColumn);
                int aAt = aOffset + p * aColumn;
                addPanel(m, terms, columns, a, aAt, aRow, aColumn, p > 0, c, cAt, cRow, cColumn);
            }
        }
    }

    /** Copies the panel; where terms is odd, the last pair's second row is zero. */
    private void pack(int terms, int columns, double[] b, int bOffset, int bRow, int bColumn) {
        for (int p = 0; p < terms; p++) {
            if (pairs[p / 2] == null) {
                pairs[p / 2] = new double[2 * WIDTH];
            }
            copy(columns, b, bOffset + p * bRow, bColumn, pairs[p / 2], p % 2 * WIDTH, 1);
        }
        if (terms % 2 == 1) {
            Arrays.fill(pairs[terms / 2], WIDTH, WIDTH + columns, 0);
        }
    }

    private void addPanel(
            int m,
            int terms,
            int columns,
            double[] a,
            int aOffset,
            int aRow,
            int aColumn,
            boolean add,
            double[] c,
            int cOffset,
            int cRow,
            int cColumn) {
        for (int i = 0; i < m; i += 2) {
            int next = Math.min(1, m - 1 - i);
            int c0 = cOffset + i * cRow;
            int c1 = c0 + next * cRow;
            load(columns, add, c, c0, cColumn, 0);
            load(columns, add, c, c1, cColumn, WIDTH);
            addPairs(terms, columns, a, aOffset + i * aRow, next * aRow, aColumn);
            copy(columns, sums, 0, 1, c, c0, cColumn);
            copy(columns, sums, WIDTH, 1, c, c1, cColumn);
        }
    }

    private void load(int columns, boolean add, double[] c, int cOffset, int cColumn, int at) {
        if (add) {
            copy(columns, c, cOffset, cColumn, sums, at, 1);
        } else {
            Arrays.fill(sums, at, at + columns, 0);
        }
    }

    private void addPairs(int terms, int columns, double[] a, int aOffset, int aNext, int aColumn) {
        int p = 0;
        for (; p + 2 <= terms; p += 2) {
            int at = aOffset + p * aColumn;
            int next = at + aNext;
            addPair(columns, a[at], a[at + aColumn], a[next], a[next + aColumn], pairs[p / 2], sums);
        }
        if (p < terms) {
            int at = aOffset + p * aColumn;
            addPair(columns, a[at], 0, a[at + aNext], 0, pairs[p / 2], sums);
        }
    }

    private static void addPair(
            int columns, double a00, double a01, double a10, double a11, double[] pair, double[] sums) {
        for (int j = 0; j < columns; j++) {
            sums[j] = sums[j] + a00 * pair[j] + a01 * pair[WIDTH + j];
            sums[WIDTH + j] = sums[WIDTH + j] + a10 * pair[j] + a11 * pair[WIDTH + j];
        }
    }

    private static void copy(
            int length, double[] from, int fromOffset, int fromStride, double[] to, int toOffset, int toStride) {
        if (fromStride == 1 && toStride == 1) {
            System.arraycopy(from, fromOffset, to, toOffset, length);
            return;
        }
        for (int j = 0; j < length; j++) {
            to[toOffset + j * toStride] = from[fromOffset + j * fromStride];
        }
    }
}
