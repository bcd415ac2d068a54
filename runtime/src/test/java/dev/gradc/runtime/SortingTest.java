package dev.gradc.runtime;

import static dev.gradc.runtime.Regions.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders against the stable sort of the JDK, of boxed indices. */
class SortingTest {

    private static final int GUARD = -77;

    private final Random random = new Random(5);

    @Test
    void ordersAreThoseOfAStableSort() {
        for (int n = 0; n <= 70; n++) {
            checkAll(1 + n % 3, n);
        }
        checkAll(2, 1000);
        checkAll(1, 4097);
    }

    /** Distinct values, many equal ones, sorted ones both ways, and all with NaN and infinities among them. */
    private void checkAll(int rows, int n) {
        check(rows, n, i -> random.nextGaussian());
        check(rows, n, i -> random.nextInt(4));
        check(rows, n, i -> i);
        check(rows, n, i -> -i);
        check(rows, n, i -> 0);
        double[] special = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0.0, -0.0, 1};
        check(rows, n, i -> special[random.nextInt(special.length)]);
        check(rows, n, i -> Double.NaN);
    }

    private static void check(int rows, int n, IntToDoubleFunction value) {
        double[] values = IntStream.range(0, rows * n).mapToDouble(value).toArray();
        double[] x = Regions.input(values);
        int[] order = new int[OFFSET + rows * n + OFFSET];
        Arrays.fill(order, GUARD);
        DoubleSorting.argsort(rows, n, x, OFFSET, order, OFFSET, new int[n]);
        for (int row = 0; row < rows; row++) {
            int at = OFFSET + row * n;
            assertThat(Arrays.copyOfRange(order, at, at + n)).containsExactly(stableOrder(n, values, row * n));
        }
        assertThat(Arrays.copyOf(order, OFFSET)).containsOnly(GUARD);
        assertThat(Arrays.copyOfRange(order, OFFSET + rows * n, order.length)).containsOnly(GUARD);
    }

    /** {@code Double.compare} puts NaN last; adding 0 makes -0 into 0. */
    private static int[] stableOrder(int n, double[] values, int offset) {
        return IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[offset + i] + 0.0))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
