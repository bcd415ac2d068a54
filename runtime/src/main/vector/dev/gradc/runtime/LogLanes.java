package dev.gradc.runtime;

import static dev.gradc.runtime.Lanes.all;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * log and log1p in the lanes of a vector. With x = 2^k (1 + f), 1 + f between the roots of 1/2 and 2, and s = f/(2 + f), log(1 + f)
 * is 2 atanh(s), taken as f - f^2/2 + s (f^2/2 + s^2 P(s^2)) so that little of it is rounded (Muller, Elementary Functions, 3rd
 * ed., 2016, chapter 11). Constants with F are those for floats.
 */
final class LogLanes {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final DoubleVector ZERO = all(0.0);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ONE = all(1.0);
    private static final DoubleVector TWO = all(2.0);
    private static final DoubleVector MINUS_ONE = all(-1.0);
    private static final DoubleVector NAN = all(Double.NaN);
    private static final DoubleVector INFINITY = all(Double.POSITIVE_INFINITY);
    private static final DoubleVector MINUS_INFINITY = all(Double.NEGATIVE_INFINITY);
    private static final DoubleVector LN_2 = all(0.6931471805599453);
    private static final DoubleVector LN_2_REST = all(2.319046813846299e-17);

    /** Below it, either side of 0, log1p is its argument. */
    private static final DoubleVector TINY = all(0x1p-60);

    private static final DoubleVector LEAST_NORMAL = all(Double.MIN_NORMAL);

    /** Makes subnormal doubles normal. */
    private static final DoubleVector SCALE = all(0x1p54);

    /** The bits of the root of 1/2. */
    private static final LongVector ROOT = all(0x3fe6a09e667f3bcdL);

    /** What makes those bits the bits of 1. */
    private static final LongVector ONE_LESS_ROOT = all(0x3ff0000000000000L - 0x3fe6a09e667f3bcdL);

    private static final LongVector MANTISSA = all(0x000fffffffffffffL);

    /** The bits of 2^52: with a small integer in the last bits, those of its sum with that. */
    private static final LongVector INTEGERS = all(0x4330000000000000L);

    private static final DoubleVector BIAS = all(0x1p52 + 1023);
    private static final DoubleVector SCALED_BIAS = all(0x1p52 + 1023 + 54);

    /** Less the biased exponent of 2^k it is that of 2^(1 - k), which is 0 for the greatest k. */
    private static final LongVector TWICE_BIAS = all(2047L);

    /** P, exact to 2^-59 of 2 atanh(s). */
    private static final DoubleVector L0 = all(0.6666666666666734);

    private static final DoubleVector L1 = all(0.39999999999415436);
    private static final DoubleVector L2 = all(0.28571428742240795);
    private static final DoubleVector L3 = all(0.22222198585234568);
    private static final DoubleVector L4 = all(0.1818356387098763);
    private static final DoubleVector L5 = all(0.15314057849221283);
    private static final DoubleVector L6 = all(0.1479591790826886);

    private static final VectorSpecies<Float> F_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int F_LENGTH = F_SPECIES.length();
    private static final FloatVector F_ZERO = all(0.0f);
    private static final FloatVector F_HALF = all(0.5f);
    private static final FloatVector F_ONE = all(1.0f);
    private static final FloatVector F_TWO = all(2.0f);
    private static final FloatVector F_MINUS_ONE = all(-1.0f);
    private static final FloatVector F_NAN = all(Float.NaN);
    private static final FloatVector F_INFINITY = all(Float.POSITIVE_INFINITY);
    private static final FloatVector F_MINUS_INFINITY = all(Float.NEGATIVE_INFINITY);
    private static final FloatVector F_LN_2 = all(0.6931472f);
    private static final FloatVector F_LN_2_REST = all(-1.9046542e-9f);
    private static final FloatVector F_TINY = all(0x1p-30f);
    private static final FloatVector F_LEAST_NORMAL = all(Float.MIN_NORMAL);
    private static final FloatVector F_SCALE = all(0x1p25f);
    private static final IntVector F_ROOT = all(0x3f3504f3);
    private static final IntVector F_ONE_LESS_ROOT = all(0x3f800000 - 0x3f3504f3);
    private static final IntVector F_MANTISSA = all(0x007fffff);
    private static final IntVector F_INTEGERS = all(0x4b000000);
    private static final FloatVector F_BIAS = all(0x1p23f + 127);
    private static final FloatVector F_SCALED_BIAS = all(0x1p23f + 127 + 25);
    private static final IntVector F_TWICE_BIAS = all(255);
    private static final FloatVector FL0 = all(0.6666666f);
    private static final FloatVector FL1 = all(0.40000334f);
    private static final FloatVector FL2 = all(0.28537303f);
    private static final FloatVector FL3 = all(0.23582283f);

    private LogLanes() {}

    /** Within 1 ulp. */
    static void log(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            VectorMask<Double> subnormal = v.compare(VectorOperators.LT, LEAST_NORMAL);
            DoubleVector normal = v.blend(v.mul(SCALE), subnormal);
            LongVector u = normal.reinterpretAsLongs().add(ONE_LESS_ROOT);
            DoubleVector k = u.lanewise(VectorOperators.LSHR, 52)
                    .or(INTEGERS)
                    .reinterpretAsDoubles()
                    .sub(BIAS.blend(SCALED_BIAS, subnormal));
            DoubleVector f = u.and(MANTISSA).add(ROOT).reinterpretAsDoubles().sub(ONE);
            DoubleVector s = f.div(f.add(TWO));
            DoubleVector z = s.mul(s);
            DoubleVector half = f.mul(f).mul(HALF);
            DoubleVector w = z.mul(z);
            DoubleVector even = L6.fma(w, L4).fma(w, L2).fma(w, L0);
            DoubleVector odd = L5.fma(w, L3).fma(w, L1);
            DoubleVector r = odd.fma(z, even).fma(z, half);
            DoubleVector value = k.fma(LN_2, f.sub(half.sub(s.fma(r, k.mul(LN_2_REST)))));
            v.blend(value, v.compare(VectorOperators.LT, INFINITY))
                    .blend(NAN, v.compare(VectorOperators.LT, ZERO))
                    .blend(MINUS_INFINITY, v.compare(VectorOperators.EQ, ZERO))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 2 ulp: as log(1 + x), with half of what 1 + x loses by rounding (exactly; Knuth's two-sum). */
    static void log1p(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector sum = v.add(ONE);
            DoubleVector back = sum.sub(ONE);
            DoubleVector lost = v.sub(back).add(ONE.sub(sum.sub(back))).mul(HALF);
            LongVector u = sum.reinterpretAsLongs().add(ONE_LESS_ROOT);
            LongVector exponent = u.lanewise(VectorOperators.LSHR, 52);
            DoubleVector k = exponent.or(INTEGERS).reinterpretAsDoubles().sub(BIAS);
            DoubleVector scale =
                    TWICE_BIAS.sub(exponent).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
            DoubleVector f = u.and(MANTISSA).add(ROOT).reinterpretAsDoubles().sub(ONE);
            f = lost.fma(scale, f);
            DoubleVector s = f.div(f.add(TWO));
            DoubleVector z = s.mul(s);
            DoubleVector half = f.mul(f).mul(HALF);
            DoubleVector w = z.mul(z);
            DoubleVector even = L6.fma(w, L4).fma(w, L2).fma(w, L0);
            DoubleVector odd = L5.fma(w, L3).fma(w, L1);
            DoubleVector r = odd.fma(z, even).fma(z, half);
            DoubleVector value = k.fma(LN_2, f.sub(half.sub(s.fma(r, k.mul(LN_2_REST)))));
            v.blend(value, v.compare(VectorOperators.LT, INFINITY))
                    .blend(NAN, v.compare(VectorOperators.LT, MINUS_ONE))
                    .blend(MINUS_INFINITY, v.compare(VectorOperators.EQ, MINUS_ONE))
                    .blend(v, v.abs().compare(VectorOperators.LT, TINY))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 1 ulp. */
    static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            VectorMask<Float> subnormal = v.compare(VectorOperators.LT, F_LEAST_NORMAL);
            FloatVector normal = v.blend(v.mul(F_SCALE), subnormal);
            IntVector u = normal.reinterpretAsInts().add(F_ONE_LESS_ROOT);
            FloatVector k = u.lanewise(VectorOperators.LSHR, 23)
                    .or(F_INTEGERS)
                    .reinterpretAsFloats()
                    .sub(F_BIAS.blend(F_SCALED_BIAS, subnormal));
            FloatVector f = u.and(F_MANTISSA).add(F_ROOT).reinterpretAsFloats().sub(F_ONE);
            FloatVector s = f.div(f.add(F_TWO));
            FloatVector z = s.mul(s);
            FloatVector half = f.mul(f).mul(F_HALF);
            FloatVector r = FL3.fma(z, FL2).fma(z, FL1).fma(z, FL0).fma(z, half);
            FloatVector value = k.fma(F_LN_2, f.sub(half.sub(s.fma(r, k.mul(F_LN_2_REST)))));
            v.blend(value, v.compare(VectorOperators.LT, F_INFINITY))
                    .blend(F_NAN, v.compare(VectorOperators.LT, F_ZERO))
                    .blend(F_MINUS_INFINITY, v.compare(VectorOperators.EQ, F_ZERO))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 2 ulp: as log(1 + x), with half of what 1 + x loses by rounding (exactly; Knuth's two-sum). */
    static void log1p(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FloatVector sum = v.add(F_ONE);
            FloatVector back = sum.sub(F_ONE);
            FloatVector lost = v.sub(back).add(F_ONE.sub(sum.sub(back))).mul(F_HALF);
            IntVector u = sum.reinterpretAsInts().add(F_ONE_LESS_ROOT);
            IntVector exponent = u.lanewise(VectorOperators.LSHR, 23);
            FloatVector k = exponent.or(F_INTEGERS).reinterpretAsFloats().sub(F_BIAS);
            FloatVector scale = F_TWICE_BIAS
                    .sub(exponent)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            FloatVector f = u.and(F_MANTISSA).add(F_ROOT).reinterpretAsFloats().sub(F_ONE);
            f = lost.fma(scale, f);
            FloatVector s = f.div(f.add(F_TWO));
            FloatVector z = s.mul(s);
            FloatVector half = f.mul(f).mul(F_HALF);
            FloatVector r = FL3.fma(z, FL2).fma(z, FL1).fma(z, FL0).fma(z, half);
            FloatVector value = k.fma(F_LN_2, f.sub(half.sub(s.fma(r, k.mul(F_LN_2_REST)))));
            v.blend(value, v.compare(VectorOperators.LT, F_INFINITY))
                    .blend(F_NAN, v.compare(VectorOperators.LT, F_MINUS_ONE))
                    .blend(F_MINUS_INFINITY, v.compare(VectorOperators.EQ, F_MINUS_ONE))
                    .blend(v, v.abs().compare(VectorOperators.LT, F_TINY))
                    .intoArray(y, yOffset + i);
        }
    }
}
