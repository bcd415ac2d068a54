package dev.gradc.runtime;

import dev.gradc.runtime.GradientChecker.Options;
import dev.gradc.runtime.GradientChecker.Report;
import dev.gradc.runtime.GradientChecker.VectorFunction;
import dev.gradc.runtime.GradientChecker.Verdict;

/**
 * The derivatives of a function's elements along a direction. Central differences (f(x+hv) - f(x-hv)) / 2h are
 * extrapolated to h = 0 over a falling sequence of steps (Ridders, Advances in Engineering Software 4, 1982), which also
 * estimates their own error, so that noise is not taken for a fault.
 */
final class Differences {

    private static final int LEVELS = 6;
    private static final double SHRINK = 1.6;

    /** How much finer the steps are that tell a fault from a kink nearby. */
    private static final double REFINEMENT = 1.0 / 32;

    private static final int REFINEMENTS = 2;

    /** The part of the tolerance within which differences of a smooth function settle. */
    private static final double SETTLED = 0.01;

    private final VectorFunction f;
    private final double[] point;
    private final double[] direction;
    private final double step;
    private final int refinements;

    /** For each step the difference of each element. */
    private final double[][] slopes = new double[LEVELS][];

    private Differences finer;
    private double[] left;
    private double[] right;

    Differences(VectorFunction f, double[] point, double[] direction, double step) {
        this(f, point, direction, step, REFINEMENTS);
    }

    private Differences(VectorFunction f, double[] point, double[] direction, double step, int refinements) {
        this.f = f;
        this.point = point;
        this.direction = direction;
        this.step = step;
        this.refinements = refinements;
        double h = step;
        for (int level = 0; level < LEVELS; level++, h /= SHRINK) {
            slopes[level] = slope(at(-h), at(h), 2 * h);
        }
    }

    /** The number of elements. */
    int size() {
        return slopes[0].length;
    }

    /** The derivative of each element. */
    double[] derivatives() {
        double[] derivatives = new double[size()];
        for (int element = 0; element < derivatives.length; element++) {
            derivatives[element] = ridders(element)[0];
        }
        return derivatives;
    }

    /** What is found of {@code analytic}, given as the derivative of {@code element}, at {@code place}. */
    Report hold(int element, double analytic, int place, Options options) {
        double[] estimate = ridders(element);
        Report report = Report.of(place, analytic, estimate[0], options.tolerance());
        boolean isNoise = report.verdict() == Verdict.DISAGREES && isNoise(report, estimate[1], options);
        if (isNoise || report.verdict() == Verdict.AGREES || !Double.isFinite(analytic)) {
            return isNoise ? report.with(Verdict.AGREES) : report;
        }
        // A kink nearby, or rounding, shows as differences that do not settle; a fault stays at all steps.
        double scale = Math.max(1, Math.abs(analytic));
        boolean isSettled = estimate[1] <= SETTLED * options.tolerance() * scale;
        Differences refined = this;
        for (int i = 0; i < refinements; i++) {
            refined = refined.finer();
            double[] better = refined.ridders(element);
            Report again = Report.of(place, analytic, better[0], options.tolerance());
            if (again.verdict() == Verdict.AGREES || (i == 0 && !isSettled && isNoise(again, better[1], options))) {
                return again.with(Verdict.AGREES);
            }
        }
        boolean isKink = report.verdict() == Verdict.DISAGREES && isKink(element, analytic, options);
        return isKink ? report.with(Verdict.KINK) : report;
    }

    private static boolean isNoise(Report report, double uncertainty, Options options) {
        double scale = Math.max(1, Math.max(Math.abs(report.analytic()), Math.abs(report.numeric())));
        return report.relativeError() * scale <= 4 * uncertainty && uncertainty <= options.slack() * scale;
    }

    /** Whether the slopes to both sides of {@code element} differ with {@code analytic} at or between them. */
    private boolean isKink(int element, double analytic, Options options) {
        computeSides(options);
        double slack = options.slack() * Math.max(1, Math.max(Math.abs(left[element]), Math.abs(right[element])));
        return Math.abs(right[element] - left[element]) > slack
                && analytic >= Math.min(left[element], right[element]) - slack
                && analytic <= Math.max(left[element], right[element]) + slack;
    }

    /** Whether the slopes to both sides of any element differ. */
    boolean hasKink(Options options) {
        computeSides(options);
        for (int i = 0; i < left.length; i++) {
            if (Math.abs(right[i] - left[i])
                    > options.slack() * Math.max(1, Math.max(Math.abs(left[i]), Math.abs(right[i])))) {
                return true;
            }
        }
        return false;
    }

    private void computeSides(Options options) {
        if (left == null) {
            double h = step * options.slack();
            double[] here = at(0);
            right = slope(here, at(h), h);
            left = slope(at(-h), here, h);
        }
    }

    private Differences finer() {
        if (finer == null) {
            finer = new Differences(f, point, direction, step * REFINEMENT, 0);
        }
        return finer;
    }

    /** The derivative of {@code element}, and an estimate of its error. */
    private double[] ridders(int element) {
        double[][] table = new double[LEVELS][LEVELS];
        double best = Double.NaN;
        double error = Double.POSITIVE_INFINITY;
        for (int row = 0; row < LEVELS; row++) {
            table[row][0] = slopes[row][element];
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

    private static double[] slope(double[] from, double[] to, double distance) {
        double[] slope = new double[to.length];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (to[i] - from[i]) / distance;
        }
        return slope;
    }

    private double[] at(double distance) {
        double[] moved = point.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += distance * direction[i];
        }
        return f.value(moved).clone();
    }
}
