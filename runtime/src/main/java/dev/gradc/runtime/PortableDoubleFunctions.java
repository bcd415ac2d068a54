package dev.gradc.runtime;

/** One element after the other. */
final class PortableDoubleFunctions implements DoubleFunctions {

    @Override
    public void power(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.pow(x[xOffset + i], y[yOffset + i]), z, zOffset + i);
        }
    }

    @Override
    public void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.exp(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void expm1(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.expm1(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void log(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.log(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void log1p(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.log1p(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void sin(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.sin(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void cos(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.cos(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void tan(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.tan(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void sinh(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.sinh(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void cosh(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.cosh(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void tanh(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.tanh(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void atan(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(Math.atan(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void sigmoid(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(GradMath.sigmoid(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void softplus(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(GradMath.softplus(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void erf(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(SpecialFunctions.erf(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void erfc(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(SpecialFunctions.erfc(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void normalCdf(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(SpecialFunctions.normalCdf(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void normalDensity(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            Rounding.store(SpecialFunctions.normalDensity(x[xOffset + i]), y, yOffset + i);
        }
    }

    @Override
    public void sinAndCos(int n, double[] x, int xOffset, double[] sin, int sinOffset, double[] cos, int cosOffset) {
        for (int i = 0; i < n; i++) {
            double v = x[xOffset + i];
            Rounding.store(Math.sin(v), sin, sinOffset + i);
            Rounding.store(Math.cos(v), cos, cosOffset + i);
        }
    }

    @Override
    public void normalCdfAndDensity(
            int n, double[] x, int xOffset, double[] cdf, int cdfOffset, double[] density, int densityOffset) {
        for (int i = 0; i < n; i++) {
            double v = x[xOffset + i];
            var gaussian = NormalFunctions.gaussian(v);
            Rounding.store(NormalFunctions.cdf(v, gaussian), cdf, cdfOffset + i);
            Rounding.store(NormalFunctions.densityOf(gaussian), density, densityOffset + i);
        }
    }
}
