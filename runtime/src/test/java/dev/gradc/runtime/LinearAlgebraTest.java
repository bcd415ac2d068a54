package dev.gradc.runtime;

import static dev.gradc.runtime.Regions.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Factorisations, solutions and inverses: multiplied out, they give back what was given. */
class LinearAlgebraTest {

    private static final double TOLERANCE = 1e-13;

    private final Random random = new Random(42);

    @Test
    void choleskyFactorsMultipliedOutAreTheMatrices() {
        for (int n = 0; n <= 40; n++) {
            checkCholesky(1 + n % 3, n);
        }
        checkCholesky(1, 131);
    }

    private void checkCholesky(int count, int n) {
        double[] a = positiveDefinite(count, n);
        double[] l = Regions.output(count * n * n);
        DoubleCholesky.factor(count, n, withoutUpper(count, n, a), OFFSET, l, OFFSET);
        double[] factors = Regions.written(l);
        for (int index = 0; index < count; index++) {
            double[][] lower = Regions.matrix(n, n, false, factors, index * n * n);
            double[][] upper = Regions.matrix(n, n, true, factors, index * n * n);
            double[][] whole = Regions.matrix(n, n, false, a, OFFSET + index * n * n);
            assertThat(Regions.residual(lower, upper, whole)).isLessThan(TOLERANCE * (1 + n) * (1 + n));
            for (int i = 0; i < n; i++) {
                assertThat(lower[i][i]).isPositive();
                assertThat(Arrays.copyOfRange(lower[i], i + 1, n)).containsOnly(new double[n - i - 1]);
            }
        }
    }

    /** G G' + n I for normal G. */
    private double[] positiveDefinite(int count, int n) {
        double[] g = Regions.random(random, count * n * n);
        double[] a = Regions.input(new double[count * n * n]);
        for (int index = 0; index < count; index++) {
            int at = OFFSET + index * n * n;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = i == j ? n : 0;
                    for (int k = 0; k < n; k++) {
                        sum += g[at + i * n + k] * g[at + j * n + k];
                    }
                    a[at + i * n + j] = sum;
                }
            }
        }
        return a;
    }

    /** A copy with NaN above the diagonals, where nothing is to be read. */
    private static double[] withoutUpper(int count, int n, double[] a) {
        return keepTriangle(count, n, true, a);
    }

    private static double[] keepTriangle(int count, int n, boolean lower, double[] a) {
        double[] kept = a.clone();
        for (int i = 0; i < count * n * n; i++) {
            int row = i / n % n;
            int column = i % n;
            if (lower ? column > row : column < row) {
                kept[OFFSET + i] = Double.NaN;
            }
        }
        return kept;
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteGivesNanAndLeavesItsNeighboursAlone() {
        double[] a = {4, 0, 2, 5, 1, 0, 2, 1, Double.POSITIVE_INFINITY, 0, 1, 2, 1, 0, Double.NaN, 9, 9, 0, 3, 2};
        double[] l = Regions.output(20);
        DoubleCholesky.factor(5, 2, Regions.input(a), OFFSET, l, OFFSET);
        double nan = Double.NaN;
        assertThat(Regions.written(l))
                .containsExactly(2, 0, 1, 2, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, 3, 0, 1, 1);
    }

    @Test
    void zeroAndNegativeMatricesAreNotPositiveDefinite() {
        double[] l = new double[2];
        DoubleCholesky.factor(2, 1, new double[] {0, -1}, 0, l, 0);
        assertThat(l).containsOnly(Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 19, 24, 31, 40, 67})
    void triangularSolutionsMultipliedOutAreTheRightHandSides(int n) {
        for (int m : new int[] {0, 1, 2, 3, 5, 8, 17, 40}) {
            for (int flags = 0; flags < 8; flags++) {
                checkTriangular(1 + m % 3, n, m, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
            }
        }
    }

    private void checkTriangular(int count, int n, int m, boolean lower, boolean transposed, boolean inPlace) {
        double[] t = wellConditioned(count, n);
        double[] b = Regions.random(random, count * n * m);
        double[] x = Regions.output(count * n * m);
        if (inPlace) {
            System.arraycopy(b, OFFSET, x, OFFSET, count * n * m);
        }
        double[] right = inPlace ? x : b;
        double[] kept = keepTriangle(count, n, lower, t);
        DoubleTriangular.solve(count, n, m, lower, transposed, kept, OFFSET, right, OFFSET, x, OFFSET);
        double[] solution = Regions.written(x);
        for (int index = 0; index < count; index++) {
            double[][] triangle = Regions.matrix(n, n, transposed, zerosForNan(kept), OFFSET + index * n * n);
            double[][] unknown = Regions.matrix(n, m, false, solution, index * n * m);
            double[][] known = Regions.matrix(n, m, false, b, OFFSET + index * n * m);
            double scale = 1 + Regions.largest(unknown);
            assertThat(Regions.residual(triangle, unknown, known)).isLessThan(TOLERANCE * (1 + n) * scale);
        }
    }

    /** Normal matrices, their diagonals at least n away from zero. */
    private double[] wellConditioned(int count, int n) {
        double[] t = Regions.random(random, count * n * n);
        for (int i = 0; i < count * n; i++) {
            t[OFFSET + i * n + i % n] += Math.copySign(n, t[OFFSET + i * n + i % n]);
        }
        return t;
    }

    private static double[] zerosForNan(double[] values) {
        return Arrays.stream(values).map(v -> Double.isNaN(v) ? 0 : v).toArray();
    }

    @Test
    void aZeroOnTheDiagonalOfATriangleGivesWhatDivisionGives() {
        double[] x = new double[2];
        DoubleTriangular.solve(1, 2, 1, true, false, new double[] {0, 7, 1, 1}, 0, new double[] {-2, 0}, 0, x, 0);
        assertThat(x).containsExactly(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 19, 24, 31, 40, 67})
    void solutionsMultipliedOutAreTheRightHandSides(int n) {
        for (int m : new int[] {0, 1, 2, 3, 5, 8, 17, 40}) {
            for (int flags = 0; flags < 4; flags++) {
                checkSolve(1 + m % 3, n, m, (flags & 1) != 0, (flags & 2) != 0);
            }
        }
    }

    private void checkSolve(int count, int n, int m, boolean transposed, boolean inPlace) {
        double[] a = Regions.random(random, count * n * n);
        double[] b = Regions.random(random, count * n * m);
        double[] x = Regions.output(count * n * m);
        if (inPlace) {
            System.arraycopy(b, OFFSET, x, OFFSET, count * n * m);
        }
        double[] kept = a.clone();
        DoubleLu.solve(count, n, m, transposed, a, OFFSET, inPlace ? x : b, OFFSET, x, OFFSET, new double[n * n + n]);
        assertThat(a).containsExactly(kept);
        double[] solution = Regions.written(x);
        for (int index = 0; index < count; index++) {
            double[][] matrix = Regions.matrix(n, n, transposed, a, OFFSET + index * n * n);
            double[][] unknown = Regions.matrix(n, m, false, solution, index * n * m);
            double[][] known = Regions.matrix(n, m, false, b, OFFSET + index * n * m);
            double scale = 1 + Regions.largest(matrix) * Regions.largest(unknown);
            assertThat(Regions.residual(matrix, unknown, known)).isLessThan(TOLERANCE * (1 + n) * scale);
        }
    }

    @Test
    void inversesTimesTheirMatricesAreIdentities() {
        for (int n = 0; n <= 40; n++) {
            checkInverse(1 + n % 3, n, false);
            checkInverse(1 + n % 3, n, true);
        }
        checkInverse(1, 131, false);
    }

    private void checkInverse(int count, int n, boolean inPlace) {
        double[] a = Regions.random(random, count * n * n);
        double[] x = Regions.output(count * n * n);
        if (inPlace) {
            System.arraycopy(a, OFFSET, x, OFFSET, count * n * n);
        }
        DoubleLu.inverse(count, n, inPlace ? x : a, OFFSET, x, OFFSET, new double[n * n + n]);
        double[] inverses = Regions.written(x);
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        for (int index = 0; index < count; index++) {
            double[][] matrix = Regions.matrix(n, n, false, a, OFFSET + index * n * n);
            double[][] inverse = Regions.matrix(n, n, false, inverses, index * n * n);
            double scale = 1 + Regions.largest(matrix) * Regions.largest(inverse);
            assertThat(Regions.residual(matrix, inverse, identity)).isLessThan(TOLERANCE * (1 + n) * scale);
        }
    }

    @Test
    void zerosOnTheDiagonalAreExchangedAway() {
        double[] x = new double[6];
        double[] cycle = {0, 1, 0, 0, 0, 1, 1, 0, 0};
        double[] b = {1, 2, 3, 4, 5, 6};
        DoubleLu.solve(1, 3, 2, false, cycle, 0, b, 0, x, 0, new double[12]);
        assertThat(x).containsExactly(5, 6, 1, 2, 3, 4);
        DoubleLu.solve(1, 3, 2, true, cycle, 0, b, 0, x, 0, new double[12]);
        assertThat(x).containsExactly(3, 4, 5, 6, 1, 2);
    }

    @Test
    void singularMatricesGiveNoFiniteSolutionAndNoException() {
        double[] singular = {0, 0, 0, 0, 1, 2, 2, 4, 1, 1, 1, 1};
        double[] x = new double[6];
        for (boolean transposed : new boolean[] {false, true}) {
            DoubleLu.solve(3, 2, 1, transposed, singular, 0, new double[] {1, 2, 3, 4, 5, 6}, 0, x, 0, new double[6]);
            for (int index = 0; index < 3; index++) {
                assertThat(Double.isFinite(x[2 * index]) && Double.isFinite(x[2 * index + 1]))
                        .isFalse();
            }
        }
        double[] inverse = new double[12];
        DoubleLu.inverse(3, 2, singular, 0, inverse, 0, new double[6]);
        for (int index = 0; index < 3; index++) {
            assertThat(Arrays.stream(inverse, 4 * index, 4 * index + 4).allMatch(Double::isFinite))
                    .isFalse();
        }
    }

    @Test
    void warmCallsAllocateNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int n = 9;
        double[] a = positiveDefinite(2, n);
        double[] x = new double[a.length];
        double[] work = new double[n * n + n];
        int[] order = new int[2 * n * n];
        int[] orderWork = new int[n];
        for (int i = 0; i < 200; i++) {
            callAll(n, a, x, work, order, orderWork);
        }
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 10 && least > 0; run++) { // the JVM itself allocates now and then
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 1000; i++) {
                callAll(n, a, x, work, order, orderWork);
            }
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, (after - before) / 1000);
        }
        assertThat(least).isZero();
    }

    private static void callAll(int n, double[] a, double[] x, double[] work, int[] order, int[] orderWork) {
        DoubleCholesky.factor(2, n, a, OFFSET, x, 0);
        DoubleTriangular.solve(2, n, n, true, false, a, OFFSET, a, OFFSET, x, 0);
        DoubleLu.solve(2, n, n, true, a, OFFSET, a, OFFSET, x, 0, work);
        DoubleLu.inverse(2, n, a, OFFSET, x, 0, work);
        DoubleLu.determinant(2, n, a, OFFSET, x, 0, work);
        DoubleLu.logAbsDeterminant(2, n, a, OFFSET, x, 0, work);
        DoubleCumulative.sum(2, n, n, true, a, OFFSET, x, 0);
        DoubleSorting.argsort(2 * n, n, a, OFFSET, order, 0, orderWork);
    }
}
