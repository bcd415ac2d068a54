package dev.gradc.runtime;

/**
 * log|Gamma| and its derivative: fits around the zeros of each, which appear as factors, recurrence upwards, Stirling's
 * series (NIST DLMF 5.11.1, 5.11.2) from 10 on, reflection (DLMF 5.5.3, 5.5.4) below. The fits are gradc's own.
 */
final class GammaFunctions {

    /** From here on seven terms of Stirling's series are exact to rounding. */
    private static final double STIRLING = 10;

    /** (log(2 pi) - 1)/2. */
    private static final double STIRLING_CONSTANT = 0.4189385332046728;

    /** B(2k)/(2k (2k - 1)), k = 1, 2, ... */
    private static final double[] LGAMMA_SERIES = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156
    };

    /** B(2k)/(2k), k = 1, 2, ... */
    private static final double[] DIGAMMA_SERIES = {
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160
    };

    /** The positive zero of digamma, in two parts. */
    private static final double ROOT = 1.4616321449683622;

    private static final double ROOT_REST = 9.549995429965697e-17;

    /** log Gamma(1 + y)/(y (y - 1)), for y in [-0.5, 0.5]. */
    private static final Rational LGAMMA_NEAR_ONE = new Rational(
            -0.5,
            0.5772151947021484,
            new double[] {
                0.18593806253078501,
                0.7214651314427235,
                0.2971458734331294,
                -2.2121599943710275,
                -3.954467778445375,
                -2.687596264265521,
                -0.8024030081935356,
                -0.09462199871368515,
                -0.003010262596373027
            },
            new double[] {
                1.0,
                7.015256204652373,
                19.731174295603584,
                28.517064248802132,
                22.590160503453053,
                9.707874878760087,
                2.107488298120385,
                0.19664781212084098,
                0.005324681809183941
            });

    /** The same, for y in [0.5, 2]. */
    private static final Rational LGAMMA_NEAR_TWO = new Rational(
            0.5,
            0.39958953857421875,
            new double[] {
                0.08353941196676214,
                0.025590389089414068,
                -0.10131174973845004,
                -0.08723381737167223,
                -0.025948190439335054,
                -0.003008629359899012,
                -0.00010471741631837063
            },
            new double[] {
                1.0,
                2.053525168120342,
                1.622098669274473,
                0.6182217036821284,
                0.11652647916796183,
                0.009865803292422239,
                0.00027269114168800864,
                -8.983641266726972e-08
            });

    /** digamma(x)/(x - root), for x in [1, 2]. */
    private static final Rational DIGAMMA_NEAR_ONE = new Rational(
            1,
            0.9510555267333984,
            new double[] {
                0.29932461077000694,
                -0.23381450678837137,
                -0.5845738292425623,
                -0.26849059466957426,
                -0.042416469718901735,
                -0.001942001727526774
            },
            new double[] {
                1.0,
                2.074265969030126,
                1.4560087431462163,
                0.43321460430546915,
                0.05356314780111807,
                0.002090716130438967,
                -5.60546461373062e-07
            });

    /** The same, for x in [2, 3]. */
    private static final Rational DIGAMMA_NEAR_TWO = new Rational(
            2,
            0.6771745681762695,
            new double[] {
                0.10813297042783573,
                -0.13089561868522165,
                -0.14893382775066308,
                -0.041596254065803764,
                -0.003975462092031213,
                -0.0001005321041200575
            },
            new double[] {
                1.0,
                1.200774708065863,
                0.5100664228901842,
                0.09307634109023832,
                0.00692004955233437,
                0.00015069625232146463
            });

    private GammaFunctions() {}

    static double lgamma(double x) {
        if (x >= 0.5) {
            return lgammaUpper(x);
        }
        if (isPole(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (x > -0.5) {
            return lgammaOfOnePlus(x) - Math.log(Math.abs(x));
        }
        return Math.log(Math.PI / Math.abs(x * sinPi(x))) - lgammaUpper(-x);
    }

    /** For x >= 0.5. */
    private static double lgammaUpper(double x) {
        if (x < 3) {
            return lgammaOfOnePlus(x - 1);
        }
        if (x >= STIRLING) {
            double reciprocal = 1 / x;
            double rest = reciprocal * Rational.polynomial(LGAMMA_SERIES, reciprocal * reciprocal);
            return (x - 0.5) * (Math.log(x) - 1) + (STIRLING_CONSTANT + rest);
        }
        double product = 1;
        double y = x;
        while (y >= 3) {
            y -= 1;
            product *= y;
        }
        return lgammaOfOnePlus(y - 1) + Math.log(product);
    }

    /** log Gamma(1 + y), for y in [-0.5, 2]. */
    private static double lgammaOfOnePlus(double y) {
        return y * (y - 1) * (y < 0.5 ? LGAMMA_NEAR_ONE : LGAMMA_NEAR_TWO).at(y);
    }

    static double digamma(double x) {
        if (x > 0) {
            return digammaUpper(x);
        }
        return isPole(x) ? Double.NaN : digammaUpper(1 - x) - piCotPi(x);
    }

    /** For x > 0. */
    private static double digammaUpper(double x) {
        if (x < 1) {
            return digammaNear(x + 1) - 1 / x;
        }
        if (x >= STIRLING) {
            double reciprocal = 1 / x;
            double square = reciprocal * reciprocal;
            return Math.log(x) - 0.5 * reciprocal - square * Rational.polynomial(DIGAMMA_SERIES, square);
        }
        double sum = 0;
        double y = x;
        while (y >= 3) {
            y -= 1;
            sum += 1 / y;
        }
        return digammaNear(y) + sum;
    }

    /** For x in [1, 3]. */
    private static double digammaNear(double x) {
        return (x - ROOT - ROOT_REST) * (x < 2 ? DIGAMMA_NEAR_ONE : DIGAMMA_NEAR_TWO).at(x);
    }

    /** Whether x is 0, a negative integer or minus infinity. */
    static boolean isPole(double x) {
        return x <= 0 && x == Math.rint(x);
    }

    /** sin(pi x), up to its sign. */
    private static double sinPi(double x) {
        return Math.sin(Math.PI * (x - Math.rint(x)));
    }

    /** pi cot(pi x), by the tangent of an angle of at most pi/4. */
    private static double piCotPi(double x) {
        double r = x - Math.rint(x);
        if (Math.abs(r) <= 0.25) {
            return Math.PI / Math.tan(Math.PI * r);
        }
        return Math.copySign(Math.PI * Math.tan(Math.PI * (0.5 - Math.abs(r))), r);
    }
}
