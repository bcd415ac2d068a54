package dev.gradc.runtime;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.FloatVector.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * exp and expm1 in the lanes of a vector. With x = k log 2 + r, |r| at most log(2)/2, exp(x) is 2^k exp(r), and exp(r) a
 * polynomial (Muller, Elementary Functions, 3rd ed., 2016, chapter 11). Constants with F are those for floats.
 */
final class ExpLanes {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final double ZERO = 0.0;
    private static final double HALF = 0.5;
    private static final double ONE = 1.0;
    private static final double MINUS_ONE = -1.0;
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;
    private static final double LOG2_E = 1.4426950408889634;
    private static final double MINUS_LN_2 = -0.6931471805599453;
    private static final double MINUS_LN_2_REST = -2.319046813846299e-17;

    /** In the binade whose doubles are the integers: added to k it rounds, and leaves k + 2046 in the last bits. */
    private static final double ROUNDER = 0x1.8p52 + 2046;

    /** Above it exp overflows. */
    private static final double OVERFLOW = 709.782712893384;

    /** Below it exp is less than half of the least double. */
    private static final double UNDERFLOW = -745.1332191019412;

    /** Below it, either side of 0, exp is a normal number. */
    private static final double NORMAL = 708.0;

    /** Below it expm1 is -1. */
    private static final double LOST = -40.0;

    /** Below it, either side of 0, expm1 is its argument. */
    private static final double TINY = 0x1p-60;

    /** (exp(r) - 1 - r)/r^2, exact to 2^-57 of exp(r). */
    private static final double E0 = 0.5000000000000011;

    private static final double E1 = 0.1666666666666641;
    private static final double E2 = 0.04166666666653036;
    private static final double E3 = 0.008333333333495861;
    private static final double E4 = 0.0013888888943592993;
    private static final double E5 = 0.0001984126950386024;
    private static final double E6 = 2.4801493126217366e-05;
    private static final double E7 = 2.7557588536190134e-06;
    private static final double E8 = 2.7630241539399884e-07;
    private static final double E9 = 2.4999451137737966e-08;

    /** The same, exact to 2^-61 of exp(r) - 1. */
    private static final double M0 = 0.5;

    private static final double M1 = 0.16666666666666677;
    private static final double M2 = 0.0416666666666667;
    private static final double M3 = 0.008333333333321615;
    private static final double M4 = 0.0013888888888866824;
    private static final double M5 = 0.00019841269886158603;
    private static final double M6 = 2.4801587360579914e-05;
    private static final double M7 = 2.7557244181807327e-06;
    private static final double M8 = 2.7557242741840287e-07;
    private static final double M9 = 2.5109044943366392e-08;
    private static final double M10 = 2.092444813636013e-09;

    private static final VectorSpecies<Float> F_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int F_LENGTH = F_SPECIES.length();
    private static final float F_ZERO = 0.0f;
    private static final float F_HALF = 0.5f;
    private static final float F_ONE = 1.0f;
    private static final float F_MINUS_ONE = -1.0f;
    private static final float F_INFINITY = Float.POSITIVE_INFINITY;
    private static final float F_NAN = Float.NaN;
    private static final float F_LOG2_E = 1.442695f;
    private static final float F_MINUS_LN_2 = -0.6931472f;
    private static final float F_MINUS_LN_2_REST = 1.9046542e-9f;
    private static final float F_ROUNDER = 0x1.8p23f + 254;
    private static final float F_OVERFLOW = 88.72284f;
    private static final float F_UNDERFLOW = -103.97208f;
    private static final float F_NORMAL = 87.0f;
    private static final float F_LOST = -20.0f;
    private static final float F_TINY = 0x1p-30f;
    private static final float FE0 = 0.49999994f;
    private static final float FE1 = 0.16666521f;
    private static final float FE2 = 0.04166839f;
    private static final float FE3 = 0.008368717f;
    private static final float FE4 = 0.0013814595f;
    private static final float FM0 = 0.5f;
    private static final float FM1 = 0.16666667f;
    private static final float FM2 = 0.041666355f;
    private static final float FM3 = 0.008333273f;
    private static final float FM4 = 0.0013941013f;
    private static final float FM5 = 0.00019914286f;

    private ExpLanes() {}

    /** Within 1 ulp. */
    static void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector t = v.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, ROUNDER));
            DoubleVector k = t.sub(broadcast(SPECIES, ROUNDER));
            DoubleVector near = k.fma(broadcast(SPECIES, MINUS_LN_2), v);
            DoubleVector r = k.fma(broadcast(SPECIES, MINUS_LN_2_REST), near);
            DoubleVector lost = k.fma(broadcast(SPECIES, MINUS_LN_2_REST), near.sub(r));
            DoubleVector square = r.mul(r);
            DoubleVector even = broadcast(SPECIES, E8)
                    .fma(square, broadcast(SPECIES, E6))
                    .fma(square, broadcast(SPECIES, E4))
                    .fma(square, broadcast(SPECIES, E2))
                    .fma(square, broadcast(SPECIES, E0));
            DoubleVector odd = broadcast(SPECIES, E9)
                    .fma(square, broadcast(SPECIES, E7))
                    .fma(square, broadcast(SPECIES, E5))
                    .fma(square, broadcast(SPECIES, E3))
                    .fma(square, broadcast(SPECIES, E1));
            DoubleVector p = odd.fma(r, even).fma(square, lost).add(r).add(broadcast(SPECIES, ONE));
            LongVector bits = t.reinterpretAsLongs();
            LongVector half = bits.lanewise(VectorOperators.LSHR, 1);
            LongVector rest = bits.sub(half);
            p.mul(half.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
                    .mul(rest.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
                    .blend(broadcast(SPECIES, INFINITY), v.compare(VectorOperators.GT, broadcast(SPECIES, OVERFLOW)))
                    .blend(broadcast(SPECIES, ZERO), v.compare(VectorOperators.LT, broadcast(SPECIES, UNDERFLOW)))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 2 ulp: 2^k (exp(r) - 1) + 2^k - 1, halved and doubled again so that 2^k is finite. */
    static void expm1(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector t = v.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, ROUNDER));
            DoubleVector k = t.sub(broadcast(SPECIES, ROUNDER));
            DoubleVector r = k.fma(broadcast(SPECIES, MINUS_LN_2_REST), k.fma(broadcast(SPECIES, MINUS_LN_2), v));
            DoubleVector square = r.mul(r);
            DoubleVector even = broadcast(SPECIES, M10)
                    .fma(square, broadcast(SPECIES, M8))
                    .fma(square, broadcast(SPECIES, M6))
                    .fma(square, broadcast(SPECIES, M4))
                    .fma(square, broadcast(SPECIES, M2))
                    .fma(square, broadcast(SPECIES, M0));
            DoubleVector odd = broadcast(SPECIES, M9)
                    .fma(square, broadcast(SPECIES, M7))
                    .fma(square, broadcast(SPECIES, M5))
                    .fma(square, broadcast(SPECIES, M3))
                    .fma(square, broadcast(SPECIES, M1));
            DoubleVector p = odd.fma(r, even).fma(square, r);
            LongVector biased = t.reinterpretAsLongs().sub(1024);
            DoubleVector scale = biased.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
            DoubleVector value = scale.fma(p, scale.sub(broadcast(SPECIES, HALF)));
            value.add(value)
                    .blend(v, v.abs().compare(VectorOperators.LT, broadcast(SPECIES, TINY)))
                    .blend(broadcast(SPECIES, INFINITY), v.compare(VectorOperators.GT, broadcast(SPECIES, OVERFLOW)))
                    .blend(broadcast(SPECIES, MINUS_ONE), v.compare(VectorOperators.LT, broadcast(SPECIES, LOST)))
                    .intoArray(y, yOffset + i);
        }
    }

    /**
     * exp(x + rest), the rest less than an ulp of x, in place of both, which are one after the other in {@code room}; gives
     * whether it did so for all: where the value is not a normal number, and where x is no number, it is NaN.
     */
    static boolean expOfSum(int n, double[] room) {
        DoubleVector checks = DoubleVector.zero(SPECIES);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, room, i);
            DoubleVector rest = DoubleVector.fromArray(SPECIES, room, n + i);
            DoubleVector t = v.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, ROUNDER));
            DoubleVector k = t.sub(broadcast(SPECIES, ROUNDER));
            DoubleVector near = k.fma(broadcast(SPECIES, MINUS_LN_2), v);
            DoubleVector reduced = k.fma(broadcast(SPECIES, MINUS_LN_2_REST), rest);
            DoubleVector r = near.add(reduced);
            DoubleVector lost = near.sub(r).add(reduced);
            DoubleVector square = r.mul(r);
            DoubleVector even = broadcast(SPECIES, E8)
                    .fma(square, broadcast(SPECIES, E6))
                    .fma(square, broadcast(SPECIES, E4))
                    .fma(square, broadcast(SPECIES, E2))
                    .fma(square, broadcast(SPECIES, E0));
            DoubleVector odd = broadcast(SPECIES, E9)
                    .fma(square, broadcast(SPECIES, E7))
                    .fma(square, broadcast(SPECIES, E5))
                    .fma(square, broadcast(SPECIES, E3))
                    .fma(square, broadcast(SPECIES, E1));
            DoubleVector p = odd.fma(r, even).fma(square, lost).add(r).add(broadcast(SPECIES, ONE));
            LongVector scale = t.reinterpretAsLongs().sub(1023).lanewise(VectorOperators.LSHL, 52);
            DoubleVector value = broadcast(SPECIES, NAN)
                    .blend(
                            p.mul(scale.reinterpretAsDoubles()),
                            v.abs().compare(VectorOperators.LT, broadcast(SPECIES, NORMAL)));
            checks = checks.add(value.sub(value));
            value.intoArray(room, i);
        }
        return checks.reduceLanes(VectorOperators.ADD) == ZERO;
    }

    /** Within 1 ulp. */
    static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FloatVector t = v.fma(broadcast(F_SPECIES, F_LOG2_E), broadcast(F_SPECIES, F_ROUNDER));
            FloatVector k = t.sub(broadcast(F_SPECIES, F_ROUNDER));
            FloatVector near = k.fma(broadcast(F_SPECIES, F_MINUS_LN_2), v);
            FloatVector r = k.fma(broadcast(F_SPECIES, F_MINUS_LN_2_REST), near);
            FloatVector lost = k.fma(broadcast(F_SPECIES, F_MINUS_LN_2_REST), near.sub(r));
            FloatVector square = r.mul(r);
            FloatVector even = broadcast(F_SPECIES, FE4)
                    .fma(square, broadcast(F_SPECIES, FE2))
                    .fma(square, broadcast(F_SPECIES, FE0));
            FloatVector odd = broadcast(F_SPECIES, FE3).fma(square, broadcast(F_SPECIES, FE1));
            FloatVector p = odd.fma(r, even).fma(square, lost).add(r).add(broadcast(F_SPECIES, F_ONE));
            IntVector bits = t.reinterpretAsInts();
            IntVector half = bits.lanewise(VectorOperators.LSHR, 1);
            IntVector rest = bits.sub(half);
            p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                    .mul(rest.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                    .blend(
                            broadcast(F_SPECIES, F_INFINITY),
                            v.compare(VectorOperators.GT, broadcast(F_SPECIES, F_OVERFLOW)))
                    .blend(
                            broadcast(F_SPECIES, F_ZERO),
                            v.compare(VectorOperators.LT, broadcast(F_SPECIES, F_UNDERFLOW)))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 2 ulp: 2^k (exp(r) - 1) + 2^k - 1, halved and doubled again so that 2^k is finite. */
    static void expm1(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FloatVector t = v.fma(broadcast(F_SPECIES, F_LOG2_E), broadcast(F_SPECIES, F_ROUNDER));
            FloatVector k = t.sub(broadcast(F_SPECIES, F_ROUNDER));
            FloatVector r =
                    k.fma(broadcast(F_SPECIES, F_MINUS_LN_2_REST), k.fma(broadcast(F_SPECIES, F_MINUS_LN_2), v));
            FloatVector square = r.mul(r);
            FloatVector even = broadcast(F_SPECIES, FM4)
                    .fma(square, broadcast(F_SPECIES, FM2))
                    .fma(square, broadcast(F_SPECIES, FM0));
            FloatVector odd = broadcast(F_SPECIES, FM5)
                    .fma(square, broadcast(F_SPECIES, FM3))
                    .fma(square, broadcast(F_SPECIES, FM1));
            FloatVector p = odd.fma(r, even).fma(square, r);
            IntVector biased = t.reinterpretAsInts().sub(128);
            FloatVector scale = biased.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector value = scale.fma(p, scale.sub(broadcast(F_SPECIES, F_HALF)));
            value.add(value)
                    .blend(v, v.abs().compare(VectorOperators.LT, broadcast(F_SPECIES, F_TINY)))
                    .blend(
                            broadcast(F_SPECIES, F_INFINITY),
                            v.compare(VectorOperators.GT, broadcast(F_SPECIES, F_OVERFLOW)))
                    .blend(
                            broadcast(F_SPECIES, F_MINUS_ONE),
                            v.compare(VectorOperators.LT, broadcast(F_SPECIES, F_LOST)))
                    .intoArray(y, yOffset + i);
        }
    }

    /** As for doubles. */
    static boolean expOfSum(int n, float[] room) {
        FloatVector checks = FloatVector.zero(F_SPECIES);
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, room, i);
            FloatVector rest = FloatVector.fromArray(F_SPECIES, room, n + i);
            FloatVector t = v.fma(broadcast(F_SPECIES, F_LOG2_E), broadcast(F_SPECIES, F_ROUNDER));
            FloatVector k = t.sub(broadcast(F_SPECIES, F_ROUNDER));
            FloatVector near = k.fma(broadcast(F_SPECIES, F_MINUS_LN_2), v);
            FloatVector reduced = k.fma(broadcast(F_SPECIES, F_MINUS_LN_2_REST), rest);
            FloatVector r = near.add(reduced);
            FloatVector lost = near.sub(r).add(reduced);
            FloatVector square = r.mul(r);
            FloatVector even = broadcast(F_SPECIES, FE4)
                    .fma(square, broadcast(F_SPECIES, FE2))
                    .fma(square, broadcast(F_SPECIES, FE0));
            FloatVector odd = broadcast(F_SPECIES, FE3).fma(square, broadcast(F_SPECIES, FE1));
            FloatVector p = odd.fma(r, even).fma(square, lost).add(r).add(broadcast(F_SPECIES, F_ONE));
            IntVector scale = t.reinterpretAsInts().sub(127).lanewise(VectorOperators.LSHL, 23);
            FloatVector value = broadcast(F_SPECIES, F_NAN)
                    .blend(
                            p.mul(scale.reinterpretAsFloats()),
                            v.abs().compare(VectorOperators.LT, broadcast(F_SPECIES, F_NORMAL)));
            checks = checks.add(value.sub(value));
            value.intoArray(room, i);
        }
        return checks.reduceLanes(VectorOperators.ADD) == F_ZERO;
    }
}
