package dev.gradc.runtime;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.FloatVector.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the error functions are made of, in the lanes of a vector. erfcx is 1/(x + c) times a polynomial in t = (x - c)/(x + c),
 * which takes all of x >= 0 to [-1, 1) (Shepherd and Laframboise, Math. Comp. 36, 1981). The polynomial is evaluated by Estrin's
 * scheme, whose steps wait for each other less than Horner's. Constants with F are those for floats.
 */
final class ErrorLanes {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final double ZERO = 0.0;
    private static final double ONE = 1.0;

    /** c. */
    private static final double CENTRE = 4.0;

    private static final double MINUS_CENTRE = -4.0;

    /** (x + c) erfcx(x) in (x - c)/(x + c), exact to 2^-58 for x up to 28. */
    private static final double C0 = 1.095995661000491;

    private static final double C1 = -0.9765487290808821;
    private static final double C2 = 0.7732087022652366;
    private static final double C3 = -0.5408538313132246;
    private static final double C4 = 0.33085158787803365;
    private static final double C5 = -0.17401093724029898;
    private static final double C6 = 0.07638151490891877;
    private static final double C7 = -0.0263700533345469;
    private static final double C8 = 0.0061120556594008585;
    private static final double C9 = -0.000280958915665096;
    private static final double C10 = -0.0004550527060413191;
    private static final double C11 = 0.00017681308004869034;
    private static final double C12 = -3.635081719946396e-06;
    private static final double C13 = -1.8861740387767386e-05;
    private static final double C14 = 4.6941688557715124e-06;
    private static final double C15 = 1.425944798234057e-06;
    private static final double C16 = -8.457861051191042e-07;
    private static final double C17 = -7.77054098060621e-08;
    private static final double C18 = 1.2380026171998524e-07;
    private static final double C19 = 2.3457772953584167e-09;
    private static final double C20 = -1.5398673720146792e-08;
    private static final double C21 = -2.774098127071955e-10;
    private static final double C22 = 1.0541407744001655e-09;

    /** erf(x)/x - 1 in x^2, for x^2 up to 1/2, exact to 2^-62 of erf(x)/x. */
    private static final double N0 = 0.1283791670955126;

    private static final double N1 = -0.3761263890318374;
    private static final double N2 = 0.1128379167095419;
    private static final double N3 = -0.026866170644840953;
    private static final double N4 = 0.0052239776208151305;
    private static final double N5 = -0.0008548326592402474;
    private static final double N6 = 0.00012055307893225623;
    private static final double N7 = -1.4924709820987197e-05;
    private static final double N8 = 1.6439359807250379e-06;
    private static final double N9 = -1.6021057961006655e-07;
    private static final double N10 = 1.1793324085010706e-08;

    private static final VectorSpecies<Float> F_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int F_LENGTH = F_SPECIES.length();
    private static final float F_ZERO = 0.0f;
    private static final float F_ONE = 1.0f;
    private static final float F_CENTRE = 3.0f;
    private static final float F_MINUS_CENTRE = -3.0f;
    private static final float FC0 = 1.0740069f;
    private static final float FC1 = -0.8833945f;
    private static final float FC2 = 0.59022826f;
    private static final float FC3 = -0.31046572f;
    private static final float FC4 = 0.11952998f;
    private static final float FC5 = -0.0268416f;
    private static final float FC6 = -0.0012314682f;
    private static final float FC7 = 0.0030819557f;
    private static final float FC8 = -0.0004740324f;
    private static final float FC9 = -0.00032051702f;
    private static final float FN0 = 0.12837917f;
    private static final float FN1 = -0.3761263f;
    private static final float FN2 = 0.11283527f;
    private static final float FN3 = -0.026843583f;
    private static final float FN4 = 0.0051358077f;
    private static final float FN5 = -0.00069277984f;

    private ErrorLanes() {}

    /** erfcx(x) = exp(x^2) erfc(x), for x of at least 0. */
    static void scaled(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector inverse = broadcast(SPECIES, ONE).div(v.add(broadcast(SPECIES, CENTRE)));
            DoubleVector t = v.sub(broadcast(SPECIES, CENTRE)).mul(inverse);
            DoubleVector residue = t.fma(
                    broadcast(SPECIES, ZERO).sub(v),
                    t.add(broadcast(SPECIES, ONE)).fma(broadcast(SPECIES, MINUS_CENTRE), v));
            t = residue.fma(inverse, t);
            residue = inverse.fma(
                    broadcast(SPECIES, ZERO).sub(v),
                    inverse.fma(broadcast(SPECIES, MINUS_CENTRE), broadcast(SPECIES, ONE)));
            inverse = inverse.fma(residue, inverse);
            DoubleVector z = t.mul(t);
            DoubleVector w = z.mul(z);
            DoubleVector c0 = broadcast(SPECIES, C7)
                    .fma(t, broadcast(SPECIES, C6))
                    .fma(z, broadcast(SPECIES, C5).fma(t, broadcast(SPECIES, C4)))
                    .fma(
                            w,
                            broadcast(SPECIES, C3)
                                    .fma(t, broadcast(SPECIES, C2))
                                    .fma(z, broadcast(SPECIES, C1).fma(t, broadcast(SPECIES, C0))));
            DoubleVector c8 = broadcast(SPECIES, C15)
                    .fma(t, broadcast(SPECIES, C14))
                    .fma(z, broadcast(SPECIES, C13).fma(t, broadcast(SPECIES, C12)))
                    .fma(
                            w,
                            broadcast(SPECIES, C11)
                                    .fma(t, broadcast(SPECIES, C10))
                                    .fma(z, broadcast(SPECIES, C9).fma(t, broadcast(SPECIES, C8))));
            DoubleVector c16 = broadcast(SPECIES, C22)
                    .fma(z, broadcast(SPECIES, C21).fma(t, broadcast(SPECIES, C20)))
                    .fma(
                            w,
                            broadcast(SPECIES, C19)
                                    .fma(t, broadcast(SPECIES, C18))
                                    .fma(z, broadcast(SPECIES, C17).fma(t, broadcast(SPECIES, C16))));
            DoubleVector w2 = w.mul(w);
            c16.fma(w2, c8).fma(w2, c0).mul(inverse).intoArray(y, yOffset + i);
        }
    }

    /** erf(x)/x - 1, given x^2 up to 1/2. */
    static void series(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            broadcast(SPECIES, N10)
                    .fma(v, broadcast(SPECIES, N9))
                    .fma(v, broadcast(SPECIES, N8))
                    .fma(v, broadcast(SPECIES, N7))
                    .fma(v, broadcast(SPECIES, N6))
                    .fma(v, broadcast(SPECIES, N5))
                    .fma(v, broadcast(SPECIES, N4))
                    .fma(v, broadcast(SPECIES, N3))
                    .fma(v, broadcast(SPECIES, N2))
                    .fma(v, broadcast(SPECIES, N1))
                    .fma(v, broadcast(SPECIES, N0))
                    .intoArray(y, yOffset + i);
        }
    }

    /** erfcx(x) = exp(x^2) erfc(x), for x of at least 0. */
    static void scaled(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FloatVector inverse = broadcast(F_SPECIES, F_ONE).div(v.add(broadcast(F_SPECIES, F_CENTRE)));
            FloatVector t = v.sub(broadcast(F_SPECIES, F_CENTRE)).mul(inverse);
            FloatVector residue = t.fma(
                    broadcast(F_SPECIES, F_ZERO).sub(v),
                    t.add(broadcast(F_SPECIES, F_ONE)).fma(broadcast(F_SPECIES, F_MINUS_CENTRE), v));
            t = residue.fma(inverse, t);
            residue = inverse.fma(
                    broadcast(F_SPECIES, F_ZERO).sub(v),
                    inverse.fma(broadcast(F_SPECIES, F_MINUS_CENTRE), broadcast(F_SPECIES, F_ONE)));
            inverse = inverse.fma(residue, inverse);
            FloatVector z = t.mul(t);
            FloatVector even =
                    broadcast(F_SPECIES, FC8).fma(z, broadcast(F_SPECIES, FC6)).fma(z, broadcast(F_SPECIES, FC4));
            FloatVector odd =
                    broadcast(F_SPECIES, FC9).fma(z, broadcast(F_SPECIES, FC7)).fma(z, broadcast(F_SPECIES, FC5));
            odd.fma(t, even)
                    .fma(t, broadcast(F_SPECIES, FC3))
                    .fma(t, broadcast(F_SPECIES, FC2))
                    .fma(t, broadcast(F_SPECIES, FC1))
                    .fma(t, broadcast(F_SPECIES, FC0))
                    .mul(inverse)
                    .intoArray(y, yOffset + i);
        }
    }

    /** erf(x)/x - 1, given x^2 up to 1/2. */
    static void series(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            broadcast(F_SPECIES, FN5)
                    .fma(v, broadcast(F_SPECIES, FN4))
                    .fma(v, broadcast(F_SPECIES, FN3))
                    .fma(v, broadcast(F_SPECIES, FN2))
                    .fma(v, broadcast(F_SPECIES, FN1))
                    .fma(v, broadcast(F_SPECIES, FN0))
                    .intoArray(y, yOffset + i);
        }
    }
}
