package dev.gradc.runtime;

import static dev.gradc.runtime.Lanes.all;

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

    private static final DoubleVector ZERO = all(0.0);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ONE = all(1.0);
    private static final DoubleVector MINUS_ONE = all(-1.0);
    private static final DoubleVector INFINITY = all(Double.POSITIVE_INFINITY);
    private static final DoubleVector LOG2_E = all(1.4426950408889634);
    private static final DoubleVector MINUS_LN_2 = all(-0.6931471805599453);
    private static final DoubleVector MINUS_LN_2_REST = all(-2.319046813846299e-17);

    /** In the binade whose doubles are the integers: added to k it rounds, and leaves k + 2046 in the last bits. */
    private static final DoubleVector ROUNDER = all(0x1.8p52 + 2046);

    /** Above it exp overflows. */
    private static final DoubleVector OVERFLOW = all(709.782712893384);

    /** Below it exp is less than half of the least double. */
    private static final DoubleVector UNDERFLOW = all(-745.1332191019412);

    /** Below it expm1 is -1. */
    private static final DoubleVector LOST = all(-40.0);

    /** Below it, either side of 0, expm1 is its argument. */
    private static final DoubleVector TINY = all(0x1p-60);

    /** (exp(r) - 1 - r)/r^2, exact to 2^-57 of exp(r). */
    private static final DoubleVector E0 = all(0.5000000000000011);

    private static final DoubleVector E1 = all(0.1666666666666641);
    private static final DoubleVector E2 = all(0.04166666666653036);
    private static final DoubleVector E3 = all(0.008333333333495861);
    private static final DoubleVector E4 = all(0.0013888888943592993);
    private static final DoubleVector E5 = all(0.0001984126950386024);
    private static final DoubleVector E6 = all(2.4801493126217366e-05);
    private static final DoubleVector E7 = all(2.7557588536190134e-06);
    private static final DoubleVector E8 = all(2.7630241539399884e-07);
    private static final DoubleVector E9 = all(2.4999451137737966e-08);

    /** The same, exact to 2^-61 of exp(r) - 1. */
    private static final DoubleVector M0 = all(0.5);

    private static final DoubleVector M1 = all(0.16666666666666677);
    private static final DoubleVector M2 = all(0.0416666666666667);
    private static final DoubleVector M3 = all(0.008333333333321615);
    private static final DoubleVector M4 = all(0.0013888888888866824);
    private static final DoubleVector M5 = all(0.00019841269886158603);
    private static final DoubleVector M6 = all(2.4801587360579914e-05);
    private static final DoubleVector M7 = all(2.7557244181807327e-06);
    private static final DoubleVector M8 = all(2.7557242741840287e-07);
    private static final DoubleVector M9 = all(2.5109044943366392e-08);
    private static final DoubleVector M10 = all(2.092444813636013e-09);

    private static final VectorSpecies<Float> F_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int F_LENGTH = F_SPECIES.length();
    private static final FloatVector F_ZERO = all(0.0f);
    private static final FloatVector F_HALF = all(0.5f);
    private static final FloatVector F_ONE = all(1.0f);
    private static final FloatVector F_MINUS_ONE = all(-1.0f);
    private static final FloatVector F_INFINITY = all(Float.POSITIVE_INFINITY);
    private static final FloatVector F_LOG2_E = all(1.442695f);
    private static final FloatVector F_MINUS_LN_2 = all(-0.6931472f);
    private static final FloatVector F_MINUS_LN_2_REST = all(1.9046542e-9f);
    private static final FloatVector F_ROUNDER = all(0x1.8p23f + 254);
    private static final FloatVector F_OVERFLOW = all(88.72284f);
    private static final FloatVector F_UNDERFLOW = all(-103.97208f);
    private static final FloatVector F_LOST = all(-20.0f);
    private static final FloatVector F_TINY = all(0x1p-30f);
    private static final FloatVector FE0 = all(0.49999994f);
    private static final FloatVector FE1 = all(0.16666521f);
    private static final FloatVector FE2 = all(0.04166839f);
    private static final FloatVector FE3 = all(0.008368717f);
    private static final FloatVector FE4 = all(0.0013814595f);
    private static final FloatVector FM0 = all(0.5f);
    private static final FloatVector FM1 = all(0.16666667f);
    private static final FloatVector FM2 = all(0.041666355f);
    private static final FloatVector FM3 = all(0.008333273f);
    private static final FloatVector FM4 = all(0.0013941013f);
    private static final FloatVector FM5 = all(0.00019914286f);

    private ExpLanes() {}

    /** Within 1 ulp. */
    static void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector t = v.fma(LOG2_E, ROUNDER);
            DoubleVector k = t.sub(ROUNDER);
            DoubleVector near = k.fma(MINUS_LN_2, v);
            DoubleVector r = k.fma(MINUS_LN_2_REST, near);
            DoubleVector lost = k.fma(MINUS_LN_2_REST, near.sub(r));
            DoubleVector square = r.mul(r);
            DoubleVector even =
                    E8.fma(square, E6).fma(square, E4).fma(square, E2).fma(square, E0);
            DoubleVector odd =
                    E9.fma(square, E7).fma(square, E5).fma(square, E3).fma(square, E1);
            DoubleVector p = odd.fma(r, even).fma(square, lost).add(r).add(ONE);
            LongVector bits = t.reinterpretAsLongs();
            LongVector half = bits.lanewise(VectorOperators.LSHR, 1);
            LongVector rest = bits.sub(half);
            p.mul(half.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
                    .mul(rest.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
                    .blend(INFINITY, v.compare(VectorOperators.GT, OVERFLOW))
                    .blend(ZERO, v.compare(VectorOperators.LT, UNDERFLOW))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 2 ulp: 2^k (exp(r) - 1) + 2^k - 1, halved and doubled again so that 2^k is finite. */
    static void expm1(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector t = v.fma(LOG2_E, ROUNDER);
            DoubleVector k = t.sub(ROUNDER);
            DoubleVector r = k.fma(MINUS_LN_2_REST, k.fma(MINUS_LN_2, v));
            DoubleVector square = r.mul(r);
            DoubleVector even = M10.fma(square, M8)
                    .fma(square, M6)
                    .fma(square, M4)
                    .fma(square, M2)
                    .fma(square, M0);
            DoubleVector odd =
                    M9.fma(square, M7).fma(square, M5).fma(square, M3).fma(square, M1);
            DoubleVector p = odd.fma(r, even).fma(square, r);
            LongVector biased = t.reinterpretAsLongs().sub(1024);
            DoubleVector scale = biased.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
            DoubleVector value = scale.fma(p, scale.sub(HALF));
            value.add(value)
                    .blend(v, v.abs().compare(VectorOperators.LT, TINY))
                    .blend(INFINITY, v.compare(VectorOperators.GT, OVERFLOW))
                    .blend(MINUS_ONE, v.compare(VectorOperators.LT, LOST))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 1 ulp. */
    static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FloatVector t = v.fma(F_LOG2_E, F_ROUNDER);
            FloatVector k = t.sub(F_ROUNDER);
            FloatVector near = k.fma(F_MINUS_LN_2, v);
            FloatVector r = k.fma(F_MINUS_LN_2_REST, near);
            FloatVector lost = k.fma(F_MINUS_LN_2_REST, near.sub(r));
            FloatVector square = r.mul(r);
            FloatVector even = FE4.fma(square, FE2).fma(square, FE0);
            FloatVector odd = FE3.fma(square, FE1);
            FloatVector p = odd.fma(r, even).fma(square, lost).add(r).add(F_ONE);
            IntVector bits = t.reinterpretAsInts();
            IntVector half = bits.lanewise(VectorOperators.LSHR, 1);
            IntVector rest = bits.sub(half);
            p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                    .mul(rest.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                    .blend(F_INFINITY, v.compare(VectorOperators.GT, F_OVERFLOW))
                    .blend(F_ZERO, v.compare(VectorOperators.LT, F_UNDERFLOW))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 2 ulp: 2^k (exp(r) - 1) + 2^k - 1, halved and doubled again so that 2^k is finite. */
    static void expm1(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FloatVector t = v.fma(F_LOG2_E, F_ROUNDER);
            FloatVector k = t.sub(F_ROUNDER);
            FloatVector r = k.fma(F_MINUS_LN_2_REST, k.fma(F_MINUS_LN_2, v));
            FloatVector square = r.mul(r);
            FloatVector even = FM4.fma(square, FM2).fma(square, FM0);
            FloatVector odd = FM5.fma(square, FM3).fma(square, FM1);
            FloatVector p = odd.fma(r, even).fma(square, r);
            IntVector biased = t.reinterpretAsInts().sub(128);
            FloatVector scale = biased.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector value = scale.fma(p, scale.sub(F_HALF));
            value.add(value)
                    .blend(v, v.abs().compare(VectorOperators.LT, F_TINY))
                    .blend(F_INFINITY, v.compare(VectorOperators.GT, F_OVERFLOW))
                    .blend(F_MINUS_ONE, v.compare(VectorOperators.LT, F_LOST))
                    .intoArray(y, yOffset + i);
        }
    }
}
