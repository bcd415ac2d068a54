package dev.gradc.runtime;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A vector of elements at a time, and what is left of a block in the same lanes, one by one or beside what
 * the thread's array happens to hold. The functions that are not here
 * are computed as without vectors.
 */
final class VectorDoubleFunctions extends PortableDoubleFunctions {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    @Override
    public void exp(int n, double[] x, int xOffset, double[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            ExpLanes.exp(DoubleVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = exp(x[xOffset + i]);
        }
    }

    private static double exp(double x) {
        return ExpLanes.exp(DoubleVector.broadcast(SPECIES, x)).lane(0);
    }

    @Override
    public void expm1(int n, double[] x, int xOffset, double[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            ExpLanes.expm1(DoubleVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = expm1(x[xOffset + i]);
        }
    }

    private static double expm1(double x) {
        return ExpLanes.expm1(DoubleVector.broadcast(SPECIES, x)).lane(0);
    }

    @Override
    public void log(int n, double[] x, int xOffset, double[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            LogLanes.log(DoubleVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = log(x[xOffset + i]);
        }
    }

    private static double log(double x) {
        return LogLanes.log(DoubleVector.broadcast(SPECIES, x)).lane(0);
    }

    @Override
    public void log1p(int n, double[] x, int xOffset, double[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            LogLanes.log1p(DoubleVector.fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = log1p(x[xOffset + i]);
        }
    }

    private static double log1p(double x) {
        return LogLanes.log1p(DoubleVector.broadcast(SPECIES, x)).lane(0);
    }

    @Override
    public void tanh(int n, double[] x, int xOffset, double[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            ActivationLanes.tanh(DoubleVector.fromArray(SPECIES, x, xOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = tanh(x[xOffset + i]);
        }
    }

    private static double tanh(double x) {
        return ActivationLanes.tanh(DoubleVector.broadcast(SPECIES, x)).lane(0);
    }

    @Override
    public void sigmoid(int n, double[] x, int xOffset, double[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            ActivationLanes.sigmoid(DoubleVector.fromArray(SPECIES, x, xOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = sigmoid(x[xOffset + i]);
        }
    }

    private static double sigmoid(double x) {
        return ActivationLanes.sigmoid(DoubleVector.broadcast(SPECIES, x)).lane(0);
    }

    @Override
    public void softplus(int n, double[] x, int xOffset, double[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            ActivationLanes.softplus(DoubleVector.fromArray(SPECIES, x, xOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = softplus(x[xOffset + i]);
        }
    }

    private static double softplus(double x) {
        return ActivationLanes.softplus(DoubleVector.broadcast(SPECIES, x)).lane(0);
    }

    @Override
    public void erf(int n, double[] x, int xOffset, double[] y, int yOffset) {
        int left = n % LENGTH;
        int whole = n - left;
        ErrorLanes.erf(whole, x, xOffset, y, yOffset);
        if (left > 0) {
            double[] rest = VectorDoubleInPlace.ofThread().tile();
            System.arraycopy(x, xOffset + whole, rest, 0, left);
            ErrorLanes.erf(LENGTH, rest, 0, rest, 0);
            System.arraycopy(rest, 0, y, yOffset + whole, left);
        }
    }

    @Override
    public void erfc(int n, double[] x, int xOffset, double[] y, int yOffset) {
        int left = n % LENGTH;
        int whole = n - left;
        ErrorLanes.erfc(whole, x, xOffset, y, yOffset);
        if (left > 0) {
            double[] rest = VectorDoubleInPlace.ofThread().tile();
            System.arraycopy(x, xOffset + whole, rest, 0, left);
            ErrorLanes.erfc(LENGTH, rest, 0, rest, 0);
            System.arraycopy(rest, 0, y, yOffset + whole, left);
        }
    }

    @Override
    public void normalCdf(int n, double[] x, int xOffset, double[] y, int yOffset) {
        int left = n % LENGTH;
        int whole = n - left;
        ErrorLanes.normalCdf(whole, x, xOffset, y, yOffset);
        if (left > 0) {
            double[] rest = VectorDoubleInPlace.ofThread().tile();
            System.arraycopy(x, xOffset + whole, rest, 0, left);
            ErrorLanes.normalCdf(LENGTH, rest, 0, rest, 0);
            System.arraycopy(rest, 0, y, yOffset + whole, left);
        }
    }
}
