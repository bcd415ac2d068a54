package dev.gradc.runtime;

/** Scalar functions that generated code calls. */
public final class GradMath {

    private GradMath() {}

    /** 1/(1 + exp(-x)): 0 at minus infinity, 1 at infinity, NaN at NaN; exp never overflows. */
    public static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        double small = e / (1 + e);
        return x >= 0 ? 1 / (1 + e) : small;
    }

    /** log(1 + exp(x)), as max(x, 0) + log1p(exp(-|x|)): exp never overflows. */
    public static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** max(x, 0); NaN at NaN. */
    public static double relu(double x) {
        return Math.max(x, 0.0);
    }
}
