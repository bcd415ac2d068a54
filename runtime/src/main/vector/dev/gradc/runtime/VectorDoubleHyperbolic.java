package dev.gradc.runtime;

import static jdk.incubator.vector.DoubleVector.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The hyperbolic sine and cosine, from t = expm1(|x|/2), which is finite wherever they are; {@code room} is for as many elements
 * as there are.
 */
final class VectorDoubleHyperbolic {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final double ZERO = (double) 0;
    private static final double HALF = (double) 0.5;
    private static final double ONE = (double) 1;
    private static final double TWO = (double) 2;

    /** Below it, either side of 0, sinh is its argument: x^3/6 is lost by rounding. */
    private static final double TINY = (double) Math.sqrt(Math.ulp((double) 1));

    private VectorDoubleHyperbolic() {}

    /** expm1(|x|/2), to the beginning of {@code room}. */
    private static void expm1OfHalf(int n, double[] x, int xOffset, double[] room) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector.fromArray(SPECIES, x, xOffset + i)
                    .abs()
                    .mul(broadcast(SPECIES, HALF))
                    .intoArray(room, i);
        }
        ExpLanes.expm1(n, room, 0, room, 0);
    }

    /** t (t + 2) (1 + 1/(t + 1)^2)/2 with the sign of x, within 5 ulp. */
    static void sinh(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        expm1OfHalf(n, x, xOffset, room);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector t = DoubleVector.fromArray(SPECIES, room, i);
            DoubleVector e = t.add(broadcast(SPECIES, ONE));
            DoubleVector factor = broadcast(SPECIES, ONE)
                    .add(broadcast(SPECIES, ONE).div(e.mul(e)))
                    .mul(broadcast(SPECIES, HALF));
            DoubleVector value = t.mul(factor).mul(t.add(broadcast(SPECIES, TWO)));
            value.blend(broadcast(SPECIES, ZERO).sub(value), v.compare(VectorOperators.LT, broadcast(SPECIES, ZERO)))
                    .blend(v, v.abs().compare(VectorOperators.LT, broadcast(SPECIES, TINY)))
                    .intoArray(y, yOffset + i);
        }
    }

    /** ((t + 1)^2 + 1/(t + 1)^2)/2, within 5 ulp. */
    static void cosh(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        expm1OfHalf(n, x, xOffset, room);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector e = DoubleVector.fromArray(SPECIES, room, i).add(broadcast(SPECIES, ONE));
            DoubleVector half = e.mul(broadcast(SPECIES, HALF));
            half.fma(e, broadcast(SPECIES, HALF).div(e.mul(e))).intoArray(y, yOffset + i);
        }
    }
}
