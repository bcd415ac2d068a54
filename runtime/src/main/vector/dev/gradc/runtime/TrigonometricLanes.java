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
 * Sine and cosine together in the lanes of a vector. With |x| = k pi/2 + r, |r| at most pi/4, taken by steps of which the first
 * is exact (Cody and Waite; Muller, Elementary Functions, 3rd ed., 2016, chapter 11), they are those of r, each a polynomial,
 * in the order and with the signs that the last bits of k give. What the steps lose is kept beside r (Knuth's two-sum), for near
 * the multiples of pi/2 little of |x| is left. Constants with F are those for floats.
 */
final class TrigonometricLanes {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final DoubleVector ZERO = all(0.0);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ONE = all(1.0);
    private static final DoubleVector TWO_OVER_PI = all(0.6366197723675814);

    /** -pi/2 is the sum of the three. */
    private static final DoubleVector MINUS_QUARTER = all(-1.5707963267948966);

    private static final DoubleVector MINUS_QUARTER_REST = all(-6.123233995736766e-17);
    private static final DoubleVector MINUS_QUARTER_LAST = all(1.4973849048591698e-33);

    /** In the binade whose doubles are the integers: added to k it rounds, and leaves k in the last bits. */
    private static final DoubleVector ROUNDER = all(0x1.8p52);

    /** Above it the three steps lose too much. */
    private static final double FAR = 0x1p24;

    private static final DoubleVector FAR_LANES = all(FAR);
    private static final LongVector ONE_BITS = all(Double.doubleToRawLongBits(1));
    private static final LongVector SIGN = all(Long.MIN_VALUE);

    /** (sin(r) - r)/r^3 in r^2, exact to 2^-57 of sin(r). */
    private static final DoubleVector S0 = all(-0.1666666666666662);

    private static final DoubleVector S1 = all(0.00833333333331984);
    private static final DoubleVector S2 = all(-0.0001984126982772884);
    private static final DoubleVector S3 = all(2.7557312965188455e-06);
    private static final DoubleVector S4 = all(-2.5050643625941075e-08);
    private static final DoubleVector S5 = all(1.5890126717519487e-10);

    /** (cos(r) - 1 + r^2/2)/r^4 in r^2, exact to 2^-63 of cos(r). */
    private static final DoubleVector C0 = all(0.04166666666666658);

    private static final DoubleVector C1 = all(-0.001388888888887116);
    private static final DoubleVector C2 = all(2.4801587287575476e-05);
    private static final DoubleVector C3 = all(-2.7557313787740736e-07);
    private static final DoubleVector C4 = all(2.087564493718116e-09);
    private static final DoubleVector C5 = all(-1.135552167367236e-11);

    private static final VectorSpecies<Float> F_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int F_LENGTH = F_SPECIES.length();
    private static final FloatVector F_ZERO = all(0.0f);
    private static final FloatVector F_HALF = all(0.5f);
    private static final FloatVector F_ONE = all(1.0f);
    private static final FloatVector F_TWO_OVER_PI = all(0.63661975f);
    private static final FloatVector F_MINUS_QUARTER = all(-1.5707964f);
    private static final FloatVector F_MINUS_QUARTER_REST = all(4.371139e-08f);
    private static final FloatVector F_MINUS_QUARTER_LAST = all(1.7151245e-15f);
    private static final FloatVector F_ROUNDER = all(0x1.8p23f);
    private static final float F_FAR = 0x1p14f;
    private static final FloatVector F_FAR_LANES = all(F_FAR);
    private static final IntVector F_ONE_BITS = all(Float.floatToRawIntBits(1));
    private static final IntVector F_SIGN = all(Integer.MIN_VALUE);
    private static final FloatVector FS0 = all(-0.16666654f);
    private static final FloatVector FS1 = all(0.0083320903f);
    private static final FloatVector FS2 = all(-0.0001950524f);
    private static final FloatVector FC0 = all(0.041666646f);
    private static final FloatVector FC1 = all(-0.0013887252f);
    private static final FloatVector FC2 = all(2.4424925e-05f);

    private TrigonometricLanes() {}

    /** sin(x) and cos(x), one after the other, to the beginning of {@code room}; both within 1 ulp. */
    static void sinCos(int n, double[] x, int xOffset, double[] room) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector size = v.abs();
            DoubleVector t = size.fma(TWO_OVER_PI, ROUNDER);
            DoubleVector k = t.sub(ROUNDER);
            DoubleVector near = k.fma(MINUS_QUARTER, size);
            DoubleVector less = k.mul(MINUS_QUARTER_REST);
            DoubleVector lessLow = k.fma(MINUS_QUARTER_REST, ZERO.sub(less));
            DoubleVector r = near.add(less);
            DoubleVector back = r.sub(near);
            DoubleVector lost = near.sub(r.sub(back)).add(less.sub(back)).add(k.fma(MINUS_QUARTER_LAST, lessLow));
            DoubleVector z = r.mul(r);
            DoubleVector w = z.mul(z);
            DoubleVector half = z.mul(HALF);
            DoubleVector rest = ONE.sub(half);
            DoubleVector s = S5.fma(z, S4).fma(w, S3.fma(z, S2)).fma(w, S1.fma(z, S0));
            DoubleVector c = C5.fma(z, C4).fma(w, C3.fma(z, C2)).fma(w, C1.fma(z, C0));
            DoubleVector sine = s.fma(z.mul(r), lost.mul(rest)).add(r);
            DoubleVector cosine =
                    c.fma(w, ONE.sub(rest).sub(half)).sub(r.mul(lost)).add(rest);
            LongVector bits = t.reinterpretAsLongs();
            VectorMask<Double> swapped = bits.lanewise(VectorOperators.LSHL, 63)
                    .or(ONE_BITS)
                    .reinterpretAsDoubles()
                    .compare(VectorOperators.LT, ZERO);
            LongVector upper = bits.lanewise(VectorOperators.LSHR, 1).lanewise(VectorOperators.LSHL, 63);
            LongVector odd = bits.add(1).lanewise(VectorOperators.LSHR, 1).lanewise(VectorOperators.LSHL, 63);
            LongVector sign = v.reinterpretAsLongs().and(SIGN).lanewise(VectorOperators.XOR, upper);
            sine.blend(cosine, swapped)
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsDoubles()
                    .intoArray(room, i);
            cosine.blend(sine, swapped)
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, odd)
                    .reinterpretAsDoubles()
                    .intoArray(room, n + i);
            if (size.compare(VectorOperators.GT, FAR_LANES).anyTrue()) {
                far(LENGTH, x, xOffset + i, room, i, n + i);
            }
        }
    }

    private static void far(int n, double[] x, int xOffset, double[] room, int sine, int cosine) {
        for (int i = 0; i < n; i++) {
            double v = x[xOffset + i];
            if (Math.abs(v) > FAR) {
                room[sine + i] = Math.sin(v);
                room[cosine + i] = Math.cos(v);
            }
        }
    }

    /** sin(x) and cos(x), one after the other, to the beginning of {@code room}; both within 1 ulp. */
    static void sinCos(int n, float[] x, int xOffset, float[] room) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FloatVector size = v.abs();
            FloatVector t = size.fma(F_TWO_OVER_PI, F_ROUNDER);
            FloatVector k = t.sub(F_ROUNDER);
            FloatVector near = k.fma(F_MINUS_QUARTER, size);
            FloatVector less = k.mul(F_MINUS_QUARTER_REST);
            FloatVector lessLow = k.fma(F_MINUS_QUARTER_REST, F_ZERO.sub(less));
            FloatVector r = near.add(less);
            FloatVector back = r.sub(near);
            FloatVector lost = near.sub(r.sub(back)).add(less.sub(back)).add(k.fma(F_MINUS_QUARTER_LAST, lessLow));
            FloatVector z = r.mul(r);
            FloatVector w = z.mul(z);
            FloatVector half = z.mul(F_HALF);
            FloatVector rest = F_ONE.sub(half);
            FloatVector s = FS2.fma(z, FS1).fma(z, FS0);
            FloatVector c = FC2.fma(z, FC1).fma(z, FC0);
            FloatVector sine = s.fma(z.mul(r), lost.mul(rest)).add(r);
            FloatVector cosine =
                    c.fma(w, F_ONE.sub(rest).sub(half)).sub(r.mul(lost)).add(rest);
            IntVector bits = t.reinterpretAsInts();
            VectorMask<Float> swapped = bits.lanewise(VectorOperators.LSHL, 31)
                    .or(F_ONE_BITS)
                    .reinterpretAsFloats()
                    .compare(VectorOperators.LT, F_ZERO);
            IntVector upper = bits.lanewise(VectorOperators.LSHR, 1).lanewise(VectorOperators.LSHL, 31);
            IntVector odd = bits.add(1).lanewise(VectorOperators.LSHR, 1).lanewise(VectorOperators.LSHL, 31);
            IntVector sign = v.reinterpretAsInts().and(F_SIGN).lanewise(VectorOperators.XOR, upper);
            sine.blend(cosine, swapped)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsFloats()
                    .intoArray(room, i);
            cosine.blend(sine, swapped)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.XOR, odd)
                    .reinterpretAsFloats()
                    .intoArray(room, n + i);
            if (size.compare(VectorOperators.GT, F_FAR_LANES).anyTrue()) {
                far(F_LENGTH, x, xOffset + i, room, i, n + i);
            }
        }
    }

    private static void far(int n, float[] x, int xOffset, float[] room, int sine, int cosine) {
        for (int i = 0; i < n; i++) {
            float v = x[xOffset + i];
            if (Math.abs(v) > F_FAR) {
                room[sine + i] = (float) Math.sin(v);
                room[cosine + i] = (float) Math.cos(v);
            }
        }
    }
}
