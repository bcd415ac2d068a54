package dev.gradc.runtime;

import java.util.Arrays;

/**
 * The Cholesky factorisation of dense row-major matrices (Golub and Van Loan, Matrix Computations, section 4.2). It works
 * on rows of L', kept above the diagonal of the result until the end, so that all inner loops are contiguous.
 */
public final class DoubleCholesky {

    private DoubleCholesky() {}

    /**
     * The lower triangular L[count, n, n] with A = L L', zeros above its diagonal, for symmetric positive definite
     * A[count, n, n], of which only the lower triangles are read. Where a matrix of A is not positive definite, or not
     * finite, its whole L is NaN. The regions of A and L must not overlap.
     */
    public static void factor(int count, int n, double[] a, int aOffset, double[] l, int lOffset) {
        int size = n * n;
        for (int index = 0; index < count; index++) {
            int at = lOffset + index * size;
            transposeLower(n, a, aOffset + index * size, l, at);
            if (factorRows(n, l, at)) {
                transposeInPlace(n, l, at);
            } else {
                Arrays.fill(l, at, at + size, Double.NaN);
            }
        }
    }

    private static void transposeLower(int n, double[] a, int aOffset, double[] u, int uOffset) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                u[uOffset + j * n + i] = a[aOffset + i * n + j];
            }
        }
    }

    /** Overwrites the upper triangle U, row by row, so that U'U is what it held; false where that cannot be. */
    private static boolean factorRows(int n, double[] u, int uOffset) {
        for (int i = 0; i < n; i++) {
            int diagonal = uOffset + i * n + i;
            DoubleRowUpdates.subtractProduct(i, n - i, u, uOffset + i, n, u, uOffset + i, n, u, diagonal);
            double pivot = u[diagonal];
            if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
                return false;
            }
            divide(n - i, u, diagonal, Rounding.sqrt(pivot));
        }
        return true;
    }

    private static void divide(int length, double[] u, int offset, double divisor) {
        for (int j = 0; j < length; j++) {
            u[offset + j] /= divisor;
        }
    }

    private static void transposeInPlace(int n, double[] l, int lOffset) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                l[lOffset + i * n + j] = l[lOffset + j * n + i];
                l[lOffset + j * n + i] = 0;
            }
        }
    }
}
