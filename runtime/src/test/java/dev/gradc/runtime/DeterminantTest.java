package dev.gradc.runtime;

import static dev.gradc.runtime.Regions.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Determinants of integer matrices against exact ones. */
class DeterminantTest {

    private final Random random = new Random(7);

    @Test
    void smallDeterminantsAreTheCofactorExpansions() {
        for (int n = 0; n <= 5; n++) {
            for (int round = 0; round < 200; round++) {
                int[][] matrix = integers(n, 3);
                check(matrix, BigInteger.valueOf(cofactorExpansion(matrix)));
            }
        }
    }

    @Test
    void largerDeterminantsAreThoseOfExactElimination() {
        for (int n = 6; n <= 30; n++) {
            int[][] matrix = integers(n, 9);
            check(matrix, bareiss(matrix));
        }
    }

    @Test
    void bothReferencesAgree() {
        for (int n = 0; n <= 6; n++) {
            int[][] matrix = integers(n, 1);
            assertThat(bareiss(matrix)).isEqualTo(BigInteger.valueOf(cofactorExpansion(matrix)));
        }
    }

    private int[][] integers(int n, int largest) {
        int[][] matrix = new int[n][n];
        for (int[] row : matrix) {
            Arrays.setAll(row, j -> random.nextInt(2 * largest + 1) - largest);
        }
        return matrix;
    }

    private static void check(int[][] matrix, BigInteger exact) {
        double[] values = flat(matrix);
        double expected = exact.doubleValue();
        double[] twice = Arrays.copyOf(values, 2 * values.length);
        System.arraycopy(values, 0, twice, values.length, values.length);
        for (double determinant : determinants(2, matrix.length, twice)) {
            assertThat(determinant).isCloseTo(expected, Offset.offset(1e-11 * hadamard(matrix)));
        }
        if (exact.signum() != 0) {
            for (double log : logAbsDeterminants(2, matrix.length, twice)) {
                assertThat(log).isCloseTo(Math.log(Math.abs(expected)), Offset.offset(1e-9));
            }
        }
    }

    private static double[] flat(int[][] matrix) {
        return Arrays.stream(matrix)
                .flatMapToInt(Arrays::stream)
                .asDoubleStream()
                .toArray();
    }

    private static double[] determinants(int count, int n, double... a) {
        double[] d = Regions.output(count);
        DoubleLu.determinant(count, n, Regions.input(a), OFFSET, d, OFFSET, new double[n * n + n]);
        return Regions.written(d);
    }

    private static double[] logAbsDeterminants(int count, int n, double... a) {
        double[] d = Regions.output(count);
        DoubleLu.logAbsDeterminant(count, n, Regions.input(a), OFFSET, d, OFFSET, new double[n * n + n]);
        return Regions.written(d);
    }

    /** Hadamard's bound of the determinant: the product of the lengths of the rows; at least 1. */
    private static double hadamard(int[][] matrix) {
        double product = 1;
        for (int[] row : matrix) {
            product *= Math.max(
                    1,
                    Math.sqrt(
                            Arrays.stream(row).mapToDouble(v -> v * (double) v).sum()));
        }
        return product;
    }

    /** By the first row, recursively. */
    private static long cofactorExpansion(int[][] matrix) {
        if (matrix.length == 0) {
            return 1;
        }
        long sum = 0;
        for (int column = 0; column < matrix.length; column++) {
            long cofactor = matrix[0][column] * cofactorExpansion(minor(matrix, column));
            sum += column % 2 == 0 ? cofactor : -cofactor;
        }
        return sum;
    }

    private static int[][] minor(int[][] matrix, int without) {
        int[][] minor = new int[matrix.length - 1][matrix.length - 1];
        for (int i = 1; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length - 1; j++) {
                minor[i - 1][j] = matrix[i][j < without ? j : j + 1];
            }
        }
        return minor;
    }

    /** Fraction-free elimination, in which all divisions are exact (Bareiss, Mathematics of Computation 22, 1968). */
    private static BigInteger bareiss(int[][] matrix) {
        int n = matrix.length;
        BigInteger[][] a = new BigInteger[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = BigInteger.valueOf(matrix[i][j]);
            }
        }
        BigInteger sign = BigInteger.ONE;
        BigInteger before = BigInteger.ONE;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            while (pivot < n && a[pivot][k].signum() == 0) {
                pivot++;
            }
            if (pivot == n) {
                return BigInteger.ZERO;
            }
            if (pivot != k) {
                BigInteger[] row = a[pivot];
                a[pivot] = a[k];
                a[k] = row;
                sign = sign.negate();
            }
            for (int i = k + 1; i < n; i++) {
                for (int j = k + 1; j < n; j++) {
                    BigInteger cross = a[i][j].multiply(a[k][k]).subtract(a[i][k].multiply(a[k][j]));
                    a[i][j] = cross.divide(before);
                }
            }
            before = a[k][k];
        }
        return before.multiply(sign);
    }

    @Test
    void determinantsOfPermutationsAreTheirSignsExactly() {
        for (int n = 1; n <= 12; n++) {
            int[][] matrix = new int[n][n];
            int[] images = random.ints(0, n).distinct().limit(n).toArray();
            for (int i = 0; i < n; i++) {
                matrix[i][images[i]] = 1;
            }
            assertThat(determinants(1, n, flat(matrix)))
                    .containsExactly(bareiss(matrix).doubleValue());
        }
    }

    @Test
    void singularMatricesHaveDeterminantZeroAndLogMinusInfinity() {
        double[] singular = {0, 0, 0, 0, 1, 2, 2, 4, 0, 1, 0, 3};
        for (double determinant : determinants(3, 2, singular)) {
            assertThat(Math.abs(determinant)).isZero();
        }
        assertThat(logAbsDeterminants(3, 2, singular)).containsOnly(Double.NEGATIVE_INFINITY);
    }

    @Test
    void nanIsNeverTakenForAZero() {
        double[] a = {0, 1, Double.NaN, 1};
        assertThat(determinants(1, 2, a)).containsExactly(Double.NaN);
        assertThat(logAbsDeterminants(1, 2, a)).containsExactly(Double.NaN);
    }

    @Test
    void partialProductsMayLeaveTheRangeOfDoubles() {
        double[] large = {1e200, 0, 0, 0, 0, 1e200, 0, 0, 0, 0, 1e-300, 0, 0, 0, 0, 1e-100};
        assertThat(determinants(1, 4, large)[0]).isCloseTo(1, Offset.offset(1e-14));
        double[] small = {1e-200, 0, 0, 0, 0, 1e-200, 0, 0, 0, 0, 1e300, 0, 0, 0, 0, 1e100};
        assertThat(determinants(1, 4, small)[0]).isCloseTo(1, Offset.offset(1e-14));
        assertThat(determinants(1, 2, 1e200, 0, 0, -1e200)).containsExactly(Double.NEGATIVE_INFINITY);
        assertThat(logAbsDeterminants(1, 2, 1e200, 0, 0, -1e200)[0])
                .isCloseTo(400 * Math.log(10), Offset.offset(1e-12));
    }
}
