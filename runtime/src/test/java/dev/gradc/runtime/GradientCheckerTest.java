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

    @Test
    void seesPastAKinkNearby() {
        assertThat(check(x -> Math.abs(x[0] - 1e-5) + 3 * x[0], new double[] {0}, 2)
                        .verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(check(x -> Math.abs(x[0] - 1e-5) + 3 * x[0], new double[] {0}, 2.001)
                        .verdict())
                .isEqualTo(Verdict.DISAGREES);
    }

    /** Of the point (a, b). */
    private static double[] powers(double[] x) {
        return new double[] {x[0] * x[1], Math.pow(x[0], 3), 7 * x[1]};
    }

    private static final double[] POINT = {0.5, 2};
    private static final double[] JACOBIAN = {2, 0.5, 0.75, 0, 0, 7};

    private static double[] changed(double[] values, int index, double change) {
        double[] changed = values.clone();
        changed[index] += change;
        return changed;
    }

    @Test
    void jacobianVectorProductsAreCheckedElementByElement() {
        double[] direction = {1, -1};
        double[] jvp = {1.5, 0.75, -7};
        assertThat(GradientChecker.checkJvp(GradientCheckerTest::powers, POINT, direction, jvp, Options.defaults())
                        .verdict())
                .isEqualTo(Verdict.AGREES);
        Report wrong = GradientChecker.checkJvp(
                GradientCheckerTest::powers, POINT, direction, changed(jvp, 1, 1e-3), Options.defaults());
        assertThat(wrong.verdict()).isEqualTo(Verdict.DISAGREES);
        assertThat(wrong.worstCoordinate()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void everyElementOfAJacobianIsChecked(int element) {
        assertThat(jacobian(JACOBIAN)).isEqualTo(Verdict.AGREES);
        assertThat(jacobian(changed(JACOBIAN, element, 1e-3))).isEqualTo(Verdict.DISAGREES);
    }

    private static Verdict jacobian(double[] jacobian) {
        return GradientChecker.checkJacobian(GradientCheckerTest::powers, POINT, jacobian, Options.defaults())
                .verdict();
    }

    @Test
    void sparseJacobiansAreZeroOffTheirPattern() {
        SparsePattern all = SparsePattern.of(3, 2, new int[] {0, 0, 1, 2}, new int[] {0, 1, 0, 1});
        SparsePattern tooFew = SparsePattern.of(3, 2, new int[] {0, 1, 2}, new int[] {0, 0, 1});
        assertThat(GradientChecker.checkJacobian(
                                GradientCheckerTest::powers,
                                POINT,
                                all,
                                new double[] {2, 0.5, 0.75, 7},
                                Options.defaults())
                        .verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(GradientChecker.checkJacobian(
                                GradientCheckerTest::powers,
                                POINT,
                                tooFew,
                                new double[] {2, 0.75, 7},
                                Options.defaults())
                        .verdict())
                .isEqualTo(Verdict.DISAGREES);
    }

    /** The gradient of a^2 b + b^3. */
    private static double[] gradient(double[] x) {
        return new double[] {2 * x[0] * x[1], x[0] * x[0] + 3 * x[1] * x[1]};
    }

    @Test
    void hessiansAreCheckedAgainstTheGradient() {
        double[] hessian = {4, 1, 1, 12};
        assertThat(hessian(hessian)).isEqualTo(Verdict.AGREES);
        for (int i = 0; i < hessian.length; i++) {
            assertThat(hessian(changed(hessian, i, 1e-3))).isEqualTo(Verdict.DISAGREES);
        }
    }

    private static Verdict hessian(double[] hessian) {
        return GradientChecker.checkHessian(GradientCheckerTest::gradient, POINT, hessian, Options.defaults())
                .verdict();
    }

    @Test
    void hessiansOfManyVariablesAreSymmetric() {
        int n = 40;
        double[] point = new double[n];
        double[] skew = new double[n * n];
        skew[1] = 1;
        skew[n] = -1;
        GradientChecker.VectorFunction gradient = x -> changed(changed(new double[n], 0, x[1]), 1, -x[0]);
        assertThat(GradientChecker.checkHessian(gradient, point, skew, Options.defaults())
                        .verdict())
                .isEqualTo(Verdict.DISAGREES);
    }

    @Test
    void diagonalsOfHessiansAreChecked() {
        assertThat(diagonal(4, 12)).isEqualTo(Verdict.AGREES);
        assertThat(diagonal(4.001, 12)).isEqualTo(Verdict.DISAGREES);
        assertThat(diagonal(4, 12.001)).isEqualTo(Verdict.DISAGREES);
    }

    private static Verdict diagonal(double... diagonal) {
        return GradientChecker.checkHessianDiagonal(GradientCheckerTest::gradient, POINT, diagonal, Options.defaults())
                .verdict();
    }

    @Test
    void gaussNewtonProductsAreChecked() {
        assertThat(gaussNewton(1)).isEqualTo(Verdict.AGREES);
        assertThat(gaussNewton(1.001)).isEqualTo(Verdict.DISAGREES);
    }

    private static Verdict gaussNewton(double factor) {
        GradientChecker.VectorFunction vjp = u -> new double[] {2 * u[0] + 0.75 * u[1], 0.5 * u[0] + 7 * u[2]};
        GradientChecker.VectorFunction product =
                v -> vjp.value(new double[] {factor * (2 * v[0] + 0.5 * v[1]), 0.75 * v[0], 7 * v[1]});
        return GradientChecker.checkGaussNewton(GradientCheckerTest::powers, POINT, vjp, product, Options.defaults())
                .verdict();
    }

    @Test
    void singlePrecisionIsHeldToWhatItHas() {
        GradientChecker.ScalarFunction f = x -> (float) x[0] * (float) x[0] * (float) x[1];
        double[] gradient = {2, 0.25};
        assertThat(GradientChecker.check(f, POINT, gradient, Options.single()).verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(GradientChecker.check(f, POINT, changed(gradient, 0, 0.1), Options.single())
                        .verdict())
                .isEqualTo(Verdict.DISAGREES);
    }
}
