package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches in shares: values, gradients, their order, failures. */
class DataParallelTest {

    /** f(p) = sum of rows x of p0 x + p1 x^2, or the mean of them. */
    private static final class Quadratic {
        private final double[] gradient = new double[2];

        private double evaluate(double[] x, int from, int to, double[] p, boolean isMean) {
            gradient[0] = 0;
            gradient[1] = 0;
            double scale = isMean ? 1.0 / (to - from) : 1;
            double value = 0;
            for (int i = from; i < to; i++) {
                value += scale * (p[0] * x[i] + p[1] * x[i] * x[i]);
                gradient[0] += scale * x[i];
                gradient[1] += scale * x[i] * x[i];
            }
            return value;
        }
    }

    private static final double[] ROWS = {0.5, -1, 2, 3, -0.25, 7, 1, 4, -2, 6, 0.125};
    private static final double[] PARAMETERS = {0.3, -0.7};

    @ParameterizedTest
    @CsvSource({
        "1, false",
        "2, false",
        "3, false",
        "11, false",
        "40, false",
        "1, true",
        "2, true",
        "3, true",
        "40, true"
    })
    void sharesAddUpToTheBatch(int threads, boolean isMean) {
        Quadratic whole = new Quadratic();
        double expected = whole.evaluate(ROWS, 0, ROWS.length, PARAMETERS, isMean);
        try (DoubleDataParallel<Quadratic> parallel =
                new DoubleDataParallel<>(ROWS.length, threads, rows -> new Quadratic(), q -> q.gradient)) {
            DoubleDataParallel.Share<Quadratic> share =
                    (model, from, to) -> model.evaluate(ROWS, from, to, PARAMETERS, isMean);
            double value = isMean ? parallel.mean(share) : parallel.sum(share);
            double again = isMean ? parallel.mean(share) : parallel.sum(share);
            assertThat(value).isCloseTo(expected, within(1e-12)).isEqualTo(again);
            assertThat(parallel.gradient()[0]).isCloseTo(whole.gradient[0], within(1e-12));
            assertThat(parallel.gradient()[1]).isCloseTo(whole.gradient[1], within(1e-12));
        }
    }

    @Test
    void modelsAreMadeForTheRowsOfTheirShares() {
        Set<Integer> sizes = ConcurrentHashMap.newKeySet();
        Set<String> shares = ConcurrentHashMap.newKeySet();
        try (DoubleDataParallel<Quadratic> parallel = new DoubleDataParallel<>(
                7,
                3,
                rows -> {
                    sizes.add(rows);
                    return new Quadratic();
                },
                q -> q.gradient)) {
            parallel.sum((model, from, to) -> {
                shares.add(from + " to " + to);
                return 0;
            });
        }
        assertThat(sizes).containsExactlyInAnyOrder(2, 3);
        assertThat(shares).containsExactlyInAnyOrder("0 to 2", "2 to 4", "4 to 7");
    }

    @Test
    void theFirstFailureIsThrownWhenAllAreDone() {
        try (DoubleDataParallel<Quadratic> parallel =
                new DoubleDataParallel<>(4, 4, rows -> new Quadratic(), q -> q.gradient)) {
            assertThatThrownBy(() -> parallel.sum((model, from, to) -> {
                        if (from > 1) {
                            throw new IllegalArgumentException("row " + from);
                        }
                        return 0;
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("row 2");
            assertThat(parallel.sum((model, from, to) -> 1)).isEqualTo(4);
        }
    }

    @Test
    void noRowsOrThreadsAreRefused() {
        assertThatThrownBy(() -> new DoubleDataParallel<>(0, 1, rows -> new Quadratic(), q -> q.gradient))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 row and 1 thread");
    }
}
