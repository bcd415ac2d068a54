package dev.gradc.runtime;

/**
 * The inner loop that the factorisations and substitutions share: rows subtracted from a row, contiguously. HotSpot (17 and
 * 25) makes no vector code of loops whose references differ by offsets that vary, as rows do; what pays is to load and
 * store y less often, nearly twofold with four rows of X at once.
 */
final class DoubleRowUpdates {

    private DoubleRowUpdates() {}

    /**
     * y[length] -= f[terms] X[terms, length]; four rows of X share each pass over y.
     *
     * @param fStride from one factor to the next
     * @param xStride from one row of X to the next
     */
    static void subtractProduct(
            int terms,
            int length,
            double[] f,
            int fOffset,
            int fStride,
            double[] x,
            int xOffset,
            int xStride,
            double[] y,
            int yOffset) {
        int p = 0;
        for (; p + 4 <= terms; p += 4) {
            subtractFour(length, f, fOffset + p * fStride, fStride, x, xOffset + p * xStride, xStride, y, yOffset);
        }
        for (; p < terms; p++) {
            subtractOne(length, f[fOffset + p * fStride], x, xOffset + p * xStride, y, yOffset);
        }
    }

    /** y[length] -= factor x[length]. */
    static void subtractOne(int length, double factor, double[] x, int xOffset, double[] y, int yOffset) {
        for (int j = 0; j < length; j++) {
            y[yOffset + j] -= factor * x[xOffset + j];
        }
    }

    private static void subtractFour(
            int length,
            double[] f,
            int fOffset,
            int fStride,
            double[] x,
            int x0,
            int xStride,
            double[] y,
            int yOffset) {
        double f0 = f[fOffset];
        double f1 = f[fOffset + fStride];
        double f2 = f[fOffset + 2 * fStride];
        double f3 = f[fOffset + 3 * fStride];
        int x1 = x0 + xStride;
        int x2 = x1 + xStride;
        int x3 = x2 + xStride;
        for (int j = 0; j < length; j++) {
            y[yOffset + j] -= f0 * x[x0 + j] + f1 * x[x1 + j] + f2 * x[x2 + j] + f3 * x[x3 + j];
        }
    }

    /** The dot product of f[terms] and x[terms], in four partial sums. */
    static double dot(int terms, double[] f, int fOffset, double[] x, int xOffset) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int p = 0;
        for (; p + 4 <= terms; p += 4) {
            s0 += f[fOffset + p] * x[xOffset + p];
            s1 += f[fOffset + p + 1] * x[xOffset + p + 1];
            s2 += f[fOffset + p + 2] * x[xOffset + p + 2];
            s3 += f[fOffset + p + 3] * x[xOffset + p + 3];
        }
        for (; p < terms; p++) {
            s0 += f[fOffset + p] * x[xOffset + p];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
