package dev.gradc.runtime;

/**
 * The product of small matrices: tiles of 2 rows and 4 columns, their sums in local variables. Where fewer rows or columns
 * are left, the tile takes the last one again in place of those missing.
 */
final class DoubleTile {

    private static final int ROWS = 2;
    private static final int COLUMNS = 4;

    private DoubleTile() {}

    /**
     * C[m, n] = A[m, k] B[k, n], each matrix with a stride from row to row and one from column to column, but C, whose rows
     * are contiguous.
     */
    static void multiply(
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
        for (int i = 0; i < m; i += ROWS) {
            int a0 = aOffset + i * aRow;
            int row = Math.min(1, m - 1 - i);
            for (int j = 0; j < n; j += COLUMNS) {
                int last = Math.min(COLUMNS, n - j) - 1;
                int b0 = bOffset + j * bColumn;
                tile(k, a, a0, row * aRow, aColumn, b, b0, bRow, bColumn, last, c, cOffset + i * n + j, row * n);
            }
        }
    }

    private static void tile(
            int k,
            double[] a,
            int a0,
            int aNext,
            int aColumn,
            double[] b,
            int b0,
            int bRow,
            int bColumn,
            int last,
            double[] c,
            int c0,
            int cNext) {
        int b1 = Math.min(1, last) * bColumn;
        int b2 = Math.min(2, last) * bColumn;
        int b3 = last * bColumn;
        double s00 = 0;
        double s01 = 0;
        double s02 = 0;
        double s03 = 0;
        double s10 = 0;
        double s11 = 0;
        double s12 = 0;
        double s13 = 0;
        for (int p = 0; p < k; p++) {
            int at = b0 + p * bRow;
            double v0 = b[at];
            double v1 = b[at + b1];
            double v2 = b[at + b2];
            double v3 = b[at + b3];
            double u0 = a[a0 + p * aColumn];
            double u1 = a[a0 + p * aColumn + aNext];
            s00 += u0 * v0;
            s01 += u0 * v1;
            s02 += u0 * v2;
            s03 += u0 * v3;
            s10 += u1 * v0;
            s11 += u1 * v1;
            s12 += u1 * v2;
            s13 += u1 * v3;
        }
        store(s10, s11, s12, s13, last, c, c0 + cNext);
        store(s00, s01, s02, s03, last, c, c0);
    }

    private static void store(double s0, double s1, double s2, double s3, int last, double[] c, int at) {
        c[at] = s0;
        c[at + Math.min(1, last)] = s1;
        c[at + Math.min(2, last)] = s2;
        c[at + last] = s3;
    }
}
