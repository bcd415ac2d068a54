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
 * The arctangent in the lanes of a vector. That of |x| is a multiple of pi/4 and the arctangent of t, |t| at most tan(pi/8),
 * which is a polynomial: t is |x|, (|x| - 1)/(|x| + 1) or -1/|x| (Muller, Elementary Functions, 3rd ed., 2016, chapter 11).
 * Constants with F are those for floats.
 */
final class ArctangentLanes {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final DoubleVector ZERO = all(0.0);
    private static final DoubleVector ONE = all(1.0);
    private static final DoubleVector MINUS_ONE = all(-1.0);

    /** tan(pi/8) and tan(3 pi/8). */
    private static final DoubleVector LOW = all(0.41421356237309503);

    private static final DoubleVector HIGH = all(2.414213562373095);

    /** pi/4 and pi/2, and what they lose by rounding. */
    private static final DoubleVector EIGHTH = all(0.7853981633974483);

    private static final DoubleVector EIGHTH_REST = all(3.061616997868383e-17);
    private static final DoubleVector QUARTER = all(1.5707963267948966);
    private static final DoubleVector QUARTER_REST = all(6.123233995736766e-17);
    private static final LongVector SIGN = all(Long.MIN_VALUE);

    /** (atan(t) - t)/t^3 in t^2, exact to 2^-59 of atan(t). */
    private static final DoubleVector A0 = all(-0.333333333333332);

    private static final DoubleVector A1 = all(0.19999999999953252);
    private static final DoubleVector A2 = all(-0.14285714280166947);
    private static final DoubleVector A3 = all(0.11111110782171965);
    private static final DoubleVector A4 = all(-0.09090897725692647);
    private static final DoubleVector A5 = all(0.07692059724629556);
    private static final DoubleVector A6 = all(-0.06663099279649719);
    private static final DoubleVector A7 = all(0.05847859789305585);
    private static final DoubleVector A8 = all(-0.050391926131950905);
    private static final DoubleVector A9 = all(0.03806219247857007);
    private static final DoubleVector A10 = all(-0.01790509426064735);

    private static final VectorSpecies<Float> F_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int F_LENGTH = F_SPECIES.length();
    private static final FloatVector F_ZERO = all(0.0f);
    private static final FloatVector F_ONE = all(1.0f);
    private static final FloatVector F_MINUS_ONE = all(-1.0f);
    private static final FloatVector F_LOW = all(0.41421357f);
    private static final FloatVector F_HIGH = all(2.4142135f);
    private static final FloatVector F_EIGHTH = all(0.7853982f);
    private static final FloatVector F_EIGHTH_REST = all(-2.1855694e-08f);
    private static final FloatVector F_QUARTER = all(1.5707964f);
    private static final FloatVector F_QUARTER_REST = all(-4.371139e-08f);
    private static final IntVector F_SIGN = all(Integer.MIN_VALUE);
    private static final FloatVector FA0 = all(-0.33333316f);
    private static final FloatVector FA1 = all(0.19998471f);
    private static final FloatVector FA2 = all(-0.14243533f);
    private static final FloatVector FA3 = all(0.10593809f);
    private static final FloatVector FA4 = all(-0.0607821f);

    private ArctangentLanes() {}

    /** Within 2 ulp. */
    static void atan(int n, double[] x, int xOffset, double[] y, int yOffset) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector size = v.abs();
            VectorMask<Double> isMiddle = size.compare(VectorOperators.GT, LOW);
            VectorMask<Double> isHigh = size.compare(VectorOperators.GT, HIGH);
            DoubleVector numerator = size.blend(size.sub(ONE), isMiddle).blend(MINUS_ONE, isHigh);
            DoubleVector denominator = ONE.blend(size.add(ONE), isMiddle).blend(size, isHigh);
            DoubleVector whole = ZERO.blend(EIGHTH, isMiddle).blend(QUARTER, isHigh);
            DoubleVector rest = ZERO.blend(EIGHTH_REST, isMiddle).blend(QUARTER_REST, isHigh);
            DoubleVector t = numerator.div(denominator);
            DoubleVector z = t.mul(t);
            DoubleVector w = z.mul(z);
            DoubleVector even = A10.fma(w, A8).fma(w, A6).fma(w, A4).fma(w, A2).fma(w, A0);
            DoubleVector odd = A9.fma(w, A7).fma(w, A5).fma(w, A3).fma(w, A1);
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
            VectorMask<Float> isMiddle = size.compare(VectorOperators.GT, F_LOW);
            VectorMask<Float> isHigh = size.compare(VectorOperators.GT, F_HIGH);
            FloatVector numerator = size.blend(size.sub(F_ONE), isMiddle).blend(F_MINUS_ONE, isHigh);
            FloatVector denominator = F_ONE.blend(size.add(F_ONE), isMiddle).blend(size, isHigh);
            FloatVector whole = F_ZERO.blend(F_EIGHTH, isMiddle).blend(F_QUARTER, isHigh);
            FloatVector rest = F_ZERO.blend(F_EIGHTH_REST, isMiddle).blend(F_QUARTER_REST, isHigh);
            FloatVector t = numerator.div(denominator);
            FloatVector z = t.mul(t);
            FA4.fma(z, FA3)
                    .fma(z, FA2)
                    .fma(z, FA1)
                    .fma(z, FA0)
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
