package dev.gradc.runtime;

/**
 * Special functions of a real argument, in double precision: NaN in, NaN out; nothing is allocated and nothing thrown,
 * but for a negative order. The errors stated are relative, and were measured against 50-digit arithmetic.
 */
public final class SpecialFunctions {

    private SpecialFunctions() {}

    /** 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x: odd, -1 and 1 at the infinities. */
    public static double erf(double x) {
        return ErrorFunctions.erf(x);
    }

    /** 1 - erf(x), without cancellation: as precise in the far tail, down to where it underflows (x near 27). */
    public static double erfc(double x) {
        return ErrorFunctions.erfc(x);
    }

    /** exp(x^2) erfc(x): about 1/(x sqrt(pi)) for large x, infinite for x below -26.63. */
    public static double erfcx(double x) {
        return ErrorFunctions.erfcx(x);
    }

    /** The x with erf(x) = p: infinite at -1 and 1, NaN beyond. */
    public static double erfinv(double p) {
        return NormalFunctions.erfinv(p);
    }

    /**
     * log|Gamma(x)|: infinite at the poles 0, -1, -2, ... and at both infinities. Its error is relative also near the
     * zeros 1 and 2, but absolute near those that lie between negative integers, from -2.457 down.
     */
    public static double lgamma(double x) {
        return GammaFunctions.lgamma(x);
    }

    /**
     * The derivative of {@link #lgamma}: NaN at its poles and at minus infinity. Its error is relative also near the
     * zero 1.4616, but absolute near the negative zeros.
     */
    public static double digamma(double x) {
        return GammaFunctions.digamma(x);
    }

    /**
     * The n-th derivative of digamma: digamma itself for n = 0; NaN at the poles 0, -1, -2, ... and at minus infinity,
     * 0 at infinity if n > 0. For even n, its error is absolute near the zeros, which lie between negative integers.
     *
     * @throws IllegalArgumentException if n is negative
     */
    public static double polygamma(int n, double x) {
        if (n < 0) {
            throw new IllegalArgumentException("polygamma needs an order of at least 0, got " + n);
        }
        return n == 0 ? GammaFunctions.digamma(x) : PolygammaFunctions.polygamma(n, x);
    }

    /** The standard normal distribution function, erfc(-x/sqrt(2))/2: as precise in the lower tail, down to x near -38. */
    public static double normalCdf(double x) {
        return NormalFunctions.cdf(x);
    }

    /** The standard normal density, exp(-x^2/2)/sqrt(2 pi). */
    public static double normalDensity(double x) {
        return NormalFunctions.density(x);
    }

    /** The logarithm of {@link #normalCdf}, also where that underflows: about -x^2/2 far down. */
    public static double logNormalCdf(double x) {
        return NormalFunctions.logCdf(x);
    }

    /** The x with normalCdf(x) = p: minus infinity at 0, infinity at 1, NaN outside. */
    public static double normalQuantile(double p) {
        return NormalFunctions.quantile(p);
    }
}
