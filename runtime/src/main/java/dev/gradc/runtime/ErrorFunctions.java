package dev.gradc.runtime;

/**
 * The error function and its complements. The plan is Cody's (Rational Chebyshev approximations for the error function,
 * Math. Comp. 23, 1969): erf near 0, erfcx elsewhere, and erfc as exp(-x^2) erfcx(x). The fits are gradc's own.
 */
final class ErrorFunctions {

    /** Above it erfc is below the range of doubles. */
    private static final double ERFC_RANGE = 28;

    /** Below it erfcx is above the range of doubles, and exp(x^2) almost so. */
    private static final double ERFCX_RANGE = -26.64;

    /** erf(x)/x - 1 in x^2, for |x| <= 1. */
    private static final Rational ERF_NEAR = new Rational(
            0,
            0,
            new double[] {
                0.1283791670955126,
                -0.3169891693395489,
                -0.048371274599796295,
                -0.008822336324816778,
                -0.0004966403525373908,
                -2.07802280765619e-05
            },
            new double[] {
                1.0,
                0.46064498648983654,
                0.0938746087651241,
                0.010705251871973175,
                0.0006937362332349159,
                2.0866484101019162e-05
            });

    /** erfcx(x), for x in [0.5, 1]. */
    private static final Rational ERFCX_HALF = new Rational(
            0.5,
            0.5069379806518555,
            new double[] {
                0.1087523635410704,
                -0.31663062296501615,
                -0.4177474985195395,
                -0.21027924759308414,
                -0.05008809938483232,
                -0.004842843993484248
            },
            new double[] {
                1.0,
                1.8027948409923928,
                1.3533437702846982,
                0.5310096483451509,
                0.1094709189346597,
                0.009550904682693132
            });

    /** erfcx(x), for x in [1, 2]. */
    private static final Rational ERFCX_ONE = new Rational(
            1,
            0.32158517837524414,
            new double[] {
                0.10599839778056287,
                -0.1032728928070268,
                -0.17085744357197202,
                -0.08359260214876639,
                -0.018371603351984823,
                -0.0015931462007321405
            },
            new double[] {
                1.0,
                1.603223497101149,
                1.06408133716764,
                0.3666287335752955,
                0.06583227966806218,
                0.00495284454265371,
                5.97827099794464e-08
            });

    /** erfcx(x), for x in [2, 4]. */
    private static final Rational ERFCX_TWO = new Rational(
            2,
            0.1790010929107666,
            new double[] {
                0.07639458339973915,
                0.01133661730085608,
                -0.04532731939951065,
                -0.031669266921279214,
                -0.009312583033023188,
                -0.0013428962611147692,
                -7.890063644450225e-05
            },
            new double[] {
                1.0,
                1.5463541248233181,
                1.0212121570507982,
                0.36928478230887235,
                0.0772715571732195,
                0.00889145876273959,
                0.00044078308715218427
            });

    /** x erfcx(x) in 1/x^2, for x >= 4; its limit is 1/sqrt(pi). */
    private static final Rational ERFCX_FAR = new Rational(
            0,
            0.5641899108886719,
            new double[] {
                -3.2734091558935965e-07,
                -0.2821030985241854,
                -6.735492796971179,
                -51.21432313689589,
                -140.797532891172,
                -109.2779332053361
            },
            new double[] {
                1.0,
                25.376449804470766,
                215.86386353997293,
                740.872248653827,
                963.2021968199115,
                325.7856815011953,
                -16.582234190094738
            });

    private ErrorFunctions() {}

    static double erf(double x) {
        double size = Math.abs(x);
        return size < 1 ? erfNear(x) : Math.copySign(1 - erfcUpper(size), x);
    }

    static double erfc(double x) {
        if (x >= 0.5) {
            return erfcUpper(x);
        }
        return x > -1 ? 1 - erfNear(x) : 2 - erfcUpper(-x);
    }

    /** erf for |x| <= 1. */
    private static double erfNear(double x) {
        return x + x * ERF_NEAR.at(x * x);
    }

    /** erfc for x >= 0.5, infinity included. */
    private static double erfcUpper(double x) {
        return x > ERFC_RANGE ? 0 : gaussian(x, -1) * erfcxUpper(x);
    }

    static double erfcx(double x) {
        if (x < ERFCX_RANGE) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < -0.5) {
            return 2 * gaussian(x, 1) - erfcxUpper(-x);
        }
        return x < 0.5 ? Math.exp(x * x) * (1 - erfNear(x)) : erfcxUpper(x);
    }

    /** erfcx for x >= 0.5, infinity included. */
    private static double erfcxUpper(double x) {
        if (x < 1) {
            return ERFCX_HALF.at(x);
        }
        if (x < 2) {
            return ERFCX_ONE.at(x);
        }
        return x < 4 ? ERFCX_TWO.at(x) : ERFCX_FAR.at(1 / (x * x)) / x;
    }

    /**
     * exp(scale x^2), where the scale is plus or minus a power of two and the result is finite. What rounding takes from x * x is
     * found by splitting x into halves (Dekker, Numer. Math. 18, 1971), for exp would multiply it by x^2.
     */
    static double gaussian(double x, double scale) {
        double high = Double.longBitsToDouble(Double.doubleToRawLongBits(x) & (-1L << 27));
        double low = x - high;
        double square = x * x;
        double rest = high * high - square + 2 * high * low + low * low;
        double value = Math.exp(scale * square);
        return value + value * (scale * rest);
    }
}
