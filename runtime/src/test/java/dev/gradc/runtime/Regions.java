package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

/** Arrays with a region in the middle for tests: NaN around inputs, guard values around outputs. */
final class Regions {

    static final int OFFSET = 3;

    private static final double GUARD = 12345.5;

    private Regions() {}

    /** Normal values, to be read at {@link #OFFSET}; who reads around them finds NaN. */
    static double[] random(Random random, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextGaussian();
        }
        return input(values);
    }

    /** {@code values}, to be read at {@link #OFFSET}. */
    static double[] input(double... values) {
        double[] region = new double[OFFSET + values.length + OFFSET];
        Arrays.fill(region, Double.NaN);
        System.arraycopy(values, 0, region, OFFSET, values.length);
        return region;
    }

    /** Room for {@code size} values at {@link #OFFSET}. */
    static double[] output(int size) {
        double[] region = new double[OFFSET + size + OFFSET];
        Arrays.fill(region, GUARD);
        return region;
    }

    /** The values written into {@code region}, around which nothing was written. */
    static double[] written(double[] region) {
        int end = region.length - OFFSET;
        for (int i = 0; i < OFFSET; i++) {
            assertThat(region[i]).isEqualTo(GUARD);
            assertThat(region[end + i]).isEqualTo(GUARD);
        }
        return Arrays.copyOfRange(region, OFFSET, end);
    }

    /** The matrix [rows, columns] at {@code offset}, transposed if asked. */
    static double[][] matrix(int rows, int columns, boolean transposed, double[] values, int offset) {
        double[][] matrix = new double[transposed ? columns : rows][transposed ? rows : columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double value = values[offset + i * columns + j];
                if (transposed) {
                    matrix[j][i] = value;
                } else {
                    matrix[i][j] = value;
                }
            }
        }
        return matrix;
    }

    /** The largest element of |A X - B|, by the definition of the product. */
    static double residual(double[][] a, double[][] x, double[][] b) {
        double largest = 0;
        for (int i = 0; i < b.length; i++) {
            for (int j = 0; j < b[i].length; j++) {
                double sum = -b[i][j];
                for (int k = 0; k < x.length; k++) {
                    sum += a[i][k] * x[k][j];
                }
                largest = Math.max(largest, Math.abs(sum));
            }
        }
        return largest;
    }

    /** The largest absolute element of a matrix; NaN where it has one. */
    static double largest(double[][] matrix) {
        return Arrays.stream(matrix)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .reduce(0, Math::max);
    }
}
