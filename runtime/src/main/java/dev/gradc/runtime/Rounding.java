package dev.gradc.runtime;

/** What kernels compute in double whatever the type of their elements, rounded once to that type. */
final class Rounding {

    private Rounding() {}

    /** The correctly rounded square root; NaN below 0. */
    static double sqrt(double x) {
        return Math.sqrt(x);
    }

    /** The correctly rounded square root, for a root in double is exact enough to be rounded again; NaN below 0. */
    static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    /** to[at] = value. */
    static void store(double value, double[] to, int at) {
        to[at] = value;
    }

    /** to[at] = value, rounded to the nearest float. */
    static void store(double value, float[] to, int at) {
        to[at] = (float) value;
    }
}
