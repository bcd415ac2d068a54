package dev.gradc.samples.gallery;

/** The multivariate normal density around 0, by elimination. */
final class NormalDensity {

    private NormalDensity() {}

    /** log N(x; 0, covariance): half of -x' Σ^-1 x - log det(Σ) - n log(2π). The covariance is overwritten. */
    static double log(double[][] covariance, double[] x) {
        int n = x.length;
        double[] residual = x.clone();
        double twice = -n * Math.log(2 * Math.PI);
        for (int p = 0; p < n; p++) {
            // with the pivots d of Σ = U' D U and the residuals r of U' r = x, x' Σ^-1 x is the sum of r^2/d
            twice -= Math.log(covariance[p][p]) + residual[p] * residual[p] / covariance[p][p];
            for (int i = p + 1; i < n; i++) {
                double factor = covariance[i][p] / covariance[p][p];
                residual[i] -= factor * residual[p];
                for (int j = p; j < n; j++) {
                    covariance[i][j] -= factor * covariance[p][j];
                }
            }
        }
        return twice / 2;
    }
}
