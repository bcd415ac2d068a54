package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products against the triple loop, over all small sizes and transposes. */
class MatrixProductTest {

    private static final double GUARD = 12345.5;
    private static final int OFFSET = 3;

    private final Random random = new Random(42);

    @Test
    void allSmallSizesAndTransposesAgreeWithTheTripleLoop() {
        for (int m = 1; m <= 9; m++) {
            for (int n = 1; n <= 9; n++) {
                for (int k = 1; k <= 9; k++) {
                    for (int transposes = 0; transposes < 4; transposes++) {
                        check(m, n, k, (transposes & 1) != 0, (transposes & 2) != 0);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 17, 15", "33, 1, 64", "1, 100, 33", "64, 100, 10", "100, 10, 64", "31, 33, 100"})
    void largerSizesAgreeWithTheTripleLoop(int m, int n, int k) {
        for (int transposes = 0; transposes < 4; transposes++) {
            check(m, n, k, (transposes & 1) != 0, (transposes & 2) != 0);
        }
    }

    @Test
    void anEmptySumIsZero() {
        double[] c = {GUARD, GUARD};
        MatrixProduct.multiply(1, 2, 0, new double[0], 0, false, new double[0], 0, false, c, 0);
        assertThat(c).containsExactly(0, 0);
    }

    private void check(int m, int n, int k, boolean aTransposed, boolean bTransposed) {
        double[] a = matrix(m * k);
        double[] b = matrix(k * n);
        double[] c = new double[OFFSET + m * n + OFFSET];
        Arrays.fill(c, GUARD);
        MatrixProduct.multiply(m, n, k, a, OFFSET, aTransposed, b, OFFSET, bTransposed, c, OFFSET);
        for (int row = 0; row < m; row++) {
            for (int column = 0; column < n; column++) {
                double sum = 0;
                for (int p = 0; p < k; p++) {
                    double left = a[OFFSET + (aTransposed ? p * m + row : row * k + p)];
                    double right = b[OFFSET + (bTransposed ? column * k + p : p * n + column)];
                    sum += left * right;
                }
                assertThat(Math.abs(c[OFFSET + row * n + column] - sum)).isLessThan(1e-12 * k);
            }
        }
        assertGuards(c);
        if (n == 1 && !bTransposed) {
            double[] y = new double[OFFSET + m + OFFSET];
            Arrays.fill(y, GUARD);
            MatrixProduct.multiplyVector(m, k, a, OFFSET, aTransposed, b, OFFSET, y, OFFSET);
            for (int row = 0; row < m; row++) {
                assertThat(Math.abs(y[OFFSET + row] - c[OFFSET + row])).isLessThan(1e-12 * k);
            }
            assertGuards(y);
        }
    }

    private static void assertGuards(double[] c) {
        for (int i = 0; i < OFFSET; i++) {
            assertThat(c[i]).isEqualTo(GUARD);
            assertThat(c[c.length - 1 - i]).isEqualTo(GUARD);
        }
    }

    private double[] matrix(int size) {
        double[] values = new double[OFFSET + size];
        Arrays.fill(values, 0, OFFSET, Double.NaN);
        for (int i = OFFSET; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }
}
