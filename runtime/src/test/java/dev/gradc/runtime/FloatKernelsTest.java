package dev.gradc.runtime;

import static dev.gradc.runtime.Regions.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels for floats: multiplied out in double, they give back what was given, up to rounding. */
class FloatKernelsTest {

    private static final double TOLERANCE = 1e-6;
    private static final int COUNT = 2;

    private final Random random = new Random(11);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 9, 16, 33})
    void choleskyFactorsMultipliedOutAreTheMatrices(int n) {
        float[] a = positiveDefinite(n);
        float[] l = output(COUNT * n * n);
        FloatCholesky.factor(COUNT, n, a, OFFSET, l, OFFSET);
        double[] factors = written(l);
        for (int index = 0; index < COUNT; index++) {
            double[][] lower = Regions.matrix(n, n, false, factors, index * n * n);
            double[][] upper = Regions.matrix(n, n, true, factors, index * n * n);
            checkProduct(lower, upper, Regions.matrix(n, n, false, doubles(a), OFFSET + index * n * n));
        }
    }

    /** Symmetric, with a diagonal that exceeds the sum of its row; NaN around. */
    private float[] positiveDefinite(int n) {
        float[] a = random(COUNT * n * n);
        for (int at = OFFSET; at < OFFSET + COUNT * n * n; at += n * n) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    a[at + j * n + i] = a[at + i * n + j];
                }
                a[at + i * n + i] = 5 * n;
            }
        }
        return a;
    }

    @Test
    void rootsAreCorrectlyRounded() {
        float[] a = new float[276];
        for (int i = 0; i < a.length; i++) {
            a[i] = Math.scalb(1 + random.nextFloat(), i - 149);
        }
        float[] l = new float[a.length];
        FloatCholesky.factor(a.length, 1, a, 0, l, 0);
        for (int i = 0; i < a.length; i++) {
            float root = new BigDecimal(a[i]).sqrt(new MathContext(40)).floatValue();
            assertThat(l[i]).isEqualTo(a[i] / root);
        }
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteGivesNanAndLeavesItsNeighboursAlone() {
        float[] a = input(4, 0, 2, 5, 1, 0, 2, 1, Double.POSITIVE_INFINITY, 0, 1, 2, 9, 0, 3, 2);
        float[] l = output(16);
        FloatCholesky.factor(4, 2, a, OFFSET, l, OFFSET);
        double nan = Double.NaN;
        assertThat(written(l)).containsExactly(2, 0, 1, 2, nan, nan, nan, nan, nan, nan, nan, nan, 3, 0, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 9, 16, 33})
    void solutionsMultipliedOutAreTheRightHandSides(int n) {
        for (int m : new int[] {1, 2, 5, 17}) {
            for (int flags = 0; flags < 4; flags++) {
                checkSolve(n, m, (flags & 1) != 0, (flags & 2) != 0);
                checkTriangular(n, m, (flags & 1) != 0, (flags & 2) != 0);
            }
        }
    }

    private void checkSolve(int n, int m, boolean transposed, boolean inPlace) {
        float[] a = random(COUNT * n * n);
        float[] b = random(COUNT * n * m);
        float[] x = output(COUNT * n * m);
        if (inPlace) {
            System.arraycopy(b, OFFSET, x, OFFSET, COUNT * n * m);
        }
        FloatLu.solve(COUNT, n, m, transposed, a, OFFSET, inPlace ? x : b, OFFSET, x, OFFSET, new float[n * n + n]);
        checkSolutions(n, m, transposed, doubles(a), doubles(b), written(x));
    }

    private void checkTriangular(int n, int m, boolean lower, boolean transposed) {
        float[] t = positiveDefinite(n);
        float[] b = random(COUNT * n * m);
        float[] x = output(COUNT * n * m);
        FloatTriangular.solve(COUNT, n, m, lower, transposed, t, OFFSET, b, OFFSET, x, OFFSET);
        double[] triangle = doubles(t);
        for (int i = 0; i < COUNT * n * n; i++) {
            int row = i / n % n;
            int column = i % n;
            if (lower ? column > row : column < row) {
                triangle[OFFSET + i] = 0;
            }
        }
        checkSolutions(n, m, transposed, triangle, doubles(b), written(x));
    }

    private static void checkSolutions(int n, int m, boolean transposed, double[] a, double[] b, double[] x) {
        for (int index = 0; index < COUNT; index++) {
            double[][] matrix = Regions.matrix(n, n, transposed, a, OFFSET + index * n * n);
            double[][] unknown = Regions.matrix(n, m, false, x, index * n * m);
            checkProduct(matrix, unknown, Regions.matrix(n, m, false, b, OFFSET + index * n * m));
        }
    }

    private static void checkProduct(double[][] left, double[][] right, double[][] product) {
        double scale = 1 + Regions.largest(left) * Regions.largest(right);
        assertThat(Regions.residual(left, right, product)).isLessThan(TOLERANCE * (1 + left.length) * scale);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 9, 16, 33})
    void inversesTimesTheirMatricesAreIdentities(int n) {
        float[] a = random(COUNT * n * n);
        float[] x = output(COUNT * n * n);
        FloatLu.inverse(COUNT, n, a, OFFSET, x, OFFSET, new float[n * n + n]);
        double[] identities = Regions.input(new double[COUNT * n * n]);
        for (int i = 0; i < COUNT * n; i++) {
            identities[OFFSET + i * n + i % n] = 1;
        }
        checkSolutions(n, n, false, doubles(a), identities, written(x));
    }

    @Test
    void determinantsAreThoseInDoubleRounded() {
        for (int n = 1; n <= 12; n++) {
            float[] a = positiveDefinite(n);
            double[] exact = new double[COUNT];
            DoubleLu.determinant(COUNT, n, doubles(a), OFFSET, exact, 0, new double[n * n + n]);
            double[] found = determinants(COUNT, n, a);
            double[] logarithms = logAbsDeterminants(COUNT, n, a);
            for (int i = 0; i < COUNT; i++) {
                assertThat(found[i] / exact[i]).isCloseTo(1, Offset.offset(1e-5));
                assertThat(logarithms[i]).isCloseTo(Math.log(exact[i]), Offset.offset(1e-5));
            }
        }
    }

    private static double[] determinants(int count, int n, float[] a) {
        float[] d = output(count);
        FloatLu.determinant(count, n, a, OFFSET, d, OFFSET, new float[n * n + n]);
        return written(d);
    }

    private static double[] logAbsDeterminants(int count, int n, float[] a) {
        float[] d = output(count);
        FloatLu.logAbsDeterminant(count, n, a, OFFSET, d, OFFSET, new float[n * n + n]);
        return written(d);
    }

    @Test
    void partialProductsMayLeaveTheRangeOfFloats() {
        float[] large = input(1e30, 0, 0, 0, 0, 1e30, 0, 0, 0, 0, 1e-30, 0, 0, 0, 0, 1e-30);
        assertThat(determinants(1, 4, large)[0]).isCloseTo(1, Offset.offset(1e-5));
        float[] subnormal = input(0x1p-140, 0, 0, 0x1.8p127);
        assertThat(determinants(1, 2, subnormal)).containsExactly(0x1.8p-13);
        assertThat(determinants(1, 2, input(1e30, 0, 0, -1e30))).containsExactly(Double.NEGATIVE_INFINITY);
        assertThat(logAbsDeterminants(1, 2, input(1e30, 0, 0, -1e30))[0])
                .isCloseTo(60 * Math.log(10), Offset.offset(1e-5));
    }

    @Test
    void permutationsAndSingularMatricesHaveExactDeterminants() {
        float[] a = input(0, 1, 1, 0, 1, 2, 2, 4, 0, 0, 0, 0);
        assertThat(Arrays.stream(determinants(3, 2, a)).map(d -> d + 0).toArray())
                .containsExactly(-1, 0, 0);
        assertThat(logAbsDeterminants(3, 2, a)).containsExactly(0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    @Test
    void logarithmsAreSummedInDouble() {
        int n = 300;
        float[] a = output(n * n);
        Arrays.fill(a, OFFSET, OFFSET + n * n, 0);
        for (int i = 0; i < n; i++) {
            a[OFFSET + i * n + i] = 3;
        }
        assertThat(logAbsDeterminants(1, n, a)).containsExactly((float) (n * Math.log(3)));
    }

    @Test
    void runningSumsAreTheSumsUpToEachElement() {
        for (int inner : new int[] {1, 3}) {
            for (int flags = 0; flags < 4; flags++) {
                checkSums(50, inner, (flags & 1) != 0, (flags & 2) != 0);
            }
        }
    }

    private void checkSums(int n, int inner, boolean reverse, boolean inPlace) {
        int size = COUNT * n * inner;
        float[] x = random(size);
        float[] y = output(size);
        if (inPlace) {
            System.arraycopy(x, OFFSET, y, OFFSET, size);
        }
        FloatCumulative.sum(COUNT, n, inner, reverse, inPlace ? y : x, OFFSET, y, OFFSET);
        double[] sums = written(y);
        for (int at = 0; at < size; at++) {
            int i = at / inner % n;
            double sum = 0;
            for (int k = reverse ? i : 0; k < (reverse ? n : i + 1); k++) {
                sum += x[OFFSET + at + (k - i) * inner];
            }
            assertThat(sums[at]).isCloseTo(sum, Offset.offset(TOLERANCE * n));
        }
    }

    @Test
    void ordersAreAscendingAndStableWithNanLast() {
        int n = 500;
        float[] x = random(n);
        for (int i = 0; i < n; i += 7) {
            x[OFFSET + i] = i % 3 == 0 ? Float.NaN : i % 2 == 0 ? -0.0f : 0;
        }
        int[] order = new int[n];
        FloatSorting.argsort(1, n, x, OFFSET, order, 0, new int[n]);
        assertThat(Arrays.stream(order).distinct().count()).isEqualTo(n);
        for (int i = 1; i < n; i++) {
            // adding 0 makes -0 into 0
            int compared = Float.compare(x[OFFSET + order[i - 1]] + 0, x[OFFSET + order[i]] + 0);
            assertThat(compared < 0 || (compared == 0 && order[i - 1] < order[i]))
                    .isTrue();
        }
    }

    private float[] random(int size) {
        return floats(Regions.random(random, size));
    }

    private static float[] input(double... values) {
        return floats(Regions.input(values));
    }

    private static float[] output(int size) {
        return floats(Regions.output(size));
    }

    private static double[] written(float[] region) {
        return Regions.written(doubles(region));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
