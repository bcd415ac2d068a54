package dev.gradc.runtime;

import static dev.gradc.runtime.Lanes.all;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The error function, its complement and the normal distribution in the lanes of a vector. erfcx, which they share, is
 * 1/(x + c) times a polynomial in t = (x - c)/(x + c), which takes all of x >= 0 to [-1, 1) (Shepherd and Laframboise, Math. Comp. 36,
 * 1981). The kernels are loops themselves: by itself each would be compiled to more than HotSpot inlines. Constants with F
 * are those for floats.
 */
final class ErrorLanes {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final DoubleVector ZERO = all(0.0);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ONE = all(1.0);
    private static final DoubleVector TWO = all(2.0);
    private static final DoubleVector MINUS_HALF = all(-0.5);
    private static final DoubleVector ROOT_HALF = all(0.7071067811865476);
    private static final DoubleVector ROOT_HALF_REST = all(-4.833646656726457e-17);
    private static final LongVector SIGN = all(Long.MIN_VALUE);

    /** From here on erfc is 0. */
    private static final DoubleVector RANGE = all(28.0);

    /** From here on the other way the distribution function is 0. */
    private static final DoubleVector NORMAL_RANGE = all(39.0);

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
    private static final FloatVector F_HALF = all(0.5f);
    private static final FloatVector F_ONE = all(1.0f);
    private static final FloatVector F_TWO = all(2.0f);
    private static final FloatVector F_MINUS_HALF = all(-0.5f);
    private static final FloatVector F_ROOT_HALF = all(0.70710677f);
    private static final FloatVector F_ROOT_HALF_REST = all(1.2101617e-8f);
    private static final IntVector F_SIGN = all(Integer.MIN_VALUE);
    private static final FloatVector F_RANGE = all(10.5f);
    private static final FloatVector F_NORMAL_RANGE = all(14.5f);
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
    private static DoubleVector scaled(DoubleVector x) {
        DoubleVector inverse = ONE.div(x.add(CENTRE));
        DoubleVector t = x.sub(CENTRE).mul(inverse);
        DoubleVector residue = t.fma(ZERO.sub(x), t.add(ONE).fma(MINUS_CENTRE, x));
        t = residue.fma(inverse, t);
        residue = inverse.fma(ZERO.sub(x), inverse.fma(MINUS_CENTRE, ONE));
        inverse = inverse.fma(residue, inverse);
        DoubleVector z = t.mul(t);
        DoubleVector even = C22.fma(z, C20)
                .fma(z, C18)
                .fma(z, C16)
                .fma(z, C14)
                .fma(z, C12)
                .fma(z, C10)
                .fma(z, C8)
                .fma(z, C6)
                .fma(z, C4);
        DoubleVector odd = C21.fma(z, C19)
                .fma(z, C17)
                .fma(z, C15)
                .fma(z, C13)
                .fma(z, C11)
                .fma(z, C9)
                .fma(z, C7)
                .fma(z, C5);
        return odd.fma(t, even).fma(t, C3).fma(t, C2).fma(t, C1).fma(t, C0).mul(inverse);
    }

    /** erfc of whole vectors, within 5 ulp: exp(-x^2) erfcx(x) on the right, with what x^2 loses by rounding. */
    static void erfc(int n, double[] from, int at, double[] to, int toAt) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, from, at + i);
            DoubleVector size = x.abs();
            size = size.blend(RANGE, size.compare(VectorOperators.GT, RANGE));
            DoubleVector square = size.mul(size);
            DoubleVector e = ExpLanes.exp(ZERO.sub(square));
            DoubleVector ratio = scaled(size);
            DoubleVector lost = size.fma(size, ZERO.sub(square));
            DoubleVector tail = ratio.mul(e.sub(e.mul(lost)));
            tail.blend(TWO.sub(tail), x.compare(VectorOperators.LT, ZERO)).intoArray(to, toAt + i);
        }
    }

    /** erf of whole vectors, within 2 ulp: x + x E(x^2) near 0, else 1 - erfc(|x|). */
    static void erf(int n, double[] from, int at, double[] to, int toAt) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, from, at + i);
            DoubleVector size = x.abs();
            size = size.blend(RANGE, size.compare(VectorOperators.GT, RANGE));
            DoubleVector square = size.mul(size);
            DoubleVector e = ExpLanes.exp(ZERO.sub(square));
            DoubleVector far = ONE.sub(e.mul(scaled(size)));
            DoubleVector near = N10.fma(square, N9)
                    .fma(square, N8)
                    .fma(square, N7)
                    .fma(square, N6)
                    .fma(square, N5)
                    .fma(square, N4)
                    .fma(square, N3)
                    .fma(square, N2)
                    .fma(square, N1)
                    .fma(square, N0);
            far.blend(near.fma(size, size), square.compare(VectorOperators.LT, HALF))
                    .reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(SIGN))
                    .reinterpretAsDoubles()
                    .intoArray(to, toAt + i);
        }
    }

    /** normalCdf of whole vectors, within 5 ulp: exp(-x^2/2) erfcx(-x/sqrt(2))/2 on the left, as erfc. */
    static void normalCdf(int n, double[] from, int at, double[] to, int toAt) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, from, at + i);
            DoubleVector size = x.abs();
            size = size.blend(NORMAL_RANGE, size.compare(VectorOperators.GT, NORMAL_RANGE));
            DoubleVector square = size.mul(size);
            DoubleVector e = ExpLanes.exp(square.mul(MINUS_HALF));
            DoubleVector ratio = scaled(size.fma(ROOT_HALF, size.mul(ROOT_HALF_REST)));
            DoubleVector lost = size.fma(size, ZERO.sub(square)).mul(HALF);
            DoubleVector tail = ratio.mul(HALF).mul(e.sub(e.mul(lost)));
            tail.blend(ONE.sub(tail), x.compare(VectorOperators.GT, ZERO)).intoArray(to, toAt + i);
        }
    }

    /** erfcx(x) = exp(x^2) erfc(x), for x of at least 0. */
    private static FloatVector scaled(FloatVector x) {
        FloatVector inverse = F_ONE.div(x.add(F_CENTRE));
        FloatVector t = x.sub(F_CENTRE).mul(inverse);
        FloatVector residue = t.fma(F_ZERO.sub(x), t.add(F_ONE).fma(F_MINUS_CENTRE, x));
        t = residue.fma(inverse, t);
        residue = inverse.fma(F_ZERO.sub(x), inverse.fma(F_MINUS_CENTRE, F_ONE));
        inverse = inverse.fma(residue, inverse);
        FloatVector z = t.mul(t);
        FloatVector even = FC8.fma(z, FC6).fma(z, FC4);
        FloatVector odd = FC9.fma(z, FC7).fma(z, FC5);
        return odd.fma(t, even).fma(t, FC3).fma(t, FC2).fma(t, FC1).fma(t, FC0).mul(inverse);
    }

    /** erfc of whole vectors, within 5 ulp: exp(-x^2) erfcx(x) on the right, with what x^2 loses by rounding. */
    static void erfc(int n, float[] from, int at, float[] to, int toAt) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector x = FloatVector.fromArray(F_SPECIES, from, at + i);
            FloatVector size = x.abs();
            size = size.blend(F_RANGE, size.compare(VectorOperators.GT, F_RANGE));
            FloatVector square = size.mul(size);
            FloatVector e = ExpLanes.exp(F_ZERO.sub(square));
            FloatVector ratio = scaled(size);
            FloatVector lost = size.fma(size, F_ZERO.sub(square));
            FloatVector tail = ratio.mul(e.sub(e.mul(lost)));
            tail.blend(F_TWO.sub(tail), x.compare(VectorOperators.LT, F_ZERO)).intoArray(to, toAt + i);
        }
    }

    /** erf of whole vectors, within 2 ulp: x + x E(x^2) near 0, else 1 - erfc(|x|). */
    static void erf(int n, float[] from, int at, float[] to, int toAt) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector x = FloatVector.fromArray(F_SPECIES, from, at + i);
            FloatVector size = x.abs();
            size = size.blend(F_RANGE, size.compare(VectorOperators.GT, F_RANGE));
            FloatVector square = size.mul(size);
            FloatVector e = ExpLanes.exp(F_ZERO.sub(square));
            FloatVector far = F_ONE.sub(e.mul(scaled(size)));
            FloatVector near = FN5.fma(square, FN4)
                    .fma(square, FN3)
                    .fma(square, FN2)
                    .fma(square, FN1)
                    .fma(square, FN0);
            far.blend(near.fma(size, size), square.compare(VectorOperators.LT, F_HALF))
                    .reinterpretAsInts()
                    .or(x.reinterpretAsInts().and(F_SIGN))
                    .reinterpretAsFloats()
                    .intoArray(to, toAt + i);
        }
    }

    /** normalCdf of whole vectors, within 5 ulp: exp(-x^2/2) erfcx(-x/sqrt(2))/2 on the left, as erfc. */
    static void normalCdf(int n, float[] from, int at, float[] to, int toAt) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector x = FloatVector.fromArray(F_SPECIES, from, at + i);
            FloatVector size = x.abs();
            size = size.blend(F_NORMAL_RANGE, size.compare(VectorOperators.GT, F_NORMAL_RANGE));
            FloatVector square = size.mul(size);
            FloatVector e = ExpLanes.exp(square.mul(F_MINUS_HALF));
            FloatVector ratio = scaled(size.fma(F_ROOT_HALF, size.mul(F_ROOT_HALF_REST)));
            FloatVector lost = size.fma(size, F_ZERO.sub(square)).mul(F_HALF);
            FloatVector tail = ratio.mul(F_HALF).mul(e.sub(e.mul(lost)));
            tail.blend(F_ONE.sub(tail), x.compare(VectorOperators.GT, F_ZERO)).intoArray(to, toAt + i);
        }
    }
}
