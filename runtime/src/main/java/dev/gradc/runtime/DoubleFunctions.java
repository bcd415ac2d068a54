package dev.gradc.runtime;

/** How the functions of {@link BlockMath} are computed, under the same names and with the same arguments. */
interface DoubleFunctions {

    void power(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset);

    void exp(int n, double[] x, int xOffset, double[] y, int yOffset);

    void expm1(int n, double[] x, int xOffset, double[] y, int yOffset);

    void log(int n, double[] x, int xOffset, double[] y, int yOffset);

    void log1p(int n, double[] x, int xOffset, double[] y, int yOffset);

    void sin(int n, double[] x, int xOffset, double[] y, int yOffset);

    void cos(int n, double[] x, int xOffset, double[] y, int yOffset);

    void tan(int n, double[] x, int xOffset, double[] y, int yOffset);

    void sinh(int n, double[] x, int xOffset, double[] y, int yOffset);

    void cosh(int n, double[] x, int xOffset, double[] y, int yOffset);

    void tanh(int n, double[] x, int xOffset, double[] y, int yOffset);

    void atan(int n, double[] x, int xOffset, double[] y, int yOffset);

    void sigmoid(int n, double[] x, int xOffset, double[] y, int yOffset);

    void softplus(int n, double[] x, int xOffset, double[] y, int yOffset);

    void erf(int n, double[] x, int xOffset, double[] y, int yOffset);

    void erfc(int n, double[] x, int xOffset, double[] y, int yOffset);

    void normalCdf(int n, double[] x, int xOffset, double[] y, int yOffset);

    void normalDensity(int n, double[] x, int xOffset, double[] y, int yOffset);

    void sinAndCos(int n, double[] x, int xOffset, double[] sin, int sinOffset, double[] cos, int cosOffset);

    void normalCdfAndDensity(
            int n, double[] x, int xOffset, double[] cdf, int cdfOffset, double[] density, int densityOffset);
}
