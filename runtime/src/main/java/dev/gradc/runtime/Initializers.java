package dev.gradc.runtime;

import java.util.random.RandomGenerator;

/** Random starting values for weights. */
public final class Initializers {

    private Initializers() {}

    /**
     * Normal with variance 2/fanIn, for layers followed by relu (He et al., ICCV 2015).
     *
     * @param offset where in {@code parameters} the weights start
     * @param count how many they are
     * @param fanIn how many inputs each output sums
     */
    public static void he(double[] parameters, int offset, int count, int fanIn, RandomGenerator random) {
        fill(parameters, offset, count, heDeviation(fanIn), random);
    }

    /** As for doubles, of the same random numbers; each value rounded to the nearest float. */
    public static void he(float[] parameters, int offset, int count, int fanIn, RandomGenerator random) {
        fill(parameters, offset, count, heDeviation(fanIn), random);
    }

    private static double heDeviation(int fanIn) {
        return Math.sqrt(2.0 / fanIn);
    }

    /**
     * Normal with variance 2/(fanIn + fanOut), for tanh and sigmoid layers (Glorot and Bengio, AISTATS 2010).
     *
     * @param offset where in {@code parameters} the weights start
     * @param count how many they are
     */
    public static void glorot(
            double[] parameters, int offset, int count, int fanIn, int fanOut, RandomGenerator random) {
        fill(parameters, offset, count, glorotDeviation(fanIn, fanOut), random);
    }

    /** As for doubles, of the same random numbers; each value rounded to the nearest float. */
    public static void glorot(
            float[] parameters, int offset, int count, int fanIn, int fanOut, RandomGenerator random) {
        fill(parameters, offset, count, glorotDeviation(fanIn, fanOut), random);
    }

    private static double glorotDeviation(int fanIn, int fanOut) {
        return Math.sqrt(2.0 / (fanIn + fanOut));
    }

    private static void fill(double[] parameters, int offset, int count, double deviation, RandomGenerator random) {
        for (int i = 0; i < count; i++) {
            parameters[offset + i] = deviation * random.nextGaussian();
        }
    }

    private static void fill(float[] parameters, int offset, int count, double deviation, RandomGenerator random) {
        for (int i = 0; i < count; i++) {
            parameters[offset + i] = (float) (deviation * random.nextGaussian());
        }
    }
}
