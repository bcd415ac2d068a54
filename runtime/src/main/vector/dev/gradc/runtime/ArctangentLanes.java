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
 * The arctangent in the lanes of a vector. That of |x| is a multiple of pi/4 and the arctangent of t, |t| at most tan(pi/8),
 * which is a polynomial: t is |x|, (|x| - 1)/(|x| + 1) or -1/|x| (Muller, Elementary Functions, 3rd ed., 2016, chapter 11).
 * Constants with F are those for floats.
 */
final class ArctangentLanes {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final double ZERO = 0.0;
    private static final double ONE = 1.0;
    private static final double MINUS_ONE = -1.0;

    /** tan(pi/8) and tan(3 pi/8). */
    private static final double LOW = 0.41421356237309503;

    private static final double HIGH = 2.414213562373095;

    /** pi/4 and pi/2, and what they lose by rounding. */
    private static final double EIGHTH = 0.7853981633974483;

    private static final double EIGHTH_REST = 3.061616997868383e-17;
    private static final double QUARTER = 1.5707963267948966;
    private static final double QUARTER_REST = 6.123233995736766e-17;
    private static final LongVector SIGN = all(Long.MIN_VALUE);

    /** (atan(t) - t)/t^3 in t^2, exact to 2^-59 of atan(t). */
    private static final double A0 = -0.333333333333332;

    private static final double A1 = 0.19999999999953252;
    private static final double A2 = -0.14285714280166947;
    private static final double A3 = 0.11111110782171965;
    private static final double A4 = -0.09090897725692647;
    private static final double A5 = 0.07692059724629556;
    private static final double A6 = -0.06663099279649719;
    private static final double A7 = 0.05847859789305585;
    private static final double A8 = -0.050391926131950905;
    private static final double A9 = 0.03806219247857007;
    private static final double A10 = -0.01790509426064735;

    private static final VectorSpecies<Float> F_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int F_LENGTH = F_SPECIES.length();
    private static final float F_ZERO = 0.0f;
    private static final float F_ONE = 1.0f;
    private static final float F_MINUS_ONE = -1.0f;
    private static final float F_LOW = 0.41421357f;
    private static final float F_HIGH = 2.4142135f;
    private static final float F_EIGHTH = 0.7853982f;
    private static final float F_EIGHTH_REST = -2.1855694e-08f;
    private static final float F_QUARTER = 1.5707964f;
    private static final float F_QUARTER_REST = -4.371139e-08f;
    private static final IntVector F_SIGN = all(Integer.MIN_VALUE);
    private static final float FA0 = -0.33333316f;
    private static final float FA1 = 0.19998471f;
    private static final float FA2 = -0.14243533f;
    private static final float FA3 = 0.10593809f;
    private static final float FA4 = -0.0607821f;

    private ArctangentLanes() {}

    /** Within 2 ulp. */
    static void atan(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector size = v.abs();
            VectorMask<Double> isMiddle = size.compare(VectorOperators.GT, broadcast(SPECIES, LOW));
            VectorMask<Double> isHigh = size.compare(VectorOperators.GT, broadcast(SPECIES, HIGH));
            DoubleVector numerator = size.blend(size.sub(broadcast(SPECIES, ONE)), isMiddle)
                    .blend(broadcast(SPECIES, MINUS_ONE), isHigh);
            DoubleVector denominator = broadcast(SPECIES, ONE)
                    .blend(size.add(broadcast(SPECIES, ONE)), isMiddle)
                    .blend(size, isHigh);
            DoubleVector whole = broadcast(SPECIES, ZERO)
                    .blend(broadcast(SPECIES, EIGHTH), isMiddle)
                    .blend(broadcast(SPECIES, QUARTER), isHigh);
            DoubleVector rest = broadcast(SPECIES, ZERO)
                    .blend(broadcast(SPECIES, EIGHTH_REST), isMiddle)
                    .blend(broadcast(SPECIES, QUARTER_REST), isHigh);
            DoubleVector t = numerator.div(denominator);
            DoubleVector z = t.mul(t);
            DoubleVector w = z.mul(z);
            DoubleVector even = broadcast(SPECIES, A10)
                    .fma(w, broadcast(SPECIES, A8))
                    .fma(w, broadcast(SPECIES, A6))
                    .fma(w, broadcast(SPECIES, A4))
                    .fma(w, broadcast(SPECIES, A2))
                    .fma(w, broadcast(SPECIES, A0));
            DoubleVector odd = broadcast(SPECIES, A9)
                    .fma(w, broadcast(SPECIES, A7))
                    .fma(w, broadcast(SPECIES, A5))
                    .fma(w, broadcast(SPECIES, A3))
                    .fma(w, broadcast(SPECIES, A1));
            odd.fma(z, even)
                    .fma(t.mul(z), rest)
                    .add(t)
                    .add(whole)
                    .reinterpretAsLongs()
                    .or(v.reinterpretAsLongs().and(SIGN))
                    .reinterpretAsDoubles()
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 2 ulp. */
    static void atan(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += F_LENGTH) {
            FloatVector v = FloatVector.fromArray(F_SPECIES, x, xOffset + i);
            FloatVector size = v.abs();
            VectorMask<Float> isMiddle = size.compare(VectorOperators.GT, broadcast(F_SPECIES, F_LOW));
            VectorMask<Float> isHigh = size.compare(VectorOperators.GT, broadcast(F_SPECIES, F_HIGH));
            FloatVector numerator = size.blend(size.sub(broadcast(F_SPECIES, F_ONE)), isMiddle)
                    .blend(broadcast(F_SPECIES, F_MINUS_ONE), isHigh);
            FloatVector denominator = broadcast(F_SPECIES, F_ONE)
                    .blend(size.add(broadcast(F_SPECIES, F_ONE)), isMiddle)
                    .blend(size, isHigh);
            FloatVector whole = broadcast(F_SPECIES, F_ZERO)
                    .blend(broadcast(F_SPECIES, F_EIGHTH), isMiddle)
                    .blend(broadcast(F_SPECIES, F_QUARTER), isHigh);
            FloatVector rest = broadcast(F_SPECIES, F_ZERO)
                    .blend(broadcast(F_SPECIES, F_EIGHTH_REST), isMiddle)
                    .blend(broadcast(F_SPECIES, F_QUARTER_REST), isHigh);
            FloatVector t = numerator.div(denominator);
            FloatVector z = t.mul(t);
            broadcast(F_SPECIES, FA4)
                    .fma(z, broadcast(F_SPECIES, FA3))
                    .fma(z, broadcast(F_SPECIES, FA2))
                    .fma(z, broadcast(F_SPECIES, FA1))
                    .fma(z, broadcast(F_SPECIES, FA0))
                    .fma(t.mul(z), rest)
                    .add(t)
                    .add(whole)
                    .reinterpretAsInts()
                    .or(v.reinterpretAsInts().and(F_SIGN))
                    .reinterpretAsFloats()
                    .intoArray(y, yOffset + i);
        }
    }
}
