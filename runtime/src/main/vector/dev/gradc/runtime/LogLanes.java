package dev.gradc.runtime;

import static dev.gradc.runtime.Lanes.all;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.FloatVector.broadcast;

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

    private static final double ZERO = 0.0;
    private static final double HALF = 0.5;
    private static final double ONE = 1.0;
    private static final double TWO = 2.0;
    private static final double MINUS_ONE = -1.0;
    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double MINUS_INFINITY = Double.NEGATIVE_INFINITY;
    private static final double LN_2 = 0.6931471805599453;
    private static final double LN_2_REST = 2.319046813846299e-17;

    /** Below it, either side of 0, log1p is its argument. */
    private static final double TINY = 0x1p-60;

    private static final double LEAST_NORMAL = Double.MIN_NORMAL;

    /** Makes subnormal doubles normal. */
    private static final double SCALE = 0x1p54;

    /** The bits of the root of 1/2. */
    private static final LongVector ROOT = all(0x3fe6a09e667f3bcdL);

    /** What makes those bits the bits of 1. */
    private static final LongVector ONE_LESS_ROOT = all(0x3ff0000000000000L - 0x3fe6a09e667f3bcdL);

    private static final LongVector MANTISSA = all(0x000fffffffffffffL);

    /** The bits of 2^52: with a small integer in the last bits, those of its sum with that. */
    private static final LongVector INTEGERS = all(0x4330000000000000L);

    private static final double BIAS = 0x1p52 + 1023;
    private static final double SCALED_BIAS = 0x1p52 + 1023 + 54;

    /** Less the biased exponent of 2^k it is that of 2^(1 - k), which is 0 for the greatest k. */
    private static final LongVector TWICE_BIAS = all(2047L);

    /** P, exact to 2^-59 of 2 atanh(s). */
    private static final double L0 = 0.6666666666666734;

    private static final double L1 = 0.39999999999415436;
    private static final double L2 = 0.28571428742240795;
    private static final double L3 = 0.22222198585234568;
    private static final double L4 = 0.1818356387098763;
    private static final double L5 = 0.15314057849221283;
    private static final double L6 = 0.1479591790826886;

    private static final VectorSpecies<Float> F_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int F_LENGTH = F_SPECIES.length();
    private static final float F_ZERO = 0.0f;
    private static final float F_HALF = 0.5f;
    private static final float F_ONE = 1.0f;
    private static final float F_TWO = 2.0f;
    private static final float F_MINUS_ONE = -1.0f;
    private static final float F_NAN = Float.NaN;
    private static final float F_INFINITY = Float.POSITIVE_INFINITY;
    private static final float F_MINUS_INFINITY = Float.NEGATIVE_INFINITY;
    private static final float F_LN_2 = 0.6931472f;
    private static final float F_LN_2_REST = -1.9046542e-9f;
    private static final float F_TINY = 0x1p-30f;
    private static final float F_LEAST_NORMAL = Float.MIN_NORMAL;
    private static final float F_SCALE = 0x1p25f;
    private static final IntVector F_ROOT = all(0x3f3504f3);
    private static final IntVector F_ONE_LESS_ROOT = all(0x3f800000 - 0x3f3504f3);
    private static final IntVector F_MANTISSA = all(0x007fffff);
    private static final IntVector F_INTEGERS = all(0x4b000000);
    private static final float F_BIAS = 0x1p23f + 127;
    private static final float F_SCALED_BIAS = 0x1p23f + 127 + 25;
    private static final IntVector F_TWICE_BIAS = all(255);
    private static final float FL0 = 0.6666666f;
    private static final float FL1 = 0.40000334f;
    private static final float FL2 = 0.28537303f;
    private static final float FL3 = 0.23582283f;

    private LogLanes() {}

    /** Within 1 ulp. */
    static void log(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            VectorMask<Double> subnormal = v.compare(VectorOperators.LT, broadcast(SPECIES, LEAST_NORMAL));
            DoubleVector normal = v.blend(v.mul(broadcast(SPECIES, SCALE)), subnormal);
            LongVector u = normal.reinterpretAsLongs().add(ONE_LESS_ROOT);
            DoubleVector k = u.lanewise(VectorOperators.LSHR, 52)
                    .or(INTEGERS)
                    .reinterpretAsDoubles()
                    .sub(broadcast(SPECIES, BIAS).blend(broadcast(SPECIES, SCALED_BIAS), subnormal));
            DoubleVector f = u.and(MANTISSA).add(ROOT).reinterpretAsDoubles().sub(broadcast(SPECIES, ONE));
            DoubleVector s = f.div(f.add(broadcast(SPECIES, TWO)));
            DoubleVector z = s.mul(s);
            DoubleVector half = f.mul(f).mul(broadcast(SPECIES, HALF));
            DoubleVector w = z.mul(z);
            DoubleVector even = broadcast(SPECIES, L6)
                    .fma(w, broadcast(SPECIES, L4))
                    .fma(w, broadcast(SPECIES, L2))
                    .fma(w, broadcast(SPECIES, L0));
            DoubleVector odd =
                    broadcast(SPECIES, L5).fma(w, broadcast(SPECIES, L3)).fma(w, broadcast(SPECIES, L1));
            DoubleVector r = odd.fma(z, even).fma(z, half);
            DoubleVector value =
                    k.fma(broadcast(SPECIES, LN_2), f.sub(half.sub(s.fma(r, k.mul(broadcast(SPECIES, LN_2_REST))))));
            v.blend(value, v.compare(VectorOperators.LT, broadcast(SPECIES, INFINITY)))
                    .blend(broadcast(SPECIES, NAN), v.compare(VectorOperators.LT, broadcast(SPECIES, ZERO)))
                    .blend(broadcast(SPECIES, MINUS_INFINITY), v.compare(VectorOperators.EQ, broadcast(SPECIES, ZERO)))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 2 ulp: as log(1 + x), with half of what 1 + x loses by rounding (exactly; Knuth's two-sum). */
    static void log1p(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector sum = v.add(broadcast(SPECIES, ONE));
            DoubleVector back = sum.sub(broadcast(SPECIES, ONE));
            DoubleVector lost =
                    v.sub(back).add(broadcast(SPECIES, ONE).sub(sum.sub(back))).mul(broadcast(SPECIES, HALF));
            LongVector u = sum.reinterpretAsLongs().add(ONE_LESS_ROOT);
            LongVector exponent = u.lanewise(VectorOperators.LSHR, 52);
            DoubleVector k = exponent.or(INTEGERS).reinterpretAsDoubles().sub(broadcast(SPECIES, BIAS));
            DoubleVector scale =
                    TWICE_BIAS.sub(exponent).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
            DoubleVector f = u.and(MANTISSA).add(ROOT).reinterpretAsDoubles().sub(broadcast(SPECIES, ONE));
            f = lost.fma(scale, f);
            DoubleVector s = f.div(f.add(broadcast(SPECIES, TWO)));
            DoubleVector z = s.mul(s);
            DoubleVector half = f.mul(f).mul(broadcast(SPECIES, HALF));
            DoubleVector w = z.mul(z);
            DoubleVector even = broadcast(SPECIES, L6)
                    .fma(w, broadcast(SPECIES, L4))
                    .fma(w, broadcast(SPECIES, L2))
                    .fma(w, broadcast(SPECIES, L0));
            DoubleVector odd =
                    broadcast(SPECIES, L5).fma(w, broadcast(SPECIES, L3)).fma(w, broadcast(SPECIES, L1));
            DoubleVector r = odd.fma(z, even).fma(z, half);
            DoubleVector value =
                    k.fma(broadcast(SPECIES, LN_2), f.sub(half.sub(s.fma(r, k.mul(broadcast(SPECIES, LN_2_REST))))));
            v.blend(value, v.compare(VectorOperators.LT, broadcast(SPECIES, INFINITY)))
                    .blend(broadcast(SPECIES, NAN), v.compare(VectorOperators.LT, broadcast(SPECIES, MINUS_ONE)))
                    .blend(
                            broadcast(SPECIES, MINUS_INFINITY),
                            v.compare(VectorOperators.EQ, broadcast(SPECIES, MINUS_ONE)))
                    .blend(v, v.abs().compare(VectorOperators.LT, broadcast(SPECIES, TINY)))
                    .intoArray(y, yOffset + i);
        }
    }

    /**
     * k, where 1 + f lies between the roots of 1/2 and 2, and f, one after the other, to the beginning of {@code room}; f is NaN
     * where x is not positive, subnormal or not finite.
     */
    static void split(int n, double[] x, int xOffset, double[] room) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            LongVector u = v.reinterpretAsLongs().add(ONE_LESS_ROOT);
            u.lanewise(VectorOperators.LSHR, 52)
                    .or(INTEGERS)
                    .reinterpretAsDoubles()
                    .sub(broadcast(SPECIES, BIAS))
                    .intoArray(room, i);
            broadcast(SPECIES, NAN)
                    .blend(
                            u.and(MANTISSA).add(ROOT).reinterpretAsDoubles().sub(broadcast(SPECIES, ONE)),
                            v.compare(VectorOperators.GE, broadcast(SPECIES, LEAST_NORMAL)))
                    .blend(broadcast(SPECIES, NAN), v.compare(VectorOperators.EQ, broadcast(SPECIES, INFINITY)))
                    .intoArray(room, n + i);
        }
    }

    /** Within 1 ulp. */
    static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            VectorMask<Float> subnormal = v.compare(VectorOperators.LT, broadcast(F_SPECIES, F_LEAST_NORMAL));
            FloatVector normal = v.blend(v.mul(broadcast(F_SPECIES, F_SCALE)), subnormal);
            IntVector u = normal.reinterpretAsInts().add(F_ONE_LESS_ROOT);
            FloatVector k = u.lanewise(VectorOperators.LSHR, 23)
                    .or(F_INTEGERS)
                    .reinterpretAsFloats()
                    .sub(broadcast(F_SPECIES, F_BIAS).blend(broadcast(F_SPECIES, F_SCALED_BIAS), subnormal));
            FloatVector f = u.and(F_MANTISSA).add(F_ROOT).reinterpretAsFloats().sub(broadcast(F_SPECIES, F_ONE));
            FloatVector s = f.div(f.add(broadcast(F_SPECIES, F_TWO)));
            FloatVector z = s.mul(s);
            FloatVector half = f.mul(f).mul(broadcast(F_SPECIES, F_HALF));
            FloatVector r = broadcast(F_SPECIES, FL3)
                    .fma(z, broadcast(F_SPECIES, FL2))
                    .fma(z, broadcast(F_SPECIES, FL1))
                    .fma(z, broadcast(F_SPECIES, FL0))
                    .fma(z, half);
            FloatVector value = k.fma(
                    broadcast(F_SPECIES, F_LN_2), f.sub(half.sub(s.fma(r, k.mul(broadcast(F_SPECIES, F_LN_2_REST))))));
            v.blend(value, v.compare(VectorOperators.LT, broadcast(F_SPECIES, F_INFINITY)))
                    .blend(broadcast(F_SPECIES, F_NAN), v.compare(VectorOperators.LT, broadcast(F_SPECIES, F_ZERO)))
                    .blend(
                            broadcast(F_SPECIES, F_MINUS_INFINITY),
                            v.compare(VectorOperators.EQ, broadcast(F_SPECIES, F_ZERO)))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 2 ulp: as log(1 + x), with half of what 1 + x loses by rounding (exactly; Knuth's two-sum). */
    static void log1p(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FloatVector sum = v.add(broadcast(F_SPECIES, F_ONE));
            FloatVector back = sum.sub(broadcast(F_SPECIES, F_ONE));
            FloatVector lost = v.sub(back)
                    .add(broadcast(F_SPECIES, F_ONE).sub(sum.sub(back)))
                    .mul(broadcast(F_SPECIES, F_HALF));
            IntVector u = sum.reinterpretAsInts().add(F_ONE_LESS_ROOT);
            IntVector exponent = u.lanewise(VectorOperators.LSHR, 23);
            FloatVector k = exponent.or(F_INTEGERS).reinterpretAsFloats().sub(broadcast(F_SPECIES, F_BIAS));
            FloatVector scale = F_TWICE_BIAS
                    .sub(exponent)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            FloatVector f = u.and(F_MANTISSA).add(F_ROOT).reinterpretAsFloats().sub(broadcast(F_SPECIES, F_ONE));
            f = lost.fma(scale, f);
            FloatVector s = f.div(f.add(broadcast(F_SPECIES, F_TWO)));
            FloatVector z = s.mul(s);
            FloatVector half = f.mul(f).mul(broadcast(F_SPECIES, F_HALF));
            FloatVector r = broadcast(F_SPECIES, FL3)
                    .fma(z, broadcast(F_SPECIES, FL2))
                    .fma(z, broadcast(F_SPECIES, FL1))
                    .fma(z, broadcast(F_SPECIES, FL0))
                    .fma(z, half);
            FloatVector value = k.fma(
                    broadcast(F_SPECIES, F_LN_2), f.sub(half.sub(s.fma(r, k.mul(broadcast(F_SPECIES, F_LN_2_REST))))));
            v.blend(value, v.compare(VectorOperators.LT, broadcast(F_SPECIES, F_INFINITY)))
                    .blend(
                            broadcast(F_SPECIES, F_NAN),
                            v.compare(VectorOperators.LT, broadcast(F_SPECIES, F_MINUS_ONE)))
                    .blend(
                            broadcast(F_SPECIES, F_MINUS_INFINITY),
                            v.compare(VectorOperators.EQ, broadcast(F_SPECIES, F_MINUS_ONE)))
                    .blend(v, v.abs().compare(VectorOperators.LT, broadcast(F_SPECIES, F_TINY)))
                    .intoArray(y, yOffset + i);
        }
    }

    /** As for doubles. */
    static void split(int n, float[] x, int xOffset, float[] room) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            IntVector u = v.reinterpretAsInts().add(F_ONE_LESS_ROOT);
            u.lanewise(VectorOperators.LSHR, 23)
                    .or(F_INTEGERS)
                    .reinterpretAsFloats()
                    .sub(broadcast(F_SPECIES, F_BIAS))
                    .intoArray(room, i);
            broadcast(F_SPECIES, F_NAN)
                    .blend(
                            u.and(F_MANTISSA).add(F_ROOT).reinterpretAsFloats().sub(broadcast(F_SPECIES, F_ONE)),
                            v.compare(VectorOperators.GE, broadcast(F_SPECIES, F_LEAST_NORMAL)))
                    .blend(broadcast(F_SPECIES, F_NAN), v.compare(VectorOperators.EQ, broadcast(F_SPECIES, F_INFINITY)))
                    .intoArray(room, n + i);
        }
    }
}
