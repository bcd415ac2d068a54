package dev.gradc.runtime;

/** Scalar functions that generated code calls. */
public final class GradMath {

    private static final double LN_2 = Math.log(2);

    /** Above it 1 is lost in the square. */
    private static final double LARGE = 1e8;

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

    /** max(x, 0); NaN at NaN. */
    public static float relu(float x) {
        return Math.max(x, 0.0f);
    }

    /** -1 and 0, and no constants: where it knows both, HotSpot may make a jump of the choice between them. */
    private static long all = -1;

    private static long none = 0;

    /**
     * {@code condition ? then : otherwise}, bit by bit and without a jump: for conditions that cannot be foreseen, of which a
     * processor would guess many wrong.
     */
    public static double select(boolean condition, double then, double otherwise) {
        long mask = condition ? all : none;
        return Double.longBitsToDouble(
                (Double.doubleToRawLongBits(then) & mask) | (Double.doubleToRawLongBits(otherwise) & ~mask));
    }

    /** {@code condition ? then : otherwise}, bit by bit and without a jump, of floats. */
    public static float select(boolean condition, float then, float otherwise) {
        int mask = (int) (condition ? all : none);
        return Float.intBitsToFloat(
                (Float.floatToRawIntBits(then) & mask) | (Float.floatToRawIntBits(otherwise) & ~mask));
    }

    /** Inverse of sinh; exact near 0, no overflow. */
    public static double asinh(double x) {
        double a = Math.abs(x);
        double value = a > LARGE ? Math.log(a) + LN_2 : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
        return Math.copySign(value, x);
    }

    /** Inverse of cosh for x of at least 1, NaN below; exact near 1, no overflow. */
    public static double acosh(double x) {
        double t = x - 1;
        return x > LARGE ? Math.log(x) + LN_2 : Math.log1p(t + Math.sqrt(2 * t + t * t));
    }

    /** Inverse of tanh, infinite at -1 and 1, NaN beyond; exact near 0. */
    public static double atanh(double x) {
        double a = Math.abs(x);
        return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
    }

    /** The polygamma function of the order that {@code order} rounds to. */
    public static double polygamma(double order, double x) {
        return SpecialFunctions.polygamma((int) Math.rint(order), x);
    }
}
