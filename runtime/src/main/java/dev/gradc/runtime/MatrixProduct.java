package dev.gradc.runtime;

import java.util.Arrays;

/**
 * Products of dense row-major matrices. Where the module jdk.incubator.vector is present ({@code java --add-modules
 * jdk.incubator.vector}) they are computed with it, otherwise in plain loops; the one or the other for the whole life of the
 * JVM, and the same operands always give the same bits. Nothing is allocated but each thread's buffers, of some 1.5 MiB at
 * most, when they are first needed.
 *
 * <p>The result overlaps no operand and is overwritten. NaN and infinities propagate as in the plain sums of products.
 */
public final class MatrixProduct {

    private static final DoubleProducts DOUBLES = ProductImplementations.doubles();
    private static final FloatProducts FLOATS = ProductImplementations.floats();

    private MatrixProduct() {}

    /**
     * C[m, n] = op(A)[m, k] op(B)[k, n]; C is overwritten.
     *
     * @param aTransposed whether A is stored as [k, m]
     * @param bTransposed whether B is stored as [n, k]
     */
    public static void multiply(
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
        if (m == 0 || n == 0 || k == 0) {
            Arrays.fill(c, cOffset, cOffset + m * n, 0);
        } else if (n == 1) {
            DOUBLES.multiplyVector(m, k, a, aOffset, aTransposed, b, bOffset, c, cOffset);
        } else if (m == 1) {
            DOUBLES.multiplyVector(n, k, b, bOffset, !bTransposed, a, aOffset, c, cOffset);
        } else {
            DOUBLES.multiply(m, n, k, a, aOffset, aTransposed, b, bOffset, bTransposed, c, cOffset);
        }
    }

    /** The product of matrices of floats, else as for doubles; sums are kept in float. */
    public static void multiply(
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            boolean aTransposed,
            float[] b,
            int bOffset,
            boolean bTransposed,
            float[] c,
            int cOffset) {
        if (m == 0 || n == 0 || k == 0) {
            Arrays.fill(c, cOffset, cOffset + m * n, 0);
        } else if (n == 1) {
            FLOATS.multiplyVector(m, k, a, aOffset, aTransposed, b, bOffset, c, cOffset);
        } else if (m == 1) {
            FLOATS.multiplyVector(n, k, b, bOffset, !bTransposed, a, aOffset, c, cOffset);
        } else {
            FLOATS.multiply(m, n, k, a, aOffset, aTransposed, b, bOffset, bTransposed, c, cOffset);
        }
    }

    /**
     * C[count, m, n], each C[i] = op(A[i])[m, k] op(B[i])[k, n]; C is overwritten.
     *
     * @param aTransposed whether A is stored as [count, k, m]
     * @param bTransposed whether B is stored as [count, n, k]
     */
    public static void multiplyBatch(
            int count,
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
        for (int i = 0; i < count; i++) {
            int aAt = aOffset + i * m * k;
            int bAt = bOffset + i * k * n;
            multiply(m, n, k, a, aAt, aTransposed, b, bAt, bTransposed, c, cOffset + i * m * n);
        }
    }

    /** The products of batches of matrices of floats, else as for doubles; sums are kept in float. */
    public static void multiplyBatch(
            int count,
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            boolean aTransposed,
            float[] b,
            int bOffset,
            boolean bTransposed,
            float[] c,
            int cOffset) {
        for (int i = 0; i < count; i++) {
            int aAt = aOffset + i * m * k;
            int bAt = bOffset + i * k * n;
            multiply(m, n, k, a, aAt, aTransposed, b, bAt, bTransposed, c, cOffset + i * m * n);
        }
    }

    /**
     * y[m] = op(A)[m, k] x; y is overwritten.
     *
     * @param aTransposed whether A is stored as [k, m]
     */
    public static void multiplyVector(
            int m,
            int k,
            double[] a,
            int aOffset,
            boolean aTransposed,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset) {
        if (m == 0 || k == 0) {
            Arrays.fill(y, yOffset, yOffset + m, 0);
        } else {
            DOUBLES.multiplyVector(m, k, a, aOffset, aTransposed, x, xOffset, y, yOffset);
        }
    }

    /** The product of a matrix and a vector of floats, else as for doubles; sums are kept in float. */
    public static void multiplyVector(
            int m, int k, float[] a, int aOffset, boolean aTransposed, float[] x, int xOffset, float[] y, int yOffset) {
        if (m == 0 || k == 0) {
            Arrays.fill(y, yOffset, yOffset + m, 0);
        } else {
            FLOATS.multiplyVector(m, k, a, aOffset, aTransposed, x, xOffset, y, yOffset);
        }
    }
}
