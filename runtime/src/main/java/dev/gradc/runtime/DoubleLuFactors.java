package dev.gradc.runtime;

/**
 * P A = L U with partial pivoting, L with ones on its diagonal (Golub and Van Loan, Matrix Computations, section 3.4), in
 * a workspace of n*n + n doubles: U on and above the diagonal, L below it, then for each step the row it exchanged with; as
 * n*n elements fit an array, the numbers of rows are exact in single precision, too. A few columns are factored at a time,
 * so that the rows behind them take few passes.
 */
final class DoubleLuFactors {

    private static final int PANEL = 4;

    private DoubleLuFactors() {}

    /** Factors A[n, n] into {@code work}; a column without a pivot leaves a zero on the diagonal of U. */
    static void factor(int n, double[] a, int aOffset, double[] work) {
        System.arraycopy(a, aOffset, work, 0, n * n);
        for (int start = 0; start < n; start += PANEL) {
            int end = Math.min(start + PANEL, n);
            factorPanel(n, start, end, work);
            for (int i = start + 1; i < n; i++) {
                int terms = Math.min(i, end) - start;
                int factors = i * n + start;
                DoubleRowUpdates.subtractProduct(
                        terms, n - end, work, factors, 1, work, start * n + end, n, work, i * n + end);
            }
        }
    }

    /** Factors the columns from {@code start} to {@code end}; exchanges whole rows, but updates no column behind. */
    private static void factorPanel(int n, int start, int end, double[] work) {
        for (int k = start; k < end; k++) {
            int pivotRow = pivotRow(n, k, work);
            work[n * n + k] = pivotRow;
            if (pivotRow != k) {
                swapRows(n, work, k * n, pivotRow * n);
            }
            eliminate(n, k, end, work);
        }
    }

    private static int pivotRow(int n, int k, double[] work) {
        int best = k;
        double largest = Math.abs(work[k * n + k]);
        for (int i = k + 1; i < n; i++) {
            double size = Math.abs(work[i * n + k]);
            if (size > largest) {
                largest = size;
                best = i;
            }
        }
        return best;
    }

    /** Below a zero pivot all is zero, or NaN, and stands undivided: zeros change nothing, NaN spreads. */
    private static void eliminate(int n, int k, int end, double[] work) {
        double pivot = work[k * n + k];
        double divisor = pivot == 0 ? 1 : pivot;
        for (int i = k + 1; i < n; i++) {
            double factor = work[i * n + k] / divisor;
            work[i * n + k] = factor;
            for (int j = k + 1; j < end; j++) {
                work[i * n + j] -= factor * work[k * n + j];
            }
        }
    }

    /** X[n, m] := P X, or P' X where {@code inverse}. */
    static void permuteRows(int n, int m, boolean inverse, double[] work, double[] x, int xOffset) {
        for (int step = 0; step < n; step++) {
            int k = inverse ? n - 1 - step : step;
            int pivotRow = (int) work[n * n + k];
            if (pivotRow != k) {
                swapRows(m, x, xOffset + k * m, xOffset + pivotRow * m);
            }
        }
    }

    private static void swapRows(int length, double[] x, int first, int second) {
        for (int j = 0; j < length; j++) {
            double kept = x[first + j];
            x[first + j] = x[second + j];
            x[second + j] = kept;
        }
    }

    /** The determinant of P: 1 or -1. */
    static int sign(int n, double[] work) {
        int sign = 1;
        for (int k = 0; k < n; k++) {
            if (work[n * n + k] != k) {
                sign = -sign;
            }
        }
        return sign;
    }
}
