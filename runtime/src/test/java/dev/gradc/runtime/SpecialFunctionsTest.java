package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against values of 60-digit arithmetic, and against the identities that tie the functions together. */
class SpecialFunctionsTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private final Random random = new Random(42);

    @ParameterizedTest
    @CsvSource({
        "erf, 3e-16",
        "erfc, 6e-16",
        "erfcx, 5e-16",
        "erfinv, 4e-16",
        "normalCdf, 7e-16",
        "normalDensity, 5e-16",
        "logNormalCdf, 6e-16",
        "normalQuantile, 7e-16",
        "lgamma, 5e-16",
        "digamma, 5e-16",
        "polygamma1, 1e-15",
        "polygamma2, 1.5e-15",
        "polygamma3, 1.5e-15",
        "polygamma6, 2e-15",
        "polygamma40, 5e-15"
    })
    void valuesAgreeWithHighPrecision(String name, double tolerance) throws IOException {
        DoubleUnaryOperator function = function(name);
        List<String> rows = rows(name);
        assertThat(rows).hasSizeGreaterThan(150);
        for (String row : rows) {
            String[] cells = row.split(",", -1);
            double x = Double.parseDouble(cells[1]);
            double actual = function.applyAsDouble(x);
            assertThat(actual).as(row).isFinite();
            BigDecimal exact = new BigDecimal(cells[2]);
            double error = new BigDecimal(actual).subtract(exact).abs().doubleValue();
            double size = Math.max(Math.abs(exact.doubleValue()), x < 0 ? sizeBetweenPoles(name) : 0);
            assertThat(error)
                    .as("%s, but got %s", row, actual)
                    .isLessThanOrEqualTo(tolerance * size + Double.MIN_VALUE);
        }
    }

    /** What the errors of gamma functions are relative to near their zeros between negative integers. */
    private static double sizeBetweenPoles(String name) {
        return switch (name) {
            case "lgamma" -> 1;
            case "digamma" -> 6;
            case "polygamma2" -> 2 * 8;
            case "polygamma6" -> 720 * 128;
            default -> 0;
        };
    }

    private static DoubleUnaryOperator function(String name) {
        return switch (name) {
            case "erf" -> SpecialFunctions::erf;
            case "erfc" -> SpecialFunctions::erfc;
            case "erfcx" -> SpecialFunctions::erfcx;
            case "erfinv" -> SpecialFunctions::erfinv;
            case "normalCdf" -> SpecialFunctions::normalCdf;
            case "normalDensity" -> SpecialFunctions::normalDensity;
            case "logNormalCdf" -> SpecialFunctions::logNormalCdf;
            case "normalQuantile" -> SpecialFunctions::normalQuantile;
            case "lgamma" -> SpecialFunctions::lgamma;
            case "digamma" -> SpecialFunctions::digamma;
            default -> x -> SpecialFunctions.polygamma(Integer.parseInt(name.substring("polygamma".length())), x);
        };
    }

    private static List<String> rows(String name) throws IOException {
        try (InputStream in = SpecialFunctionsTest.class.getResourceAsStream("special-functions.csv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> line.startsWith(name + ",")).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "erf",
                "erfc",
                "erfcx",
                "erfinv",
                "normalCdf",
                "normalDensity",
                "logNormalCdf",
                "normalQuantile",
                "lgamma",
                "digamma",
                "polygamma0",
                "polygamma1",
                "polygamma20"
            })
    void nanGivesNan(String name) {
        assertThat(function(name).applyAsDouble(Double.NaN)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "erf, -1, 1",
        "erfc, 2, 0",
        "erfcx, Infinity, 0",
        "erfinv, NaN, NaN",
        "normalCdf, 0, 1",
        "normalDensity, 0, 0",
        "normalQuantile, NaN, NaN",
        "lgamma, Infinity, Infinity",
        "digamma, NaN, Infinity",
        "polygamma1, NaN, 0",
        "polygamma2, NaN, 0"
    })
    void infinitiesGiveLimits(String name, Double atMinusInfinity, Double atInfinity) {
        assertThat(function(name).applyAsDouble(-INFINITY)).isEqualTo(atMinusInfinity);
        assertThat(function(name).applyAsDouble(INFINITY) + 0.0).isEqualTo(atInfinity);
    }

    @Test
    void logNormalCdfReachesTheEndsOfTheRange() {
        assertThat(SpecialFunctions.logNormalCdf(-INFINITY)).isEqualTo(-INFINITY);
        assertThat(SpecialFunctions.logNormalCdf(-1e160)).isEqualTo(-INFINITY);
        assertThat(SpecialFunctions.logNormalCdf(INFINITY)).isZero();
    }

    @Test
    void inversesAreInfiniteAtTheEndsAndNanOutside() {
        assertThat(SpecialFunctions.erfinv(1)).isEqualTo(INFINITY);
        assertThat(SpecialFunctions.erfinv(-1)).isEqualTo(-INFINITY);
        assertThat(SpecialFunctions.erfinv(Math.nextUp(1.0))).isNaN();
        assertThat(SpecialFunctions.normalQuantile(1)).isEqualTo(INFINITY);
        assertThat(SpecialFunctions.normalQuantile(0)).isEqualTo(-INFINITY);
        assertThat(SpecialFunctions.normalQuantile(-Double.MIN_VALUE)).isNaN();
        assertThat(SpecialFunctions.normalQuantile(Math.nextUp(1.0))).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, -2, -77, -1e15, -1e300})
    void polesAreInfiniteOrNan(double pole) {
        assertThat(SpecialFunctions.lgamma(pole)).isEqualTo(INFINITY);
        assertThat(SpecialFunctions.digamma(pole)).isNaN();
        assertThat(SpecialFunctions.polygamma(1, pole)).isNaN();
        assertThat(SpecialFunctions.polygamma(2, pole)).isNaN();
    }

    @Test
    void zerosAreExact() {
        assertThat(SpecialFunctions.erf(-0.0)).isEqualTo(-0.0);
        assertThat(SpecialFunctions.erfinv(-0.0)).isEqualTo(-0.0);
        assertThat(SpecialFunctions.normalQuantile(0.5)).isZero();
        assertThat(SpecialFunctions.lgamma(1)).isZero();
        assertThat(SpecialFunctions.lgamma(2)).isZero();
    }

    @Test
    void overflowIsInfinite() {
        assertThat(SpecialFunctions.erfcx(-26.63)).isEqualTo(INFINITY);
        assertThat(SpecialFunctions.erfcx(-1e200)).isEqualTo(INFINITY);
        assertThat(SpecialFunctions.lgamma(1e306)).isEqualTo(INFINITY);
        assertThat(SpecialFunctions.polygamma(1, 1e-300)).isEqualTo(INFINITY);
        assertThat(SpecialFunctions.polygamma(2, -1e-300)).isEqualTo(INFINITY);
    }

    @Test
    void tailsUnderflowGradually() {
        assertThat(SpecialFunctions.erfc(27)).isCloseTo(5.23705e-319, within(Double.MIN_VALUE));
        assertThat(SpecialFunctions.erfc(27.3)).isZero();
        assertThat(SpecialFunctions.normalCdf(-38.2)).isCloseTo(1.408e-319, within(Double.MIN_VALUE));
        assertThat(SpecialFunctions.normalCdf(-38.6)).isZero();
        assertThat(SpecialFunctions.normalQuantile(Double.MIN_VALUE)).isCloseTo(-38.467405617144344, within(2e-14));
        assertThat(SpecialFunctions.polygamma(1, 1e200)).isCloseTo(1e-200, within(1e-215));
    }

    @Test
    void orderZeroIsDigammaAndNegativeOrdersAreRefused() {
        assertThat(SpecialFunctions.polygamma(0, 0.3)).isEqualTo(SpecialFunctions.digamma(0.3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpecialFunctions.polygamma(-1, 1))
                .withMessageContaining("-1");
    }

    @Test
    void erfAndErfcSumToOne() {
        for (int i = 0; i < 1000; i++) {
            double x = 3 * random.nextGaussian();
            assertThat(SpecialFunctions.erf(x) + SpecialFunctions.erfc(x)).isCloseTo(1, within(4e-16));
        }
    }

    @Test
    void erfcxTimesTheGaussianIsErfc() {
        for (double x = -5; x < 5; x += 0.01) {
            double erfc = SpecialFunctions.erfc(x);
            assertThat(Math.exp(-x * x) * SpecialFunctions.erfcx(x)).isCloseTo(erfc, within(1e-14 * erfc));
        }
    }

    @Test
    void functionsAreContinuousWhereTheirFitsMeet() {
        for (double x : new double[] {-1, -0.5, 0.5, 1, 2, 4}) {
            assertSmooth(SpecialFunctions::erf, x);
            assertSmooth(SpecialFunctions::erfc, x);
            assertSmooth(SpecialFunctions::erfcx, x);
        }
        for (double x : new double[] {-0.5, 0.5, 1.5, 3, 10}) {
            assertSmooth(SpecialFunctions::lgamma, x);
        }
        for (double x : new double[] {1, 2, 3, 10}) {
            assertSmooth(SpecialFunctions::digamma, x);
        }
    }

    private static void assertSmooth(DoubleUnaryOperator function, double x) {
        double at = function.applyAsDouble(x);
        assertThat(function.applyAsDouble(Math.nextDown(x))).isCloseTo(at, within(1e-14 * Math.abs(at)));
    }

    @Test
    void quantileUndoesTheDistributionFunction() {
        for (double x = -37; x < 0.5; x += 0.01) {
            double back = SpecialFunctions.normalQuantile(SpecialFunctions.normalCdf(x));
            assertThat(back).isCloseTo(x, within(1e-15 * (1 + Math.abs(x))));
        }
    }

    @Test
    void erfinvUndoesErf() {
        for (double x = -1; x < 1; x += 0.001) {
            assertThat(SpecialFunctions.erfinv(SpecialFunctions.erf(x))).isCloseTo(x, within(1e-15));
        }
    }

    @Test
    void logNormalCdfIsTheLogarithmOfTheDistributionFunction() {
        for (double x = -37; x < 0; x += 0.01) {
            double expected = Math.log(SpecialFunctions.normalCdf(x));
            assertThat(SpecialFunctions.logNormalCdf(x)).isCloseTo(expected, within(1e-15 * Math.abs(expected)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 30})
    void polygammaObeysItsRecurrence(int n) {
        double factorial = Math.exp(SpecialFunctions.lgamma(n + 1));
        for (int i = 0; i < 1000; i++) {
            double x = 24 * random.nextDouble() - 12;
            double step = (n % 2 == 0 ? 1 : -1) * factorial / Math.pow(x, n + 1);
            double value = SpecialFunctions.polygamma(n, x);
            double size = Math.abs(value) + Math.abs(step) + factorial / Math.pow(distanceToInteger(x), n + 1);
            // x + 1 rounds, which near a pole changes the value by n + 1 times as much in relation to the distance.
            double rounding = (n + 1) * Math.ulp(x + 1) / distanceToInteger(x);
            assertThat(SpecialFunctions.polygamma(n, x + 1))
                    .as("x = %s", x)
                    .isCloseTo(value + step, within((2e-14 + 4 * rounding) * size));
        }
    }

    private static double distanceToInteger(double x) {
        return Math.abs(x - Math.rint(x));
    }

    @Test
    void gammaFunctionsObeyReflection() {
        for (int i = 0; i < 1000; i++) {
            double x = 0.01 + 0.98 * random.nextDouble();
            double angle = Math.PI * x;
            assertThat(SpecialFunctions.lgamma(x) + SpecialFunctions.lgamma(1 - x))
                    .isCloseTo(Math.log(Math.PI / Math.sin(angle)), within(1e-14));
            double sine = Math.sin(angle);
            double squared = Math.PI * Math.PI / (sine * sine);
            assertThat(SpecialFunctions.digamma(1 - x) - SpecialFunctions.digamma(x))
                    .isCloseTo(Math.PI / Math.tan(angle), within(1e-14 * squared));
            assertThat(SpecialFunctions.polygamma(1, x) + SpecialFunctions.polygamma(1, 1 - x))
                    .isCloseTo(squared, within(1e-13 * squared));
        }
    }

    @Test
    void eachFunctionIsTheSlopeOfTheOneBefore() {
        for (double x : new double[] {-7.3, -0.7, -0.2, 0.1, 0.6, 1, 1.46, 1.9, 2.5, 3, 7.7, 10, 40}) {
            assertSlope(SpecialFunctions::lgamma, SpecialFunctions::digamma, x);
            assertSlope(SpecialFunctions::erf, y -> 2 / Math.sqrt(Math.PI) * Math.exp(-y * y), x);
            for (int n = 0; n < 6; n++) {
                int order = n;
                assertSlope(
                        y -> SpecialFunctions.polygamma(order, y), y -> SpecialFunctions.polygamma(order + 1, y), x);
            }
        }
    }

    private static void assertSlope(DoubleUnaryOperator function, DoubleUnaryOperator slope, double x) {
        double h = 1e-5;
        double expected = (function.applyAsDouble(x + h) - function.applyAsDouble(x - h)) / (2 * h);
        double size = Math.abs(function.applyAsDouble(x)) + Math.abs(expected);
        assertThat(slope.applyAsDouble(x)).as("x = %s", x).isCloseTo(expected, within(3e-7 * size));
    }
}
