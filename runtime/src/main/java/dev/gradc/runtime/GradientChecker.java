package dev.gradc.runtime;

import java.util.Random;

/**
 * Holds analytic gradients against differences of the function. Central differences (f(x+h) - f(x-h)) / 2h are
 * extrapolated to h = 0 over a falling sequence of steps (Ridders, Advances in Engineering Software 4, 1982), which also
 * estimates their own error, so that noise is not taken for a fault.
 */
public final class GradientChecker {

    private static final int LEVELS = 6;
    private static final double SHRINK = 1.6;

    private GradientChecker() {}

    /** A scalar function of a vector; it must not keep or change the vector. */
    @FunctionalInterface
    public interface ScalarFunction {
        /** Its value at {@code point}. */
        double value(double[] point);
    }

    /**
     * How to check.
     *
     * @param tolerance error allowed, relative to the larger of 1 and both values
     * @param step first step of the differences, relative to the larger of 1 and the coordinate
     * @param directions how many random directions a dot-product test takes
     * @param seed of the directions
     */
    public record Options(double tolerance, double step, int directions, long seed) {
        /** Tolerance 1e-6, steps from 1e-3, 4 directions. */
        public static Options defaults() {
            return new Options(1e-6, 1e-3, 4, 20_170_412L);
        }
    }

    /** What a check found. */
    public enum Verdict {
        /** Equal within the tolerance. */
        AGREES,
        /** The slopes on both sides differ, and the analytic value is one of them or between. */
        KINK,
        /** A fault of the gradient, or of the function. */
        DISAGREES,
        /** The function or the gradient is not finite here. */
        NOT_FINITE
    }

    /**
     * The worst finding.
     *
     * @param verdict the worst verdict over all coordinates or directions
     * @param worstCoordinate where (a coordinate, or a direction's number)
     * @param analytic the derivative given
     * @param numeric the derivative by differences
     * @param relativeError their difference, relative to the larger of 1 and both
     */
    public record Report(Verdict verdict, int worstCoordinate, double analytic, double numeric, double relativeError) {

        /** Whether the gradient may be right: it agrees, or lies at a kink. */
        public boolean passed() {
            return verdict == Verdict.AGREES || verdict == Verdict.KINK;
        }

        private Report worse(Report other) {
            int order = verdict.compareTo(other.verdict);
            boolean otherIsWorse = order == 0 ? other.relativeError > relativeError : order < 0;
            return otherIsWorse ? other : this;
        }
    }

    /** Checks each coordinate of {@code gradient} at {@code point}. */
    public static Report check(ScalarFunction f, double[] point, double[] gradient, Options options) {
        Checks.length("gradient", gradient, point.length, "[point.length]");
        Report worst = new Report(Verdict.AGREES, 0, 0, 0, 0);
        for (int i = 0; i < point.length; i++) {
            double[] direction = new double[point.length];
            direction[i] = 1;
            double step = options.step() * Math.max(1, Math.abs(point[i]));
            worst = worst.worse(along(f, point, direction, step, gradient[i], i, options));
        }
        return worst;
    }

    /** Checks gradient . v against the derivative along v, for random directions v. */
    public static Report checkDotProduct(ScalarFunction f, double[] point, double[] gradient, Options options) {
        Checks.length("gradient", gradient, point.length, "[point.length]");
        Random random = new Random(options.seed());
        Report worst = new Report(Verdict.AGREES, 0, 0, 0, 0);
        for (int d = 0; d < options.directions(); d++) {
            double[] direction = new double[point.length];
            double dot = 0;
            double norm = 0;
            for (int i = 0; i < point.length; i++) {
                direction[i] = random.nextGaussian();
                norm += direction[i] * direction[i];
            }
            for (int i = 0; i < point.length; i++) {
                direction[i] /= Math.sqrt(norm);
                dot += gradient[i] * direction[i];
            }
            worst = worst.worse(along(f, point, direction, options.step(), dot, d, options));
        }
        return worst;
    }

    /** A vector function of a vector; it must not keep or change the vector. */
    @FunctionalInterface
    public interface VectorFunction {
        /** Its value at {@code point}, a new array or one that the next call overwrites. */
        double[] value(double[] point);
    }

    /**
     * Checks a vector-Jacobian product: {@code vjp} . v against {@code upstream} . (J v), J v by differences, for random
     * directions v.
     */
    public static Report checkVjp(VectorFunction f, double[] point, double[] upstream, double[] vjp, Options options) {
        ScalarFunction weighted = x -> {
            double[] value = f.value(x);
            double sum = 0;
            for (int i = 0; i < upstream.length; i++) {
                sum += upstream[i] * value[i];
            }
            return sum;
        };
        return checkDotProduct(weighted, point, vjp, options);
    }

    private static Report along(
            ScalarFunction f,
            double[] point,
            double[] direction,
            double step,
            double analytic,
            int place,
            Options options) {
        double[] estimate = ridders(f, point, direction, step);
        double numeric = estimate[0];
        double scale = Math.max(1, Math.max(Math.abs(analytic), Math.abs(numeric)));
        double error = Math.abs(analytic - numeric) / scale;
        if (!Double.isFinite(analytic) || !Double.isFinite(numeric)) {
            return new Report(Verdict.NOT_FINITE, place, analytic, numeric, Double.POSITIVE_INFINITY);
        }
        boolean withinNoise = error * scale <= 4 * estimate[1] && estimate[1] <= 1e-3 * scale;
        if (error <= options.tolerance() || withinNoise) {
            return new Report(Verdict.AGREES, place, analytic, numeric, error);
        }
        boolean kink = isKink(f, point, direction, step, analytic);
        return new Report(kink ? Verdict.KINK : Verdict.DISAGREES, place, analytic, numeric, error);
    }

    /** The derivative along {@code direction}, and an estimate of its error. */
    private static double[] ridders(ScalarFunction f, double[] point, double[] direction, double step) {
        double[][] table = new double[LEVELS][LEVELS];
        double best = Double.NaN;
        double error = Double.POSITIVE_INFINITY;
        double h = step;
        for (int row = 0; row < LEVELS; row++, h /= SHRINK) {
            table[row][0] = (at(f, point, direction, h) - at(f, point, direction, -h)) / (2 * h);
            double factor = SHRINK * SHRINK;
            for (int order = 1; order <= row; order++, factor *= SHRINK * SHRINK) {
                double better = (factor * table[row][order - 1] - table[row - 1][order - 1]) / (factor - 1);
                table[row][order] = better;
                double spread = Math.max(
                        Math.abs(better - table[row][order - 1]), Math.abs(better - table[row - 1][order - 1]));
                if (spread <= error) {
                    error = spread;
                    best = better;
                }
            }
        }
        return new double[] {best, error};
    }

    /** Whether the slopes to both sides differ with {@code analytic} at or between them. */
    private static boolean isKink(ScalarFunction f, double[] point, double[] direction, double step, double analytic) {
        double h = step * 1e-3;
        double here = at(f, point, direction, 0);
        double right = (at(f, point, direction, h) - here) / h;
        double left = (here - at(f, point, direction, -h)) / h;
        double slack = 1e-3 * Math.max(1, Math.max(Math.abs(left), Math.abs(right)));
        boolean differ = Math.abs(right - left) > slack;
        return differ && analytic >= Math.min(left, right) - slack && analytic <= Math.max(left, right) + slack;
    }

    private static double at(ScalarFunction f, double[] point, double[] direction, double distance) {
        double[] moved = point.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += distance * direction[i];
        }
        return f.value(moved);
    }
}
