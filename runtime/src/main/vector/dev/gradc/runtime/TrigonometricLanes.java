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
 * Sine and cosine together in the lanes of a vector. With |x| = k pi/2 + r, |r| at most pi/4, taken by steps of which the first
 * is exact (Cody and Waite; Muller, Elementary Functions, 3rd ed., 2016, chapter 11), they are those of r, each a polynomial,
 * in the order and with the signs that the last bits of k give. What the steps lose is kept beside r (Knuth's two-sum), for near
 * the multiples of pi/2 little of |x| is left. Constants with F are those for floats.
 */
final class TrigonometricLanes {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final double ZERO = 0.0;
    private static final double HALF = 0.5;
    private static final double ONE = 1.0;
    private static final double TWO_OVER_PI = 0.6366197723675814;

    /** -pi/2 is the sum of the three. */
    private static final double MINUS_QUARTER = -1.5707963267948966;

    private static final double MINUS_QUARTER_REST = -6.123233995736766e-17;
    private static final double MINUS_QUARTER_LAST = 1.4973849048591698e-33;

    /** In the binade whose doubles are the integers: added to k it rounds, and leaves k in the last bits. */
    private static final double ROUNDER = 0x1.8p52;

    /** Above it the three steps lose too much. */
    private static final double FAR = 0x1p24;

    private static final double FAR_LANES = FAR;
    private static final LongVector ONE_BITS = all(Double.doubleToRawLongBits(1));
    private static final LongVector SIGN = all(Long.MIN_VALUE);

    /** (sin(r) - r)/r^3 in r^2, exact to 2^-57 of sin(r). */
    private static final double S0 = -0.1666666666666662;

    private static final double S1 = 0.00833333333331984;
    private static final double S2 = -0.0001984126982772884;
    private static final double S3 = 2.7557312965188455e-06;
    private static final double S4 = -2.5050643625941075e-08;
    private static final double S5 = 1.5890126717519487e-10;

    /** (cos(r) - 1 + r^2/2)/r^4 in r^2, exact to 2^-63 of cos(r). */
    private static final double C0 = 0.04166666666666658;

    private static final double C1 = -0.001388888888887116;
    private static final double C2 = 2.4801587287575476e-05;
    private static final double C3 = -2.7557313787740736e-07;
    private static final double C4 = 2.087564493718116e-09;
    private static final double C5 = -1.135552167367236e-11;

    private static final VectorSpecies<Float> F_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int F_LENGTH = F_SPECIES.length();
    private static final float F_ZERO = 0.0f;
    private static final float F_HALF = 0.5f;
    private static final float F_ONE = 1.0f;
    private static final float F_TWO_OVER_PI = 0.63661975f;
    private static final float F_MINUS_QUARTER = -1.5707964f;
    private static final float F_MINUS_QUARTER_REST = 4.371139e-08f;
    private static final float F_MINUS_QUARTER_LAST = 1.7151245e-15f;
    private static final float F_ROUNDER = 0x1.8p23f;
    private static final float F_FAR = 0x1p14f;
    private static final float F_FAR_LANES = F_FAR;
    private static final IntVector F_ONE_BITS = all(Float.floatToRawIntBits(1));
    private static final IntVector F_SIGN = all(Integer.MIN_VALUE);
    private static final float FS0 = -0.16666654f;
    private static final float FS1 = 0.0083320903f;
    private static final float FS2 = -0.0001950524f;
    private static final float FC0 = 0.041666646f;
    private static final float FC1 = -0.0013887252f;
    private static final float FC2 = 2.4424925e-05f;

    private TrigonometricLanes() {}

    /** sin(x) and cos(x), one after the other, to the beginning of {@code room}; both within 1 ulp. */
    static void sinCos(int n, double[] x, int xOffset, double[] room) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector size = v.abs();
            DoubleVector t = size.fma(broadcast(SPECIES, TWO_OVER_PI), broadcast(SPECIES, ROUNDER));
            DoubleVector k = t.sub(broadcast(SPECIES, ROUNDER));
            DoubleVector near = k.fma(broadcast(SPECIES, MINUS_QUARTER), size);
            DoubleVector less = k.mul(broadcast(SPECIES, MINUS_QUARTER_REST));
            DoubleVector lessLow = k.fma(
                    broadcast(SPECIES, MINUS_QUARTER_REST),
                    broadcast(SPECIES, ZERO).sub(less));
            DoubleVector r = near.add(less);
            DoubleVector back = r.sub(near);
            DoubleVector lost = near.sub(r.sub(back))
                    .add(less.sub(back))
                    .add(k.fma(broadcast(SPECIES, MINUS_QUARTER_LAST), lessLow));
            DoubleVector z = r.mul(r);
            DoubleVector w = z.mul(z);
            DoubleVector half = z.mul(broadcast(SPECIES, HALF));
            DoubleVector rest = broadcast(SPECIES, ONE).sub(half);
            DoubleVector s = broadcast(SPECIES, S5)
                    .fma(z, broadcast(SPECIES, S4))
                    .fma(w, broadcast(SPECIES, S3).fma(z, broadcast(SPECIES, S2)))
                    .fma(w, broadcast(SPECIES, S1).fma(z, broadcast(SPECIES, S0)));
            DoubleVector c = broadcast(SPECIES, C5)
                    .fma(z, broadcast(SPECIES, C4))
                    .fma(w, broadcast(SPECIES, C3).fma(z, broadcast(SPECIES, C2)))
                    .fma(w, broadcast(SPECIES, C1).fma(z, broadcast(SPECIES, C0)));
            DoubleVector sine = s.fma(z.mul(r), lost.mul(rest)).add(r);
            DoubleVector cosine = c.fma(w, broadcast(SPECIES, ONE).sub(rest).sub(half))
                    .sub(r.mul(lost))
                    .add(rest);
            LongVector bits = t.reinterpretAsLongs();
            VectorMask<Double> swapped = bits.lanewise(VectorOperators.LSHL, 63)
                    .or(ONE_BITS)
                    .reinterpretAsDoubles()
                    .compare(VectorOperators.LT, broadcast(SPECIES, ZERO));
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
            if (size.compare(VectorOperators.GT, broadcast(SPECIES, FAR_LANES)).anyTrue()) {
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
            FloatVector t = size.fma(broadcast(F_SPECIES, F_TWO_OVER_PI), broadcast(F_SPECIES, F_ROUNDER));
            FloatVector k = t.sub(broadcast(F_SPECIES, F_ROUNDER));
            FloatVector near = k.fma(broadcast(F_SPECIES, F_MINUS_QUARTER), size);
            FloatVector less = k.mul(broadcast(F_SPECIES, F_MINUS_QUARTER_REST));
            FloatVector lessLow = k.fma(
                    broadcast(F_SPECIES, F_MINUS_QUARTER_REST),
                    broadcast(F_SPECIES, F_ZERO).sub(less));
            FloatVector r = near.add(less);
            FloatVector back = r.sub(near);
            FloatVector lost = near.sub(r.sub(back))
                    .add(less.sub(back))
                    .add(k.fma(broadcast(F_SPECIES, F_MINUS_QUARTER_LAST), lessLow));
            FloatVector z = r.mul(r);
            FloatVector w = z.mul(z);
            FloatVector half = z.mul(broadcast(F_SPECIES, F_HALF));
            FloatVector rest = broadcast(F_SPECIES, F_ONE).sub(half);
            FloatVector s =
                    broadcast(F_SPECIES, FS2).fma(z, broadcast(F_SPECIES, FS1)).fma(z, broadcast(F_SPECIES, FS0));
            FloatVector c =
                    broadcast(F_SPECIES, FC2).fma(z, broadcast(F_SPECIES, FC1)).fma(z, broadcast(F_SPECIES, FC0));
            FloatVector sine = s.fma(z.mul(r), lost.mul(rest)).add(r);
            FloatVector cosine = c.fma(w, broadcast(F_SPECIES, F_ONE).sub(rest).sub(half))
                    .sub(r.mul(lost))
                    .add(rest);
            IntVector bits = t.reinterpretAsInts();
            VectorMask<Float> swapped = bits.lanewise(VectorOperators.LSHL, 31)
                    .or(F_ONE_BITS)
                    .reinterpretAsFloats()
                    .compare(VectorOperators.LT, broadcast(F_SPECIES, F_ZERO));
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
            if (size.compare(VectorOperators.GT, broadcast(F_SPECIES, F_FAR_LANES))
                    .anyTrue()) {
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
