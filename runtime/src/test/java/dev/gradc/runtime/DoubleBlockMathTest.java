package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Blocks of all small sizes; the build runs it without the module jdk.incubator.vector and with it, and derives the same for
 * floats.
 */
class DoubleBlockMathTest {

    private static final double ULP = Math.ulp(Double.MIN_NORMAL) / Double.MIN_NORMAL;
    private static final double ROOM = Double.NaN;
    private static final int MANY = 1003;
    private static final int MOST = 40;
    private static final int BEFORE = 3;

    private final Random random = new Random(5);

    static List<BlockCase> functions() {
        return BlockCase.all();
    }

    static List<BlockCase.PairCase> pairs() {
        return BlockCase.pairs();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void elementsAreTheScalarFunctionOfThem(BlockCase function) {
        for (double reach : new double[] {1e-3f, 1, 30, 1000, 1e9f}) {
            double low = Math.max(function.low(), -reach);
            double[] x = between(low, Math.min(function.high(), reach), MANY);
            double[] y = new double[MANY];
            function.doubles().apply(MANY, x, 0, y, 0);
            for (int i = 0; i < MANY; i++) {
                check(function, x[i], y[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void zerosInfinitiesAndTheEndsOfTheRangeAreAsInTheScalarFunction(BlockCase function) {
        double least = Double.MIN_VALUE;
        double normal = Double.MIN_NORMAL;
        double most = Double.MAX_VALUE;
        double infinity = Double.POSITIVE_INFINITY;
        double[] x = {
            0, least, 3 * least, normal / 5, normal, 1e-20f, 1e-9f, 0.5f, 1, 2, 30, 80, 300, 1e9f, most, infinity
        };
        for (double at : x) {
            for (double argument : new double[] {at, -at}) {
                double[] y = {argument};
                function.doubles().apply(1, y, 0, y, 0);
                check(function, argument, y[0]);
            }
        }
        double[] nan = {Double.NaN};
        function.doubles().apply(1, nan, 0, nan, 0);
        assertThat(nan[0]).isNaN();
    }

    private static void check(BlockCase function, double x, double actual) {
        double expected = function.value(x);
        if (Double.isNaN(expected)) {
            assertThat(actual).as("%s at %s", function, x).isNaN();
        } else if (expected == 0 || Math.abs(expected) > Double.MAX_VALUE) {
            assertThat(1 / actual).as("1/%s at %s", function, x).isEqualTo(1 / expected);
        } else {
            double allowed = function.ulps() * Math.ulp(expected);
            assertThat(actual).as("%s at %s", function, x).isCloseTo(expected, within(allowed));
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aValueDependsOnNeitherPlaceNorSizeAndNothingElseIsWritten(BlockCase function) {
        double[] x = between(Math.max(function.low(), -30), Math.min(function.high(), 30), MOST);
        double[] whole = new double[MOST];
        function.doubles().apply(MOST, x, 0, whole, 0);
        for (int n = 0; n <= MOST; n++) {
            double[] expected = room(whole, MOST - n, n);
            double[] y = room(whole, 0, 0);
            function.doubles().apply(n, x, MOST - n, y, BEFORE);
            assertThat(y).isEqualTo(expected);
            double[] inPlace = room(x, MOST - n, n);
            function.doubles().apply(n, inPlace, BEFORE, inPlace, BEFORE);
            assertThat(inPlace).isEqualTo(expected);
        }
    }

    @Test
    void circularFunctionsAreExactNearTheirZerosAndPoles() {
        double[] x = new double[MANY];
        double[] y = new double[MANY];
        for (int i = 0; i < MANY; i++) {
            long quarters = (long) Math.exp(30 * random.nextDouble());
            Rounding.store(quarters * Math.PI / 2, x, i);
        }
        for (BlockCase function : functions()) {
            if (List.of("sin", "cos", "tan").contains(function.name())) {
                function.doubles().apply(MANY, x, 0, y, 0);
                for (int i = 0; i < MANY; i++) {
                    check(function, x[i], y[i]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void twoFunctionsAtOnceAreEachOfThem(BlockCase.PairCase pair) {
        for (int n = 0; n <= MANY; n = n < MOST ? n + 1 : n + 37) {
            double[] x = between(-30, 30, MANY);
            double[] first = new double[MANY];
            double[] second = new double[MANY];
            pair.first().doubles().apply(n, x, MANY - n, first, 0);
            pair.second().doubles().apply(n, x, MANY - n, second, 1);
            double[] both = new double[MANY];
            double[] other = new double[MANY];
            pair.doubles().apply(n, x, MANY - n, both, 0, other, 1);
            assertThat(both).isEqualTo(first);
            assertThat(other).isEqualTo(second);
            double[] inPlace = x.clone();
            pair.doubles().apply(n, inPlace, MANY - n, both, 0, inPlace, MANY - n);
            assertThat(both).isEqualTo(first);
            assertThat(Arrays.copyOfRange(inPlace, MANY - n, MANY)).isEqualTo(Arrays.copyOfRange(second, 1, n + 1));
        }
    }

    @Test
    void reductionsAreThoseOfAllElements() {
        for (int n = 0; n <= MANY; n = n < MOST ? n + 1 : n + 37) {
            double[] x = between(-4, 4, MANY);
            double[] y = between(-4, 4, MANY);
            checkSums(n, x, y, MANY - n);
            double[] sorted = Arrays.copyOfRange(x, MANY - n, MANY);
            Arrays.sort(sorted);
            double infinity = Double.POSITIVE_INFINITY;
            assertThat(BlockMath.max(n, x, MANY - n)).isEqualTo(n == 0 ? -infinity : sorted[n - 1]);
            assertThat(BlockMath.min(n, x, MANY - n)).isEqualTo(n == 0 ? infinity : sorted[0]);
        }
    }

    private static void checkSums(int n, double[] x, double[] y, int at) {
        double sum = 0;
        double dot = 0;
        for (int i = at; i < at + n; i++) {
            sum = sum + x[i];
            dot = dot + x[i] * y[i];
        }
        assertThat(BlockMath.sum(n, x, at)).isCloseTo(sum, within(4 * n * ULP));
        assertThat(BlockMath.dot(n, x, at, y, at)).isCloseTo(dot, within(16 * n * ULP));
    }

    @Test
    void nanReachesEveryReduction() {
        int n = 3 * MOST;
        for (int place = 0; place < n; place++) {
            double[] x = between(-4, 4, n);
            x[place] = Double.NaN;
            assertThat(BlockMath.sum(n, x, 0)).isNaN();
            assertThat(BlockMath.dot(n, x, 0, x, 0)).isNaN();
            assertThat(BlockMath.max(n, x, 0)).isNaN();
            assertThat(BlockMath.min(n, x, 0)).isNaN();
        }
    }

    private double[] between(double low, double high, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = low + (high - low) * random.nextDouble();
        }
        return values;
    }

    /** A larger array with {@code count} elements from {@code values}. */
    private static double[] room(double[] values, int from, int count) {
        double[] room = new double[BEFORE + MOST + BEFORE];
        Arrays.fill(room, ROOM);
        System.arraycopy(values, from, room, BEFORE, count);
        return room;
    }
}
