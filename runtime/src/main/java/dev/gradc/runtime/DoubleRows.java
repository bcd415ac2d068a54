package dev.gradc.runtime;

import java.util.Arrays;

/** Matrix times vector, each element of the matrix read once, in the order of memory. */
final class DoubleRows {

    private DoubleRows() {}

    /** y[m] = A[m, k] x[k]: four dot products at a time, each in two partial sums. */
    static void multiply(int m, int k, double[] a, int aOffset, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < m; i += 4) {
            int last = Math.min(4, m - i) - 1;
            fourDots(k, a, aOffset + i * k, last, x, xOffset, y, yOffset + i);
        }
    }

    private static void fourDots(
            int k, double[] a, int a0, int last, double[] x, int xOffset, double[] y, int yOffset) {
        int a1 = a0 + Math.min(1, last) * k;
        int a2 = a0 + Math.min(2, last) * k;
        int a3 = a0 + last * k;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        double t3 = 0;
        int even = k & ~1;
        for (int p = 0; p < even; p += 2) {
            double u = x[xOffset + p];
            double v = x[xOffset + p + 1];
            s0 += a[a0 + p] * u;
            t0 += a[a0 + p + 1] * v;
            s1 += a[a1 + p] * u;
            t1 += a[a1 + p + 1] * v;
            s2 += a[a2 + p] * u;
            t2 += a[a2 + p + 1] * v;
            s3 += a[a3 + p] * u;
            t3 += a[a3 + p + 1] * v;
        }
        if (even < k) {
            double u = x[xOffset + even];
            s0 += a[a0 + even] * u;
            s1 += a[a1 + even] * u;
            s2 += a[a2 + even] * u;
            s3 += a[a3 + even] * u;
        }
        y[yOffset] = s0 + t0;
        y[yOffset + Math.min(1, last)] = s1 + t1;
        y[yOffset + Math.min(2, last)] = s2 + t2;
        y[yOffset + last] = s3 + t3;
    }

    /**
     * y[m] = A'[m, k] x[k], A stored as [k, m]: four rows of A share each pass over y.
     *
     * @param xStride from one element of x to the next
     */
    static void multiplyTransposed(
            int m, int k, double[] a, int aOffset, double[] x, int xOffset, int xStride, double[] y, int yOffset) {
        Arrays.fill(y, yOffset, yOffset + m, 0);
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            addFour(m, a, aOffset + p * m, x, xOffset + p * xStride, xStride, y, yOffset);
        }
        for (; p < k; p++) {
            addOne(m, a, aOffset + p * m, x[xOffset + p * xStride], y, yOffset);
        }
    }

    private static void addFour(
            int m, double[] a, int a0, double[] x, int xOffset, int xStride, double[] y, int yOffset) {
        double x0 = x[xOffset];
        double x1 = x[xOffset + xStride];
        double x2 = x[xOffset + 2 * xStride];
        double x3 = x[xOffset + 3 * xStride];
        int a1 = a0 + m;
        int a2 = a1 + m;
        int a3 = a2 + m;
        for (int i = 0; i < m; i++) {
            y[yOffset + i] += x0 * a[a0 + i] + x1 * a[a1 + i] + x2 * a[a2 + i] + x3 * a[a3 + i];
        }
    }

    private static void addOne(int m, double[] a, int a0, double factor, double[] y, int yOffset) {
        for (int i = 0; i < m; i++) {
            y[yOffset + i] += factor * a[a0 + i];
        }
    }
}
