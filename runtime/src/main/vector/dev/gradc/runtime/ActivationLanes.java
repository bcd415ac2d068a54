package dev.gradc.runtime;

import static dev.gradc.runtime.Lanes.all;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** What neurons apply, in the lanes of a vector. Constants with F are those for floats. */
final class ActivationLanes {

    private static final DoubleVector ZERO = all(0.0);
    private static final DoubleVector HALF = all(0.5);
    private static final DoubleVector ONE = all(1.0);
    private static final DoubleVector TWO = all(2.0);
    private static final LongVector SIGN = all(Long.MIN_VALUE);

    /** From here on, tanh is best had from exp. */
    private static final DoubleVector NEAR = all(0.55);

    /** (tanh(x)/x - 1)/x^2 in x^2, exact to 2^-60 of tanh(x)/x. */
    private static final DoubleVector T0 = all(-0.333333333333333);

    private static final DoubleVector T1 = all(0.13333333333326833);
    private static final DoubleVector T2 = all(-0.05396825396387875);
    private static final DoubleVector T3 = all(0.021869488389106226);
    private static final DoubleVector T4 = all(-0.008863232652828294);
    private static final DoubleVector T5 = all(0.003592092532887959);
    private static final DoubleVector T6 = all(-0.001455545986059394);
    private static final DoubleVector T7 = all(0.0005884570563897093);
    private static final DoubleVector T8 = all(-0.00023341274539442222);
    private static final DoubleVector T9 = all(8.336009151048024e-05);
    private static final DoubleVector T10 = all(-1.952104033159276e-05);

    /** 2 atanh(s)/s^3 - 2/s^2 in s^2 for s up to 1/3, exact to 2^-59 of 2 atanh(s). */
    private static final DoubleVector P0 = all(0.6666666666666631);

    private static final DoubleVector P1 = all(0.40000000000157243);
    private static final DoubleVector P2 = all(0.28571428547854);
    private static final DoubleVector P3 = all(0.22222223969726881);
    private static final DoubleVector P4 = all(0.18181743924986155);
    private static final DoubleVector P5 = all(0.15386559923312368);
    private static final DoubleVector P6 = all(0.13300973567307528);
    private static final DoubleVector P7 = all(0.121060864975529);
    private static final DoubleVector P8 = all(0.08340100123742751);
    private static final DoubleVector P9 = all(0.17018578346923124);

    private static final FloatVector F_ZERO = all(0.0f);
    private static final FloatVector F_HALF = all(0.5f);
    private static final FloatVector F_ONE = all(1.0f);
    private static final FloatVector F_TWO = all(2.0f);
    private static final IntVector F_SIGN = all(Integer.MIN_VALUE);
    private static final FloatVector F_NEAR = all(0.55f);
    private static final FloatVector FT0 = all(-0.3333332f);
    private static final FloatVector FT1 = all(0.13332602f);
    private static final FloatVector FT2 = all(-0.053853907f);
    private static final FloatVector FT3 = all(0.021077901f);
    private static final FloatVector FT4 = all(-0.0062826024f);
    private static final FloatVector FP0 = all(0.66666675f);
    private static final FloatVector FP1 = all(0.39998877f);
    private static final FloatVector FP2 = all(0.2861687f);
    private static final FloatVector FP3 = all(0.21427782f);
    private static final FloatVector FP4 = all(0.2430061f);

    private ActivationLanes() {}

    /** 1/(1 + exp(-x)), within 2 ulp; the last step puts right what 1 + exp(-|x|) loses by rounding. */
    static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector e = ExpLanes.exp(x.reinterpretAsLongs().or(SIGN).reinterpretAsDoubles());
        VectorMask<Double> upper = x.compare(VectorOperators.GE, ZERO);
        DoubleVector sum = e.add(ONE);
        DoubleVector lost = e.sub(sum.sub(ONE));
        DoubleVector value = e.blend(ONE, upper).div(sum);
        return value.sub(value.mul(lost).mul(ONE.sub(value).blend(value, upper)));
    }

    /** Within 2 ulp: x + x^3 P(x^2) near 0, else 1 - 2/(exp(2|x|) + 1). */
    static DoubleVector tanh(DoubleVector x) {
        DoubleVector size = x.abs();
        DoubleVector e = ExpLanes.exp(size.add(size));
        DoubleVector far = ONE.sub(TWO.div(e.add(ONE)));
        DoubleVector z = x.mul(x);
        DoubleVector near = T10.fma(z, T9)
                .fma(z, T8)
                .fma(z, T7)
                .fma(z, T6)
                .fma(z, T5)
                .fma(z, T4)
                .fma(z, T3)
                .fma(z, T2)
                .fma(z, T1)
                .fma(z, T0);
        near = near.fma(z.mul(size), size);
        return far.blend(near, size.compare(VectorOperators.LT, NEAR))
                .reinterpretAsLongs()
                .or(x.reinterpretAsLongs().and(SIGN))
                .reinterpretAsDoubles();
    }

    /** max(x, 0) + log(1 + e), e = exp(-|x|), within 2 ulp; log(1 + e) as in {@link LogLanes}. */
    static DoubleVector softplus(DoubleVector x) {
        DoubleVector e = ExpLanes.exp(x.reinterpretAsLongs().or(SIGN).reinterpretAsDoubles());
        DoubleVector s = e.div(e.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector half = e.mul(e).mul(HALF);
        DoubleVector r = P9.fma(z, P8)
                .fma(z, P7)
                .fma(z, P6)
                .fma(z, P5)
                .fma(z, P4)
                .fma(z, P3)
                .fma(z, P2)
                .fma(z, P1)
                .fma(z, P0)
                .fma(z, half);
        DoubleVector log = e.sub(half.sub(s.mul(r)));
        return log.add(ZERO.blend(x, x.compare(VectorOperators.GT, ZERO)));
    }

    /** 1/(1 + exp(-x)), within 2 ulp; the last step puts right what 1 + exp(-|x|) loses by rounding. */
    static FloatVector sigmoid(FloatVector x) {
        FloatVector e = ExpLanes.exp(x.reinterpretAsInts().or(F_SIGN).reinterpretAsFloats());
        VectorMask<Float> upper = x.compare(VectorOperators.GE, F_ZERO);
        FloatVector sum = e.add(F_ONE);
        FloatVector lost = e.sub(sum.sub(F_ONE));
        FloatVector value = e.blend(F_ONE, upper).div(sum);
        return value.sub(value.mul(lost).mul(F_ONE.sub(value).blend(value, upper)));
    }

    /** Within 2 ulp: x + x^3 P(x^2) near 0, else 1 - 2/(exp(2|x|) + 1). */
    static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector e = ExpLanes.exp(size.add(size));
        FloatVector far = F_ONE.sub(F_TWO.div(e.add(F_ONE)));
        FloatVector z = x.mul(x);
        FloatVector near = FT4.fma(z, FT3).fma(z, FT2).fma(z, FT1).fma(z, FT0);
        near = near.fma(z.mul(size), size);
        return far.blend(near, size.compare(VectorOperators.LT, F_NEAR))
                .reinterpretAsInts()
                .or(x.reinterpretAsInts().and(F_SIGN))
                .reinterpretAsFloats();
    }

    /** max(x, 0) + log(1 + e), e = exp(-|x|), within 2 ulp; log(1 + e) as in {@link LogLanes}. */
    static FloatVector softplus(FloatVector x) {
        FloatVector e = ExpLanes.exp(x.reinterpretAsInts().or(F_SIGN).reinterpretAsFloats());
        FloatVector s = e.div(e.add(F_TWO));
        FloatVector z = s.mul(s);
        FloatVector half = e.mul(e).mul(F_HALF);
        FloatVector r = FP4.fma(z, FP3).fma(z, FP2).fma(z, FP1).fma(z, FP0).fma(z, half);
        FloatVector log = e.sub(half.sub(s.mul(r)));
        return log.add(F_ZERO.blend(x, x.compare(VectorOperators.GT, F_ZERO)));
    }
}
