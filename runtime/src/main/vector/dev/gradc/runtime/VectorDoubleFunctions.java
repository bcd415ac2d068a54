package dev.gradc.runtime;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * A vector of elements at a time; what is left of a block is done in room of the thread's, beside what happens to be there.
 */
final class VectorDoubleFunctions implements DoubleFunctions {

    private static final int LENGTH = DoubleVector.SPECIES_PREFERRED.length();

    /** Elements that are done at a time, so that all a function needs for them stays in the first cache. */
    private static final int STRIP = 256;

    /** Where in room the elements are that are fewer than a vector. */
    private static final int REST = 3 * STRIP;

    private static final ThreadLocal<double[]> ROOM = ThreadLocal.withInitial(() -> new double[REST + 2 * LENGTH]);

    /** A function of whole vectors, not more than a strip, with room for three numbers for each element. */
    @FunctionalInterface
    private interface Kernel {
        void apply(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room);
    }

    /**
     * Calls {@code kernel} for strips of whole vectors, then for what is left, in room. It is one call in the text: HotSpot puts
     * the kernel in its place, and where it did so twice, objects remained of the vectors that the second made.
     */
    private static void each(Kernel kernel, int n, double[] x, int xOffset, double[] y, int yOffset) {
        double[] room = ROOM.get();
        int left = n % LENGTH;
        int count;
        for (int i = 0; i < n; i += count) {
            boolean isRest = i == n - left;
            count = isRest ? LENGTH : Math.min(STRIP, n - left - i);
            double[] from = isRest ? room : x;
            double[] to = isRest ? room : y;
            if (isRest) {
                System.arraycopy(x, xOffset + i, room, REST, left);
            }
            kernel.apply(count, from, isRest ? REST : xOffset + i, to, isRest ? REST : yOffset + i, room);
            if (isRest) {
                System.arraycopy(room, REST, y, yOffset + i, left);
            }
        }
    }

    /** Two functions of whole vectors, not more than a strip: their values one after the other to the beginning of room. */
    @FunctionalInterface
    private interface PairKernel {
        void apply(int n, double[] x, int xOffset, double[] room);
    }

    private static void each(
            PairKernel kernel, int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        double[] room = ROOM.get();
        int left = n % LENGTH;
        int count;
        for (int i = 0; i < n; i += count) {
            boolean isRest = i == n - left;
            count = isRest ? LENGTH : Math.min(STRIP, n - left - i);
            double[] from = isRest ? room : x;
            if (isRest) {
                System.arraycopy(x, xOffset + i, room, REST, left);
            }
            kernel.apply(count, from, isRest ? REST : xOffset + i, room);
            int wanted = Math.min(count, n - i);
            System.arraycopy(room, 0, y, yOffset + i, wanted);
            System.arraycopy(room, count, z, zOffset + i, wanted);
        }
    }

    @Override
    public void power(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset) {
        double[] room = ROOM.get();
        int left = n % LENGTH;
        int count;
        for (int i = 0; i < n; i += count) {
            boolean isRest = i == n - left;
            count = isRest ? LENGTH : Math.min(STRIP, n - left - i);
            double[] base = isRest ? room : x;
            double[] exponent = isRest ? room : y;
            if (isRest) {
                Arrays.fill(room, REST, REST + 2 * LENGTH, 1);
                System.arraycopy(x, xOffset + i, room, REST, left);
                System.arraycopy(y, yOffset + i, room, REST + LENGTH, left);
            }
            int from = isRest ? REST : xOffset + i;
            VectorDoublePowers.power(count, base, from, exponent, isRest ? REST + LENGTH : yOffset + i, room);
            System.arraycopy(room, 0, z, zOffset + i, Math.min(count, n - i));
        }
    }

    @Override
    public void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each((count, from, at, to, toAt, room) -> ExpLanes.exp(count, from, at, to, toAt), n, x, xOffset, y, yOffset);
    }

    @Override
    public void expm1(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each((count, from, at, to, toAt, room) -> ExpLanes.expm1(count, from, at, to, toAt), n, x, xOffset, y, yOffset);
    }

    @Override
    public void log(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each((count, from, at, to, toAt, room) -> LogLanes.log(count, from, at, to, toAt), n, x, xOffset, y, yOffset);
    }

    @Override
    public void log1p(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each((count, from, at, to, toAt, room) -> LogLanes.log1p(count, from, at, to, toAt), n, x, xOffset, y, yOffset);
    }

    @Override
    public void sin(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleCircular::sin, n, x, xOffset, y, yOffset);
    }

    @Override
    public void cos(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleCircular::cos, n, x, xOffset, y, yOffset);
    }

    @Override
    public void tan(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleCircular::tan, n, x, xOffset, y, yOffset);
    }

    @Override
    public void atan(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(
                (count, from, at, to, toAt, room) -> ArctangentLanes.atan(count, from, at, to, toAt),
                n,
                x,
                xOffset,
                y,
                yOffset);
    }

    @Override
    public void sinh(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleHyperbolic::sinh, n, x, xOffset, y, yOffset);
    }

    @Override
    public void cosh(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleHyperbolic::cosh, n, x, xOffset, y, yOffset);
    }

    @Override
    public void tanh(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleActivations::tanh, n, x, xOffset, y, yOffset);
    }

    @Override
    public void sigmoid(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleActivations::sigmoid, n, x, xOffset, y, yOffset);
    }

    @Override
    public void softplus(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleActivations::softplus, n, x, xOffset, y, yOffset);
    }

    @Override
    public void erf(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleErrorFunctions::erf, n, x, xOffset, y, yOffset);
    }

    @Override
    public void erfc(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleErrorFunctions::erfc, n, x, xOffset, y, yOffset);
    }

    @Override
    public void normalCdf(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleErrorFunctions::normalCdf, n, x, xOffset, y, yOffset);
    }

    @Override
    public void normalDensity(int n, double[] x, int xOffset, double[] y, int yOffset) {
        each(VectorDoubleErrorFunctions::normalDensity, n, x, xOffset, y, yOffset);
    }

    @Override
    public void sinAndCos(int n, double[] x, int xOffset, double[] sin, int sinOffset, double[] cos, int cosOffset) {
        each(TrigonometricLanes::sinCos, n, x, xOffset, sin, sinOffset, cos, cosOffset);
    }

    @Override
    public void normalCdfAndDensity(
            int n, double[] x, int xOffset, double[] cdf, int cdfOffset, double[] density, int densityOffset) {
        each(VectorDoubleErrorFunctions::normal, n, x, xOffset, cdf, cdfOffset, density, densityOffset);
    }
}
