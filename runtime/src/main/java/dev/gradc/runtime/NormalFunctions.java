package dev.gradc.runtime;

/** The standard normal distribution, and the inverse of the error function, from which its quantile is made. */
final class NormalFunctions {

    private static final double SQRT_2 = 1.4142135623730951;
    private static final double SQRT_HALF = 0.7071067811865476;

    /** Below its negative the distribution function is less than the least double. */
    private static final double RANGE = 39;

    /** Nearer to 0 the distribution function is taken from erf. */
    private static final double MIDDLE = 0.75;

    private static final double INVERSE_ROOT_TWO_PI = 0.3989422804014327;

    /** erfinv(p)/p in p^2, for |p| <= 1/2. */
    private static final Rational INVERSE_NEAR = new Rational(
            0,
            0.8862266540527344,
            new double[] {
                2.7140002363382013e-07,
                0.23201303307201623,
                -0.4139760274530312,
                0.2221947448995927,
                -0.03392389305444298
            },
            new double[] {
                1.0,
                -2.3340552208843577,
                1.8678465673753846,
                -0.5823856926209676,
                0.05391423141028112,
                0.0004398201729548
            });

    /** x - r where erfc(x) = exp(-r^2), for r in [0.832, 1.75]; the next three continue it, up to r = 28. */
    private static final Rational TAIL_NEAR = new Rational(
            0.75,
            0,
            new double[] {
                -0.3481007481551527,
                -1.389829457956654,
                -2.3498229982000263,
                -2.2032354110522636,
                -1.1953418430927216,
                -0.3554178183076339,
                -0.046705675214491336,
                -0.0015108593869701454
            },
            new double[] {
                1.0,
                3.6772193658923733,
                6.292505918973897,
                6.2867431639867295,
                3.889175290099496,
                1.4607844685624702,
                0.3017879581000358,
                0.026595866778283975,
                0.0005285121010009692
            });

    private static final Rational TAIL_MIDDLE = new Rational(
            1.75,
            0,
            new double[] {
                -0.34400905432642154,
                -0.6337561892278688,
                -0.4565660315476579,
                -0.15843717405183833,
                -0.02576475625135587,
                -0.0016071879073790232,
                -2.3416650259449416e-05
            },
            new double[] {
                1.0,
                1.979993310022007,
                1.6252232145249101,
                0.6923189646708965,
                0.15739595082230182,
                0.01751686424514225,
                0.0007612094042644905,
                7.270076138809244e-06
            });

    private static final Rational TAIL_FAR = new Rational(
            3.5,
            0,
            new double[] {
                -0.26569726592678183,
                -0.21786564576598288,
                -0.06572536104001227,
                -0.008906307964375694,
                -0.0005327017294225339,
                -1.1908349689734899e-05,
                -6.158438138158536e-08
            },
            new double[] {
                1.0,
                0.957321871247429,
                0.3600752626318128,
                0.06665509760020831,
                0.006243707799361751,
                0.0002742540974358312,
                4.583744312159372e-06,
                1.6607869549228094e-08
            });

    private static final Rational TAIL_FARTHEST = new Rational(
            8,
            0,
            new double[] {
                -0.16665735747975155,
                -0.0618765493783975,
                -0.008694754460400387,
                -0.0005800153103096226,
                -1.8967314417424096e-05,
                -2.8453991133155784e-07,
                -1.622700426398854e-09,
                -2.1398838131896297e-12
            },
            new double[] {
                1.0,
                0.45017927646604794,
                0.08066481119344505,
                0.00732670718075056,
                0.0003564784188121353,
                9.058941727486203e-06,
                1.0896025435381184e-07,
                4.981216601104777e-10,
                4.906448362738558e-13
            });

    private NormalFunctions() {}

    static double cdf(double x) {
        return Math.abs(x) < MIDDLE ? middle(x) : outside(x, gaussian(x));
    }

    /** The distribution function, given {@link #gaussian} of x, too. */
    static double cdf(double x, double gaussian) {
        return Math.abs(x) < MIDDLE ? middle(x) : outside(x, gaussian);
    }

    private static double middle(double x) {
        return 0.5 + 0.5 * ErrorFunctions.erf(x * SQRT_HALF);
    }

    /** With the square of x itself rather than of a rounded x/sqrt(2). */
    private static double outside(double x, double gaussian) {
        double tail = 0.5 * gaussian * ErrorFunctions.erfcx(Math.abs(x) * SQRT_HALF);
        return x > 0 ? 1 - tail : tail;
    }

    static double density(double x) {
        return densityOf(gaussian(x));
    }

    /** The density, given {@link #gaussian}. */
    static double densityOf(double gaussian) {
        return INVERSE_ROOT_TWO_PI * gaussian;
    }

    /** exp(-x^2/2). */
    static double gaussian(double x) {
        return Math.abs(x) > RANGE ? 0 : ErrorFunctions.gaussian(x, -0.5);
    }

    static double logCdf(double x) {
        if (x > 0) {
            return Math.log1p(-cdf(-x));
        }
        return x < -1 ? Math.log(0.5 * ErrorFunctions.erfcx(-x * SQRT_HALF)) - 0.5 * x * x : Math.log(cdf(x));
    }

    static double quantile(double p) {
        if (p < 0.25) {
            return -SQRT_2 * inverseOfErfc(2 * p);
        }
        return p > 0.75 ? SQRT_2 * inverseOfErfc(2 * (1 - p)) : SQRT_2 * erfinv(2 * p - 1);
    }

    static double erfinv(double p) {
        if (Math.abs(p) <= 0.5) {
            return p * INVERSE_NEAR.at(p * p);
        }
        return Math.copySign(inverseOfErfc(1 - Math.abs(p)), p);
    }

    /** The x with erfc(x) = q, for q in [0, 1/2]; NaN below 0. */
    private static double inverseOfErfc(double q) {
        if (q == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double r = Math.sqrt(-Math.log(q));
        if (r < 1.75) {
            return r + TAIL_NEAR.at(r);
        }
        if (r < 3.5) {
            return r + TAIL_MIDDLE.at(r);
        }
        return r + (r < 8 ? TAIL_FAR : TAIL_FARTHEST).at(r);
    }
}
