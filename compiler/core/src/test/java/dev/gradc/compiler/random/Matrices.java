package dev.gradc.compiler.random;

/** Small dense matrices, by the schoolbook. */
final class Matrices {

    private Matrices() {}

    /** The lower triangular L with L L' = a. */
    static double[][] cholesky(double[][] a) {
        double[][] factor = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = a[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(rest) : rest / factor[j][j];
            }
        }
        return factor;
    }

    /** The x with a x = b, for a symmetric positive definite a. */
    static double[] solve(double[][] a, double[] b) {
        double[][] factor = cholesky(a);
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= factor[i][k] * x[k];
            }
            x[i] /= factor[i][i];
        }
        for (int i = x.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < x.length; k++) {
                x[i] -= factor[k][i] * x[k];
            }
            x[i] /= factor[i][i];
        }
        return x;
    }

    /** log det(a) of a symmetric positive definite a. */
    static double logDeterminant(double[][] a) {
        double sum = 0;
        double[][] factor = cholesky(a);
        for (int i = 0; i < a.length; i++) {
            sum += 2 * Math.log(factor[i][i]);
        }
        return sum;
    }
}
