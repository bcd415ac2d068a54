package dev.gradc.runtime;

/**
 * Derivatives of digamma, as (-1)^(n+1) n! zeta(n + 1, x), where zeta(s, x) is Hurwitz's sum of (x + k)^-s over k >= 0:
 * term by term up to some N, and the rest by the Euler-Maclaurin formula (NIST DLMF 25.11.28 and 2.10.1).
 */
final class PolygammaFunctions {

    /** B(2j)/(2j)!, j = 1, 2, ... */
    private static final double[] EULER_MACLAURIN = {
        0.08333333333333333,
        -0.001388888888888889,
        3.306878306878307e-05,
        -8.267195767195768e-07,
        2.08767569878681e-08,
        -5.284190138687493e-10,
        1.3382536530684679e-11,
        -3.3896802963225827e-13,
        8.586062056277845e-15,
        -2.174868698558062e-16
    };

    /** A term below this fraction of the sum, and all that follow, do not change it. */
    private static final double NEGLIGIBLE = 0x1p-60;

    private PolygammaFunctions() {}

    /** For n >= 1. */
    static double polygamma(int n, double x) {
        if (GammaFunctions.isPole(x)) {
            return Double.NaN;
        }
        double sign = n % 2 == 0 ? -1 : 1;
        return sign * (x > 0 ? factorialZeta(n, x) : belowZero(n, x));
    }

    /**
     * n! times the sum over all k >= 0, where x + k is negative at first: with u the distance from the last integer
     * above x, those terms are, up to the sign of an odd power, zeta(n + 1, u) - zeta(n + 1, 1 - x), and the others
     * zeta(n + 1, 1 - u).
     */
    private static double belowZero(int n, double x) {
        double negative = factorialZeta(n, Math.ceil(x) - x) - factorialZeta(n, 1 - x);
        double positive = factorialZeta(n, x - Math.floor(x));
        return n % 2 == 0 ? positive - negative : positive + negative;
    }

    /** n! zeta(n + 1, x), for x > 0. The factor n!/x^n is made of quotients j/x, lest its parts leave the range. */
    private static double factorialZeta(int n, double x) {
        if (x == Double.POSITIVE_INFINITY) {
            return 0;
        }
        double factor = 1;
        for (long j = 1; j <= n; j++) {
            factor *= j / x;
        }
        return factor * (scaledZeta(n + 1.0, x) / x);
    }

    /** x^s zeta(s, x). */
    private static double scaledZeta(double s, double x) {
        double sum = 0;
        double end = x;
        for (int k = 1; end < 6 + 2 * s; k++) {
            double term = power(x / end, s);
            sum += term;
            if (term < NEGLIGIBLE * sum) {
                return sum;
            }
            end = x + k;
        }
        return sum + power(x / end, s) * rest(s, end);
    }

    /** y^s zeta(s, y), for y of at least 6 + 2 s, where the terms left out are below rounding. */
    private static double rest(double s, double y) {
        double sum = y / (s - 1) + 0.5;
        double reciprocal = 1 / y;
        double factor = s * reciprocal;
        for (int j = 0; j < EULER_MACLAURIN.length; j++) {
            sum += EULER_MACLAURIN[j] * factor;
            factor *= (s + 2 * j + 1) * reciprocal * ((s + 2 * j + 2) * reciprocal);
        }
        return sum;
    }

    /** x^s for a whole s: by squaring where that rounds seldom. */
    private static double power(double x, double s) {
        if (s > 16) {
            return Math.pow(x, s);
        }
        double result = 1;
        double square = x;
        for (int bits = (int) s; bits != 0; bits >>= 1) {
            if ((bits & 1) != 0) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }
}
