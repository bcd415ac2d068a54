package dev.gradc.runtime;

import java.util.Arrays;

/**
 * Systems, inverses and determinants of general dense row-major matrices, by LU factorisation with partial pivoting. All
 * methods use a workspace of n*n + n doubles. Singular matrices give what the divisions by their zero pivots give, NaN or
 * infinities, and never an exception.
 */
public final class DoubleLu {

    private DoubleLu() {}

    /**
     * X[count, n, m] with op(A) X = B, for A[count, n, n] and B[count, n, m]. X may be the very region of B, but must not
     * overlap it otherwise, nor A.
     *
     * @param transposed whether op(A) is A', otherwise A
     * @param work n*n + n doubles, overwritten
     */
    public static void solve(
            int count,
            int n,
            int m,
            boolean transposed,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double[] x,
            int xOffset,
            double[] work) {
        System.arraycopy(b, bOffset, x, xOffset, count * n * m);
        for (int index = 0; index < count; index++) {
            DoubleLuFactors.factor(n, a, aOffset + index * n * n, work);
            substitute(n, m, transposed, work, x, xOffset + index * n * m);
        }
    }

    /** X := A^-1 X as U^-1 L^-1 P X, or X := A'^-1 X as P' L'^-1 U'^-1 X. */
    private static void substitute(int n, int m, boolean transposed, double[] work, double[] x, int xOffset) {
        if (transposed) {
            DoubleTriangular.substitute(n, m, false, true, false, work, 0, x, xOffset);
            DoubleTriangular.substitute(n, m, true, true, true, work, 0, x, xOffset);
            DoubleLuFactors.permuteRows(n, m, true, work, x, xOffset);
        } else {
            DoubleLuFactors.permuteRows(n, m, false, work, x, xOffset);
            DoubleTriangular.substitute(n, m, true, false, true, work, 0, x, xOffset);
            DoubleTriangular.substitute(n, m, false, false, false, work, 0, x, xOffset);
        }
    }

    /**
     * X[count, n, n], the inverses of A[count, n, n]. X may be the very region of A, but must not overlap it otherwise.
     *
     * @param work n*n + n doubles, overwritten
     */
    public static void inverse(int count, int n, double[] a, int aOffset, double[] x, int xOffset, double[] work) {
        int size = n * n;
        for (int index = 0; index < count; index++) {
            int at = xOffset + index * size;
            DoubleLuFactors.factor(n, a, aOffset + index * size, work);
            Arrays.fill(x, at, at + size, 0);
            for (int i = 0; i < n; i++) {
                x[at + i * n + i] = 1;
            }
            substitute(n, n, false, work, x, at);
        }
    }

    /**
     * d[count], the determinants of A[count, n, n]: 0 where singular, 1 for n = 0. The product of the pivots is kept as a
     * significand and an exponent, so that it overflows or underflows only where the determinant does.
     *
     * @param work n*n + n doubles, overwritten
     */
    public static void determinant(int count, int n, double[] a, int aOffset, double[] d, int dOffset, double[] work) {
        for (int index = 0; index < count; index++) {
            DoubleLuFactors.factor(n, a, aOffset + index * n * n, work);
            d[dOffset + index] = DoubleLuFactors.sign(n, work) * diagonalProduct(n, work);
        }
    }

    private static double diagonalProduct(int n, double[] work) {
        double significand = 1;
        int exponent = 0;
        for (int i = 0; i < n; i++) {
            double pivot = work[i * n + i];
            int pivotExponent = Math.getExponent(pivot);
            significand *= Math.scalb(pivot, -pivotExponent);
            int carry = Math.getExponent(significand);
            significand = Math.scalb(significand, -carry);
            exponent += pivotExponent + carry;
        }
        return Math.scalb(significand, exponent);
    }

    /**
     * d[count], the logarithms of the absolute determinants of A[count, n, n], summed over the pivots: minus infinity
     * where singular, 0 for n = 0.
     *
     * @param work n*n + n doubles, overwritten
     */
    public static void logAbsDeterminant(
            int count, int n, double[] a, int aOffset, double[] d, int dOffset, double[] work) {
        for (int index = 0; index < count; index++) {
            DoubleLuFactors.factor(n, a, aOffset + index * n * n, work);
            var sum = 0.0; // of 64 bits, as the logarithms are, for any type of elements
            for (int i = 0; i < n; i++) {
                sum += Math.log(Math.abs(work[i * n + i]));
            }
            Rounding.store(sum, d, dOffset + index);
        }
    }
}
