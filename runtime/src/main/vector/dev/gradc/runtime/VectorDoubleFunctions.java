package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;

/**
 * A vector of elements at a time; what is left of a block is done in room of the thread's, beside what happens to be there.
 */
final class VectorDoubleFunctions implements DoubleFunctions {

    private static final int LENGTH = DoubleVector.SPECIES_PREFERRED.length();

    /** Elements that are done at a time, so that all a function needs for them stays in the first cache. */
    private static final int STRIP = 128;

    private static final ThreadLocal<double[]> ROOM = ThreadLocal.withInitial(() -> new double[3 * STRIP + LENGTH]);

    /** A function of whole vectors, not more than a strip, with room for three numbers for each element. */
    @FunctionalInterface
    private interface Kernel {
        void apply(int n, double[] x, int xOffset, double[] y, int yOffset, double[] room);
    }

    private static void each(Kernel kernel, int n, double[] x, int xOffset, double[] y, int yOffset) {
        double[] room = ROOM.get();
        int left = n % LENGTH;
        int whole = n - left;
        for (int i = 0; i < whole; i += STRIP) {
            kernel.apply(Math.min(STRIP, whole - i), x, xOffset + i, y, yOffset + i, room);
        }
        if (left > 0) {
            int at = 3 * STRIP;
            System.arraycopy(x, xOffset + whole, room, at, left);
            kernel.apply(LENGTH, room, at, room, at, room);
            System.arraycopy(room, at, y, yOffset + whole, left);
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
        int whole = n - left;
        for (int i = 0; i < whole; i += STRIP) {
            int count = Math.min(STRIP, whole - i);
            kernel.apply(count, x, xOffset + i, room);
            System.arraycopy(room, 0, y, yOffset + i, count);
            System.arraycopy(room, count, z, zOffset + i, count);
        }
        if (left > 0) {
            int at = 3 * STRIP;
            System.arraycopy(x, xOffset + whole, room, at, left);
            kernel.apply(LENGTH, room, at, room);
            System.arraycopy(room, 0, y, yOffset + whole, left);
            System.arraycopy(room, LENGTH, z, zOffset + whole, left);
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
