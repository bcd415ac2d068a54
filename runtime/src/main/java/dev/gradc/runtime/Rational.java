package dev.gradc.runtime;

/**
 * offset + P(t)/Q(t) with t = x - origin, both polynomials with the constant term first. The fits of this package
 * interpolate the function at Chebyshev nodes of their interval, which is within a small factor of the minimax error;
 * each has, with its coefficients rounded to doubles, a relative error below 5e-17 there. The offset carries most of the
 * value, so that little of the quotient's rounding reaches the result. special_fits.py, beside the tests, prints them.
 *
 * @param numerator P; owned by this record
 * @param denominator Q; owned by this record
 */
record Rational(double origin, double offset, double[] numerator, double[] denominator) {

    double at(double x) {
        double t = x - origin;
        return offset + polynomial(numerator, t) / polynomial(denominator, t);
    }

    /** The sum of c[i] t^i, by Horner's rule. */
    static double polynomial(double[] c, double t) {
        double sum = c[c.length - 1];
        for (int i = c.length - 2; i >= 0; i--) {
            sum = sum * t + c[i];
        }
        return sum;
    }
}
