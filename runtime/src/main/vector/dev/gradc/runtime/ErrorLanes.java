package dev.gradc.runtime;

import static dev.gradc.runtime.Lanes.all;

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

    private static final DoubleVector ZERO = all(0.0);
    private static final DoubleVector ONE = all(1.0);

    /** c. */
    private static final DoubleVector CENTRE = all(4.0);

    private static final DoubleVector MINUS_CENTRE = all(-4.0);

    /** (x + c) erfcx(x) in (x - c)/(x + c), exact to 2^-58 for x up to 28. */
    private static final DoubleVector C0 = all(1.095995661000491);

    private static final DoubleVector C1 = all(-0.9765487290808821);
    private static final DoubleVector C2 = all(0.7732087022652366);
    private static final DoubleVector C3 = all(-0.5408538313132246);
    private static final DoubleVector C4 = all(0.33085158787803365);
    private static final DoubleVector C5 = all(-0.17401093724029898);
    private static final DoubleVector C6 = all(0.07638151490891877);
    private static final DoubleVector C7 = all(-0.0263700533345469);
    private static final DoubleVector C8 = all(0.0061120556594008585);
    private static final DoubleVector C9 = all(-0.000280958915665096);
    private static final DoubleVector C10 = all(-0.0004550527060413191);
    private static final DoubleVector C11 = all(0.00017681308004869034);
    private static final DoubleVector C12 = all(-3.635081719946396e-06);
    private static final DoubleVector C13 = all(-1.8861740387767386e-05);
    private static final DoubleVector C14 = all(4.6941688557715124e-06);
    private static final DoubleVector C15 = all(1.425944798234057e-06);
    private static final DoubleVector C16 = all(-8.457861051191042e-07);
    private static final DoubleVector C17 = all(-7.77054098060621e-08);
    private static final DoubleVector C18 = all(1.2380026171998524e-07);
    private static final DoubleVector C19 = all(2.3457772953584167e-09);
    private static final DoubleVector C20 = all(-1.5398673720146792e-08);
    private static final DoubleVector C21 = all(-2.774098127071955e-10);
    private static final DoubleVector C22 = all(1.0541407744001655e-09);

    /** erf(x)/x - 1 in x^2, for x^2 up to 1/2, exact to 2^-62 of erf(x)/x. */
    private static final DoubleVector N0 = all(0.1283791670955126);

    private static final DoubleVector N1 = all(-0.3761263890318374);
    private static final DoubleVector N2 = all(0.1128379167095419);
    private static final DoubleVector N3 = all(-0.026866170644840953);
    private static final DoubleVector N4 = all(0.0052239776208151305);
    private static final DoubleVector N5 = all(-0.0008548326592402474);
    private static final DoubleVector N6 = all(0.00012055307893225623);
    private static final DoubleVector N7 = all(-1.4924709820987197e-05);
    private static final DoubleVector N8 = all(1.6439359807250379e-06);
    private static final DoubleVector N9 = all(-1.6021057961006655e-07);
    private static final DoubleVector N10 = all(1.1793324085010706e-08);

    private static final VectorSpecies<Float> F_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int F_LENGTH = F_SPECIES.length();
    private static final FloatVector F_ZERO = all(0.0f);
    private static final FloatVector F_ONE = all(1.0f);
    private static final FloatVector F_CENTRE = all(3.0f);
    private static final FloatVector F_MINUS_CENTRE = all(-3.0f);
    private static final FloatVector FC0 = all(1.0740069f);
    private static final FloatVector FC1 = all(-0.8833945f);
    private static final FloatVector FC2 = all(0.59022826f);
    private static final FloatVector FC3 = all(-0.31046572f);
    private static final FloatVector FC4 = all(0.11952998f);
    private static final FloatVector FC5 = all(-0.0268416f);
    private static final FloatVector FC6 = all(-0.0012314682f);
    private static final FloatVector FC7 = all(0.0030819557f);
    private static final FloatVector FC8 = all(-0.0004740324f);
    private static final FloatVector FC9 = all(-0.00032051702f);
    private static final FloatVector FN0 = all(0.12837917f);
    private static final FloatVector FN1 = all(-0.3761263f);
    private static final FloatVector FN2 = all(0.11283527f);
    private static final FloatVector FN3 = all(-0.026843583f);
    private static final FloatVector FN4 = all(0.0051358077f);
    private static final FloatVector FN5 = all(-0.00069277984f);

    private ErrorLanes() {}

    /** erfcx(x) = exp(x^2) erfc(x), for x of at least 0. */
    static void scaled(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector inverse = ONE.div(v.add(CENTRE));
            DoubleVector t = v.sub(CENTRE).mul(inverse);
            DoubleVector residue = t.fma(ZERO.sub(v), t.add(ONE).fma(MINUS_CENTRE, v));
            t = residue.fma(inverse, t);
            residue = inverse.fma(ZERO.sub(v), inverse.fma(MINUS_CENTRE, ONE));
            inverse = inverse.fma(residue, inverse);
            DoubleVector z = t.mul(t);
            DoubleVector w = z.mul(z);
            DoubleVector c0 =
                    C7.fma(t, C6).fma(z, C5.fma(t, C4)).fma(w, C3.fma(t, C2).fma(z, C1.fma(t, C0)));
            DoubleVector c8 = C15.fma(t, C14)
                    .fma(z, C13.fma(t, C12))
                    .fma(w, C11.fma(t, C10).fma(z, C9.fma(t, C8)));
            DoubleVector c16 =
                    C22.fma(z, C21.fma(t, C20)).fma(w, C19.fma(t, C18).fma(z, C17.fma(t, C16)));
            DoubleVector w2 = w.mul(w);
            c16.fma(w2, c8).fma(w2, c0).mul(inverse).intoArray(y, yOffset + i);
        }
    }

    /** erf(x)/x - 1, given x^2 up to 1/2. */
    static void series(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            N10.fma(v, N9)
                    .fma(v, N8)
                    .fma(v, N7)
                    .fma(v, N6)
                    .fma(v, N5)
                    .fma(v, N4)
                    .fma(v, N3)
                    .fma(v, N2)
                    .fma(v, N1)
                    .fma(v, N0)
                    .intoArray(y, yOffset + i);
        }
    }

    /** erfcx(x) = exp(x^2) erfc(x), for x of at least 0. */
    static void scaled(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FloatVector inverse = F_ONE.div(v.add(F_CENTRE));
            FloatVector t = v.sub(F_CENTRE).mul(inverse);
            FloatVector residue = t.fma(F_ZERO.sub(v), t.add(F_ONE).fma(F_MINUS_CENTRE, v));
            t = residue.fma(inverse, t);
            residue = inverse.fma(F_ZERO.sub(v), inverse.fma(F_MINUS_CENTRE, F_ONE));
            inverse = inverse.fma(residue, inverse);
            FloatVector z = t.mul(t);
            FloatVector even = FC8.fma(z, FC6).fma(z, FC4);
            FloatVector odd = FC9.fma(z, FC7).fma(z, FC5);
            odd.fma(t, even)
                    .fma(t, FC3)
                    .fma(t, FC2)
                    .fma(t, FC1)
                    .fma(t, FC0)
                    .mul(inverse)
                    .intoArray(y, yOffset + i);
        }
    }

    /** erf(x)/x - 1, given x^2 up to 1/2. */
    static void series(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FN5.fma(v, FN4).fma(v, FN3).fma(v, FN2).fma(v, FN1).fma(v, FN0).intoArray(y, yOffset + i);
        }
    }
}
