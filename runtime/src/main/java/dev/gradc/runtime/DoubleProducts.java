package dev.gradc.runtime;

/**
 * How products of matrices of doubles are computed. The build derives the same for floats from every class of this family
 * ({@code *Double*.java}), by writing float for double.
 *
 * <p>Matrices are dense and row-major. No extent is zero; the result overlaps no operand and is overwritten.
 */
interface DoubleProducts {

    /**
     * C[m, n] = op(A)[m, k] op(B)[k, n].
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
            int cOffset);

    /**
     * y[m] = op(A)[m, k] x[k].
     *
     * @param aTransposed whether A is stored as [k, m]
     */
    void multiplyVector(
            int m,
            int k,
            double[] a,
            int aOffset,
            boolean aTransposed,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset);
}
