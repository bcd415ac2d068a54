package dev.gradc.runtime;

/** Triangular systems of dense row-major matrices, by substitution in place of the right-hand sides. */
public final class DoubleTriangular {

    private DoubleTriangular() {}

    /**
     * X[count, n, m] with op(T) X = B, for triangular T[count, n, n] and B[count, n, m]. A zero on a diagonal gives what
     * its division gives, NaN or infinities. X may be the very region of B, but must not overlap it otherwise, nor T.
     *
     * @param lower whether T is lower triangular; only that triangle, with its diagonal, is read
     * @param transposed whether op(T) is T', otherwise T
     */
    public static void solve(
            int count,
            int n,
            int m,
            boolean lower,
            boolean transposed,
            double[] t,
            int tOffset,
            double[] b,
            int bOffset,
            double[] x,
            int xOffset) {
        System.arraycopy(b, bOffset, x, xOffset, count * n * m);
        for (int index = 0; index < count; index++) {
            substitute(n, m, lower, transposed, false, t, tOffset + index * n * n, x, xOffset + index * n * m);
        }
    }

    /** One system, in place: X[n, m] := op(T)^-1 X. With {@code unit}, ones stand for the diagonal, which is not read. */
    static void substitute(
            int n,
            int m,
            boolean lower,
            boolean transposed,
            boolean unit,
            double[] t,
            int tOffset,
            double[] x,
            int xOffset) {
        boolean forward = lower != transposed;
        if (m == 1 && transposed) {
            substituteByColumns(n, forward, unit, t, tOffset, x, xOffset);
        } else if (m == 1) {
            substituteByDots(n, forward, unit, t, tOffset, x, xOffset);
        } else {
            substituteByRows(n, m, forward, transposed, unit, t, tOffset, x, xOffset);
        }
    }

    /** Each row of X less its products with the rows solved before. */
    private static void substituteByRows(
            int n,
            int m,
            boolean forward,
            boolean transposed,
            boolean unit,
            double[] t,
            int tOffset,
            double[] x,
            int xOffset) {
        int tRow = transposed ? 1 : n;
        int tColumn = transposed ? n : 1;
        for (int step = 0; step < n; step++) {
            int i = forward ? step : n - 1 - step;
            int first = forward ? 0 : i + 1;
            int factors = tOffset + i * tRow + first * tColumn;
            int row = xOffset + i * m;
            DoubleRowUpdates.subtractProduct(step, m, t, factors, tColumn, x, xOffset + first * m, m, x, row);
            if (!unit) {
                divide(m, x, row, t[tOffset + i * n + i]);
            }
        }
    }

    private static void divide(int length, double[] x, int offset, double divisor) {
        for (int j = 0; j < length; j++) {
            x[offset + j] /= divisor;
        }
    }

    /** One right-hand side, T itself: each unknown by a dot product with a row of T. */
    private static void substituteByDots(
            int n, boolean forward, boolean unit, double[] t, int tOffset, double[] x, int xOffset) {
        for (int step = 0; step < n; step++) {
            int i = forward ? step : n - 1 - step;
            int first = forward ? 0 : i + 1;
            double known = DoubleRowUpdates.dot(step, t, tOffset + i * n + first, x, xOffset + first);
            double rest = x[xOffset + i] - known;
            x[xOffset + i] = unit ? rest : rest / t[tOffset + i * n + i];
        }
    }

    /** One right-hand side, T transposed: each unknown, once solved, leaves the others with a row of T. */
    private static void substituteByColumns(
            int n, boolean forward, boolean unit, double[] t, int tOffset, double[] x, int xOffset) {
        for (int step = 0; step < n; step++) {
            int i = forward ? step : n - 1 - step;
            int first = forward ? i + 1 : 0;
            if (!unit) {
                x[xOffset + i] /= t[tOffset + i * n + i];
            }
            DoubleRowUpdates.subtractOne(n - 1 - step, x[xOffset + i], t, tOffset + i * n + first, x, xOffset + first);
        }
    }
}
