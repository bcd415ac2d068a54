package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of all lengths around those of vectors, moved element by element; what lies around them stays. */
class DoubleMovesTest {

    private static final int LONGEST = 150;
    private static final int SIZE = 5 * LONGEST;

    private final Random random = new Random(5);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void rowsAreCopied(int rows) {
        for (int n = 0; n <= LONGEST; n++) {
            for (int gap = 0; gap < 3; gap++) {
                double[] x = numbers();
                double[] y = numbers();
                double[] expected = y.clone();
                for (int row = 0; row < rows; row++) {
                    for (int i = 0; i < n; i++) {
                        expected[1 + row * (n + gap) + i] = x[2 + row * 7 + i];
                    }
                }
                RowMath.copyRows(rows, n, x, 2, 7, y, 1, n + gap);
                assertThat(y).as("%d, %d", n, gap).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void rowsAreAdded(int rows) {
        for (int n = 0; n <= LONGEST; n++) {
            checkAdded(rows, n, n);
            checkAdded(rows, n, n + 2);
            checkAdded(rows, n, 0);
        }
    }

    private void checkAdded(int rows, int n, int yStride) {
        double[] x = numbers();
        double[] y = numbers();
        double[] expected = y.clone();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < n; i++) {
                expected[1 + row * yStride + i] += x[2 + row * 11 + i];
            }
        }
        RowMath.addRows(rows, n, x, 2, 11, y, 1, yStride);
        assertThat(y).as("%d to %d apart", n, yStride).isEqualTo(expected);
    }

    /** Of whole numbers, so that the order does not matter. */
    @Test
    void rowsThatOverlapAreAllAdded() {
        int rows = 5;
        for (int n = 1; n <= LONGEST; n++) {
            double[] x = new double[SIZE];
            double[] y = new double[SIZE];
            double[] expected = new double[SIZE];
            for (int i = 0; i < SIZE; i++) {
                x[i] = i % 13;
            }
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < n; i++) {
                    expected[2 * row + i] += x[row * n + i];
                }
            }
            RowMath.addRows(rows, n, x, 0, n, y, 0, 2);
            assertThat(y).as("%d", n).isEqualTo(expected);
        }
    }

    @Test
    void nothingIsReadBehindTheLastElement() {
        for (int n = 1; n <= LONGEST; n++) {
            double[] x = new double[2 * n];
            double[] y = new double[2 * n];
            RowMath.copyRows(2, n, x, 0, n, y, 0, n);
            RowMath.addRows(2, n, x, 0, n, y, 0, n);
            RowMath.addRows(2, n, x, 0, n, y, n, 0);
            assertThat(y).containsOnly(0);
        }
    }

    private double[] numbers() {
        double[] numbers = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            numbers[i] = 1 - random.nextDouble();
        }
        return numbers;
    }
}
