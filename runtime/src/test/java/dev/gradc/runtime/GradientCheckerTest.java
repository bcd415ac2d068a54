package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.runtime.GradientChecker.Options;
import dev.gradc.runtime.GradientChecker.Report;
import dev.gradc.runtime.GradientChecker.Verdict;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientCheckerTest {

    private static Report check(GradientChecker.ScalarFunction f, double[] point, double... gradient) {
        return GradientChecker.check(f, point, gradient, Options.defaults());
    }

    @Test
    void agreesOnSmoothFunctionsOfAllScales() {
        assertThat(check(x -> Math.exp(x[0]) * x[1], new double[] {1, 3}, 3 * Math.E, Math.E)
                        .verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(check(x -> 1e6 * x[0] * x[0], new double[] {1e4}, 2e10).verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(check(x -> 1e-9 * Math.sin(x[0]), new double[] {0.3}, 1e-9 * Math.cos(0.3))
                        .verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(check(x -> Math.log(x[0]), new double[] {0.01}, 100).verdict())
                .isEqualTo(Verdict.AGREES);
    }

    @Test
    void findsTheWrongCoordinate() {
        Report report = check(x -> x[0] + x[1] * x[1] + x[2], new double[] {1, 2, 3}, 1, 4.001, 1);
        assertThat(report.verdict()).isEqualTo(Verdict.DISAGREES);
        assertThat(report.worstCoordinate()).isEqualTo(1);
        assertThat(report.numeric()).isCloseTo(4, Offset.offset(1e-9));
        assertThat(report.passed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.3, 0.5, 1})
    void takesAnySlopeBetweenBothSidesOfAKink(double slope) {
        assertThat(check(x -> Math.abs(x[0]), new double[] {0}, slope).verdict())
                .isEqualTo(Verdict.KINK);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1.1, 1.1, 5})
    void takesNoSlopeBeyondAKink(double slope) {
        assertThat(check(x -> Math.abs(x[0]), new double[] {0}, slope).verdict())
                .isEqualTo(Verdict.DISAGREES);
    }

    @Test
    void saysWhereNothingIsFinite() {
        assertThat(check(x -> Math.sqrt(x[0]), new double[] {-1}, 1).verdict()).isEqualTo(Verdict.NOT_FINITE);
        assertThat(check(x -> x[0], new double[] {1}, Double.NaN).verdict()).isEqualTo(Verdict.NOT_FINITE);
    }

    @Test
    void dotProductsSeeEveryCoordinate() {
        GradientChecker.ScalarFunction f = x -> x[0] * x[1] * x[2];
        double[] point = {1, 2, 3};
        assertThat(GradientChecker.checkDotProduct(f, point, new double[] {6, 3, 2}, Options.defaults())
                        .verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(GradientChecker.checkDotProduct(f, point, new double[] {6, 3, 2.01}, Options.defaults())
                        .verdict())
                .isEqualTo(Verdict.DISAGREES);
    }

    @Test
    void vectorJacobianProductsAreChecked() {
        GradientChecker.VectorFunction f = x -> new double[] {x[0] * x[1], Math.sin(x[0])};
        double[] point = {0.5, 2};
        double[] upstream = {3, -1};
        double[] vjp = {3 * 2 - Math.cos(0.5), 3 * 0.5};
        assertThat(GradientChecker.checkVjp(f, point, upstream, vjp, Options.defaults())
                        .verdict())
                .isEqualTo(Verdict.AGREES);
        vjp[0] += 1e-3;
        assertThat(GradientChecker.checkVjp(f, point, upstream, vjp, Options.defaults())
                        .verdict())
                .isEqualTo(Verdict.DISAGREES);
    }
}
