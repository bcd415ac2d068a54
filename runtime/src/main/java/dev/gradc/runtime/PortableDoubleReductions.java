package dev.gradc.runtime;

/** Reductions in four partial results each, so that one operation need not wait for the one before. */
class PortableDoubleReductions implements DoubleReductions {

    @Override
    public double sum(int n, double[] x, int xOffset) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i < n - 3; i += 4) {
            s0 += x[xOffset + i];
            s1 += x[xOffset + i + 1];
            s2 += x[xOffset + i + 2];
            s3 += x[xOffset + i + 3];
        }
        for (; i < n; i++) {
            s0 += x[xOffset + i];
        }
        return s0 + s1 + (s2 + s3);
    }

    @Override
    public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i < n - 3; i += 4) {
            s0 += x[xOffset + i] * y[yOffset + i];
            s1 += x[xOffset + i + 1] * y[yOffset + i + 1];
            s2 += x[xOffset + i + 2] * y[yOffset + i + 2];
            s3 += x[xOffset + i + 3] * y[yOffset + i + 3];
        }
        for (; i < n; i++) {
            s0 += x[xOffset + i] * y[yOffset + i];
        }
        return s0 + s1 + (s2 + s3);
    }

    @Override
    public double max(int n, double[] x, int xOffset) {
        double m0 = Double.NEGATIVE_INFINITY;
        double m1 = m0;
        double m2 = m0;
        double m3 = m0;
        int i = 0;
        for (; i < n - 3; i += 4) {
            m0 = Math.max(m0, x[xOffset + i]);
            m1 = Math.max(m1, x[xOffset + i + 1]);
            m2 = Math.max(m2, x[xOffset + i + 2]);
            m3 = Math.max(m3, x[xOffset + i + 3]);
        }
        for (; i < n; i++) {
            m0 = Math.max(m0, x[xOffset + i]);
        }
        return Math.max(Math.max(m0, m1), Math.max(m2, m3));
    }

    @Override
    public double min(int n, double[] x, int xOffset) {
        double m0 = Double.POSITIVE_INFINITY;
        double m1 = m0;
        double m2 = m0;
        double m3 = m0;
        int i = 0;
        for (; i < n - 3; i += 4) {
            m0 = Math.min(m0, x[xOffset + i]);
            m1 = Math.min(m1, x[xOffset + i + 1]);
            m2 = Math.min(m2, x[xOffset + i + 2]);
            m3 = Math.min(m3, x[xOffset + i + 3]);
        }
        for (; i < n; i++) {
            m0 = Math.min(m0, x[xOffset + i]);
        }
        return Math.min(Math.min(m0, m1), Math.min(m2, m3));
    }
}
