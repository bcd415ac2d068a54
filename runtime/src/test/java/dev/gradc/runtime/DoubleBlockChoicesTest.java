package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Comparisons and choices of all small sizes, by Java's own; run without the module jdk.incubator.vector and with it. */
class DoubleBlockChoicesTest {

    private static final int MOST = 40;
    private static final double[] VALUES = {
        0, -0.0f, 1, -1, 2, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };

    private final Random random = new Random(8);

    @FunctionalInterface
    private interface Comparison {
        void apply(int n, double[] x, int xOffset, double[] y, int yOffset, double[] z, int zOffset);
    }

    private record Case(Comparison block, BiPredicate<Double, Double> scalar) {}

    private static List<Case> comparisons() {
        return List.of(
                new Case(BlockMath::equal, (a, b) -> a.doubleValue() == b.doubleValue()),
                new Case(BlockMath::notEqual, (a, b) -> a.doubleValue() != b.doubleValue()),
                new Case(BlockMath::less, (a, b) -> a < b),
                new Case(BlockMath::lessOrEqual, (a, b) -> a <= b),
                new Case(BlockMath::greater, (a, b) -> a > b),
                new Case(BlockMath::greaterOrEqual, (a, b) -> a >= b));
    }

    @Test
    void comparisonsGiveOneAndZeroAsJavasOwn() {
        for (Case comparison : comparisons()) {
            for (int n = 0; n <= MOST; n++) {
                double[] x = values(n + 1);
                double[] y = values(n + 2);
                double[] z = values(n + 3);
                double[] expected = z.clone();
                for (int i = 0; i < n; i++) {
                    expected[2 + i] = comparison.scalar().test(x[1 + i], y[2 + i]) ? 1 : 0;
                }
                comparison.block().apply(n, x, 1, y, 2, z, 2);
                assertThat(z).isEqualTo(expected);
            }
        }
    }

    @Test
    void selectTakesTheBitsOfOneOrTheOther() {
        for (int n = 0; n <= MOST; n++) {
            double[] mask = new double[n + 1];
            for (int i = 0; i < n; i++) {
                mask[1 + i] = random.nextInt(2);
            }
            double[] x = values(n);
            double[] y = values(n + 2);
            double[] expected = y.clone();
            for (int i = 0; i < n; i++) {
                expected[2 + i] = mask[1 + i] == 1 ? x[i] : y[2 + i];
            }
            BlockMath.select(n, mask, 1, x, 0, y, 2, y, 2);
            assertThat(y).isEqualTo(expected);
        }
    }

    private double[] values(int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = VALUES[random.nextInt(VALUES.length)];
        }
        return values;
    }
}
