package dev.gradc.runtime;

import java.util.Random;

/**
 * Holds analytic derivatives of every mode against differences of the function, or of its gradient for second ones. A
 * kink is told from a fault: there the slopes on both sides differ, with the analytic value at or between them.
 */
public final class GradientChecker {

    /** The columns of a matrix are held one by one up to so many; more by random combinations. */
    private static final int COLUMNS = 32;

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

        /** For functions of single precision: tolerance 1e-2, steps from 3e-2, 4 directions. */
        public static Options single() {
            return new Options(1e-2, 3e-2, 4, 20_170_412L);
        }

        /** How much the slopes on both sides may differ, relatively, where there is no kink. */
        double slack() {
            return Math.sqrt(tolerance);
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
     * @param worstCoordinate where: a coordinate, or a direction's number; of a function that is no scalar, its element
     * @param analytic the derivative given
     * @param numeric the derivative by differences
     * @param relativeError their difference, relative to the larger of 1 and both
     */
    public record Report(Verdict verdict, int worstCoordinate, double analytic, double numeric, double relativeError) {

        /** Whether the gradient may be right: it agrees, or lies at a kink. */
        public boolean passed() {
            return verdict == Verdict.AGREES || verdict == Verdict.KINK;
        }

        /** Values {@code analytic} and {@code numeric} compared. */
        static Report of(int place, double analytic, double numeric, double tolerance) {
            if (!Double.isFinite(analytic) || !Double.isFinite(numeric)) {
                return new Report(Verdict.NOT_FINITE, place, analytic, numeric, Double.POSITIVE_INFINITY);
            }
            double scale = Math.max(1, Math.max(Math.abs(analytic), Math.abs(numeric)));
            double error = Math.abs(analytic - numeric) / scale;
            return new Report(error <= tolerance ? Verdict.AGREES : Verdict.DISAGREES, place, analytic, numeric, error);
        }

        Report with(Verdict other) {
            return new Report(other, worstCoordinate, analytic, numeric, relativeError);
        }

        /** The worse one of this report and {@code other}. */
        public Report worse(Report other) {
            int order = verdict.compareTo(other.verdict);
            boolean otherIsWorse = order == 0 ? other.relativeError > relativeError : order < 0;
            return otherIsWorse ? other : this;
        }
    }

    /** Nothing found yet. */
    private static Report nothing() {
        return new Report(Verdict.AGREES, 0, 0, 0, 0);
    }

    /** Checks each coordinate of {@code gradient} at {@code point}. */
    public static Report check(ScalarFunction f, double[] point, double[] gradient, Options options) {
        Checks.length("gradient", gradient, point.length, "[point.length]");
        Report worst = nothing();
        for (int i = 0; i < point.length; i++) {
            worst = worst.worse(alongAxis(vector(f), point, i, options).hold(0, gradient[i], i, options));
        }
        return worst;
    }

    /** Checks gradient . v against the derivative along v, for random directions v. */
    public static Report checkDotProduct(ScalarFunction f, double[] point, double[] gradient, Options options) {
        Checks.length("gradient", gradient, point.length, "[point.length]");
        Random random = new Random(options.seed());
        Report worst = nothing();
        for (int d = 0; d < options.directions(); d++) {
            double[] direction = direction(random, point.length);
            Differences differences = new Differences(vector(f), point, direction, options.step());
            worst = worst.worse(differences.hold(0, dot(gradient, direction), d, options));
        }
        return worst;
    }

    private static VectorFunction vector(ScalarFunction f) {
        return x -> new double[] {f.value(x)};
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
        return checkDotProduct(x -> dot(upstream, f.value(x)), point, vjp, options);
    }

    /** Checks a Jacobian-vector product: each element of {@code jvp} against differences along {@code direction}. */
    public static Report checkJvp(VectorFunction f, double[] point, double[] direction, double[] jvp, Options options) {
        Checks.length("direction", direction, point.length, "[point.length]");
        return hold(new Differences(f, point, direction, options.step()), jvp, options);
    }

    /**
     * Checks a Jacobian J by its products with directions: with each axis in turn, or with random directions where there
     * are many axes.
     *
     * @param product what J times a direction is said to be
     */
    public static Report checkJacobian(VectorFunction f, double[] point, VectorFunction product, Options options) {
        Random random = new Random(options.seed());
        boolean byColumns = point.length <= COLUMNS;
        Report worst = nothing();
        for (int i = 0; i < (byColumns ? point.length : options.directions()); i++) {
            double[] direction = byColumns ? axis(point.length, i) : direction(random, point.length);
            double step = byColumns ? step(point[i], options) : options.step();
            Differences differences = new Differences(f, point, direction, step);
            worst = worst.worse(hold(differences, product.value(direction), options));
        }
        return worst;
    }

    /** Checks a Jacobian, row-major with a row for each element of {@code f}. */
    public static Report checkJacobian(VectorFunction f, double[] point, double[] jacobian, Options options) {
        return checkJacobian(f, point, v -> product(jacobian, v), options);
    }

    /**
     * Checks a sparse Jacobian; an element off its pattern is held to be zero.
     *
     * @param values of its entries, by rows
     */
    public static Report checkJacobian(
            VectorFunction f, double[] point, SparsePattern pattern, double[] values, Options options) {
        return checkJacobian(f, point, v -> product(pattern, values, v), options);
    }

    /**
     * Checks a Hessian, row-major, by differences of the gradient; and that it is symmetric.
     *
     * @param gradient the function's gradient, which should have been checked by itself
     */
    public static Report checkHessian(VectorFunction gradient, double[] point, double[] hessian, Options options) {
        int n = point.length;
        Report worst = checkJacobian(gradient, point, hessian, options);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                worst = worst.worse(Report.of(i, hessian[i * n + j], hessian[j * n + i], options.tolerance()));
            }
        }
        return worst;
    }

    /** Checks the second derivatives {@code diagonal} by each coordinate, by differences of the gradient. */
    public static Report checkHessianDiagonal(
            VectorFunction gradient, double[] point, double[] diagonal, Options options) {
        Checks.length("diagonal", diagonal, point.length, "[point.length]");
        Report worst = nothing();
        for (int i = 0; i < point.length; i++) {
            worst = worst.worse(alongAxis(gradient, point, i, options).hold(i, diagonal[i], i, options));
        }
        return worst;
    }

    /**
     * Checks J'J for the Jacobian J of {@code f}, by random directions v: against J' (J v), J v by differences.
     *
     * @param vjp what J' times an upstream gradient is, which should have been checked by itself
     * @param product what J'J times a direction is said to be
     */
    public static Report checkGaussNewton(
            VectorFunction f, double[] point, VectorFunction vjp, VectorFunction product, Options options) {
        Random random = new Random(options.seed());
        Report worst = nothing();
        for (int d = 0; d < options.directions(); d++) {
            double[] direction = direction(random, point.length);
            Differences differences = new Differences(f, point, direction, options.step());
            double[] numeric = vjp.value(differences.derivatives()).clone();
            double[] analytic = product.value(direction);
            for (int i = 0; i < numeric.length; i++) {
                Report report = Report.of(i, analytic[i], numeric[i], options.tolerance());
                boolean isKink = report.verdict() == Verdict.DISAGREES && differences.hasKink(options);
                worst = worst.worse(isKink ? report.with(Verdict.KINK) : report);
            }
        }
        return worst;
    }

    private static Report hold(Differences differences, double[] analytic, Options options) {
        Checks.length("derivative", analytic, differences.size(), "[f(point).length]");
        Report worst = nothing();
        for (int i = 0; i < analytic.length; i++) {
            worst = worst.worse(differences.hold(i, analytic[i], i, options));
        }
        return worst;
    }

    private static Differences alongAxis(VectorFunction f, double[] point, int axis, Options options) {
        return new Differences(f, point, axis(point.length, axis), step(point[axis], options));
    }

    private static double step(double coordinate, Options options) {
        return options.step() * Math.max(1, Math.abs(coordinate));
    }

    private static double[] axis(int length, int axis) {
        double[] direction = new double[length];
        direction[axis] = 1;
        return direction;
    }

    /** A direction of length 1. */
    private static double[] direction(Random random, int length) {
        double[] direction = new double[length];
        for (int i = 0; i < length; i++) {
            direction[i] = random.nextGaussian();
        }
        double norm = Math.sqrt(dot(direction, direction));
        for (int i = 0; i < length; i++) {
            direction[i] /= norm;
        }
        return direction;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] product(double[] matrix, double[] vector) {
        double[] product = new double[matrix.length / vector.length];
        for (int i = 0; i < matrix.length; i++) {
            product[i / vector.length] += matrix[i] * vector[i % vector.length];
        }
        return product;
    }

    private static double[] product(SparsePattern pattern, double[] values, double[] vector) {
        double[] product = new double[pattern.rows()];
        for (int row = 0; row < product.length; row++) {
            for (int i = pattern.rowPointers()[row]; i < pattern.rowPointers()[row + 1]; i++) {
                product[row] += values[i] * vector[pattern.columnIndices()[i]];
            }
        }
        return product;
    }
}
