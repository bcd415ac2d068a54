package dev.gradc.runtime;

import static jdk.incubator.vector.DoubleVector.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The error function, its complement and the normal distribution, from exp and erfcx; {@code room} is for three times as many
 * elements as there are.
 */
final class VectorDoubleErrorFunctions {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private static final double ZERO = (double) 0;
    private static final double HALF = (double) 0.5;
    private static final double ONE = (double) 1;
    private static final double TWO = (double) 2;

    /** From here on erfc is 0. */
    private static final double RANGE = (double) 28;

    /** From here on the other way the distribution function is 0. */
    private static final double NORMAL_RANGE = (double) 39;

    private static final double ROOT = (double) 0.7071067811865476;
    private static final double ROOT_HALF = ROOT;

    /** What ROOT is less than the root of 1/2. */
    private static final double ROOT_HALF_REST = (double) (0.7071067811865476 - ROOT - 4.833646656726457e-17);

    /** 1/sqrt(2 pi). */
    private static final double DENSITY = (double) 0.3989422804014327;

    private VectorDoubleErrorFunctions() {}

    /** exp(-x^2) and erfcx(|x|), one after the other, to the beginning of {@code room}. */
    private static void factors(int n, double[] x, int xOffset, double[] room) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector size = DoubleVector.fromArray(SPECIES, x, xOffset + i).abs();
            size = size.blend(broadcast(SPECIES, RANGE), size.compare(VectorOperators.GT, broadcast(SPECIES, RANGE)));
            broadcast(SPECIES, ZERO).sub(size.mul(size)).intoArray(room, i);
            size.intoArray(room, n + i);
        }
        ExpLanes.exp(n, room, 0, room, 0);
        ErrorLanes.scaled(n, room, n, room, n);
    }

    /** Within 5 ulp: exp(-x^2) erfcx(x) on the right, with what x^2 loses by rounding. */
    static void erfc(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        factors(n, x, xOffset, room);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector size = v.abs();
            size = size.blend(broadcast(SPECIES, RANGE), size.compare(VectorOperators.GT, broadcast(SPECIES, RANGE)));
            DoubleVector lost = size.fma(size, broadcast(SPECIES, ZERO).sub(size.mul(size)));
            DoubleVector e = DoubleVector.fromArray(SPECIES, room, i);
            DoubleVector tail = DoubleVector.fromArray(SPECIES, room, n + i).mul(e.sub(e.mul(lost)));
            tail.blend(broadcast(SPECIES, TWO).sub(tail), v.compare(VectorOperators.LT, broadcast(SPECIES, ZERO)))
                    .intoArray(y, yOffset + i);
        }
    }

    /** Within 2 ulp: x + x E(x^2) near 0, else 1 - erfc(|x|) with the sign of x. */
    static void erf(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        factors(n, x, xOffset, room);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            v.mul(v).intoArray(room, 2 * n + i);
        }
        ErrorLanes.series(n, room, 2 * n, room, 2 * n);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector near = DoubleVector.fromArray(SPECIES, room, 2 * n + i).fma(v, v);
            DoubleVector e = DoubleVector.fromArray(SPECIES, room, i);
            DoubleVector far = broadcast(SPECIES, ONE).sub(e.mul(DoubleVector.fromArray(SPECIES, room, n + i)));
            far.blend(broadcast(SPECIES, ZERO).sub(far), v.compare(VectorOperators.LT, broadcast(SPECIES, ZERO)))
                    .blend(near, v.mul(v).compare(VectorOperators.LT, broadcast(SPECIES, HALF)))
                    .intoArray(y, yOffset + i);
        }
    }

    /**
     * The distribution function and the density of the standard normal, one after the other, to the beginning of {@code room};
     * both within 5 ulp. With e = exp(-x^2/2), with what x^2 loses by rounding, the density is e/sqrt(2 pi), and the
     * distribution function on the left e erfcx(-x/sqrt(2))/2.
     */
    static void normal(int n, double[] x, int xOffset, double[] room) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector size = DoubleVector.fromArray(SPECIES, x, xOffset + i).abs();
            size = size.blend(
                    broadcast(SPECIES, NORMAL_RANGE),
                    size.compare(VectorOperators.GT, broadcast(SPECIES, NORMAL_RANGE)));
            broadcast(SPECIES, ZERO)
                    .sub(size.mul(size).mul(broadcast(SPECIES, HALF)))
                    .intoArray(room, n + i);
            size.fma(broadcast(SPECIES, ROOT_HALF), size.mul(broadcast(SPECIES, ROOT_HALF_REST)))
                    .intoArray(room, i);
        }
        ExpLanes.exp(n, room, n, room, n);
        ErrorLanes.scaled(n, room, 0, room, 0);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + i);
            DoubleVector size = v.abs();
            size = size.blend(
                    broadcast(SPECIES, NORMAL_RANGE),
                    size.compare(VectorOperators.GT, broadcast(SPECIES, NORMAL_RANGE)));
            DoubleVector lost =
                    size.fma(size, broadcast(SPECIES, ZERO).sub(size.mul(size))).mul(broadcast(SPECIES, HALF));
            DoubleVector rounded = DoubleVector.fromArray(SPECIES, room, n + i);
            DoubleVector e = rounded.sub(rounded.mul(lost));
            DoubleVector tail = DoubleVector.fromArray(SPECIES, room, i)
                    .mul(broadcast(SPECIES, HALF))
                    .mul(e);
            tail.blend(broadcast(SPECIES, ONE).sub(tail), v.compare(VectorOperators.GT, broadcast(SPECIES, ZERO)))
                    .intoArray(room, i);
            e.mul(broadcast(SPECIES, DENSITY)).intoArray(room, n + i);
        }
    }

    static void normalCdf(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        normal(n, x, xOffset, room);
        System.arraycopy(room, 0, y, yOffset, n);
    }

    /** The density of the standard normal as {@link #normal} computes it. */
    static void normalDensity(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room) {
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector size = DoubleVector.fromArray(SPECIES, x, xOffset + i).abs();
            size = size.blend(
                    broadcast(SPECIES, NORMAL_RANGE),
                    size.compare(VectorOperators.GT, broadcast(SPECIES, NORMAL_RANGE)));
            broadcast(SPECIES, ZERO)
                    .sub(size.mul(size).mul(broadcast(SPECIES, HALF)))
                    .intoArray(room, i);
            size.fma(size, broadcast(SPECIES, ZERO).sub(size.mul(size)))
                    .mul(broadcast(SPECIES, HALF))
                    .intoArray(room, n + i);
        }
        ExpLanes.exp(n, room, 0, room, 0);
        for (int i = 0; i < n; i += LENGTH) {
            DoubleVector e = DoubleVector.fromArray(SPECIES, room, i);
            e.sub(e.mul(DoubleVector.fromArray(SPECIES, room, n + i)))
                    .mul(broadcast(SPECIES, DENSITY))
                    .intoArray(y, yOffset + i);
        }
    }
}
