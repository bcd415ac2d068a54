package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What callers see, on small integers, whose sums are exact in either type. */
class MatrixProductTest {

    private static final int OFFSET = 2;

    @Test
    void aProductOfEveryTransposeIsTheTripleLoops() {
        for (int size = 1; size <= 3; size++) {
            checkTransposes(size, 3, 4);
            checkTransposes(3, size, 4);
            checkTransposes(3, 4, size);
        }
    }

    private static void checkTransposes(int m, int n, int k) {
        for (int transposes = 0; transposes < 4; transposes++) {
            boolean aTransposed = (transposes & 1) != 0;
            boolean bTransposed = (transposes & 2) != 0;
            double[] a = integers(m * k, 7);
            double[] b = integers(k * n, 5);
            double[] c = new double[OFFSET + m * n];
            float[] floats = new float[OFFSET + m * n];
            MatrixProduct.multiply(m, n, k, a, OFFSET, aTransposed, b, OFFSET, bTransposed, c, OFFSET);
            MatrixProduct.multiply(
                    m, n, k, floats(a), OFFSET, aTransposed, floats(b), OFFSET, bTransposed, floats, OFFSET);
            double[] expected = new double[OFFSET + m * n];
            tripleLoop(m, n, k, a, aTransposed, b, bTransposed, expected);
            assertThat(c).isEqualTo(expected);
            assertThat(floats).isEqualTo(floats(expected));
        }
    }

    private static void tripleLoop(
            int m, int n, int k, double[] a, boolean aTransposed, double[] b, boolean bTransposed, double[] c) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; p < k; p++) {
                    double left = a[OFFSET + (aTransposed ? p * m + i : i * k + p)];
                    c[OFFSET + i * n + j] += left * b[OFFSET + (bTransposed ? j * k + p : p * n + j)];
                }
            }
        }
    }

    @Test
    void aVectorProductIsTheMatrixProductOfOneColumn() {
        double[] a = integers(4 * 9, 7);
        double[] x = integers(9, 5);
        double[] expected = new double[OFFSET + 4];
        for (boolean transposed : new boolean[] {false, true}) {
            double[] y = new double[OFFSET + 4];
            float[] floats = new float[OFFSET + 4];
            MatrixProduct.multiply(4, 1, 9, a, OFFSET, transposed, x, OFFSET, false, expected, OFFSET);
            MatrixProduct.multiplyVector(4, 9, a, OFFSET, transposed, x, OFFSET, y, OFFSET);
            MatrixProduct.multiplyVector(4, 9, floats(a), OFFSET, transposed, floats(x), OFFSET, floats, OFFSET);
            assertThat(y).isEqualTo(expected);
            assertThat(floats).isEqualTo(floats(expected));
        }
    }

    @Test
    void aBatchIsItsProductsOneAfterTheOther() {
        int count = 3;
        double[] a = integers(count * 4 * 6, 7);
        double[] b = integers(count * 6 * 5, 5);
        double[] c = new double[OFFSET + count * 4 * 5];
        double[] expected = new double[OFFSET + count * 4 * 5];
        float[] floats = new float[OFFSET + count * 4 * 5];
        MatrixProduct.multiplyBatch(count, 4, 5, 6, a, OFFSET, true, b, OFFSET, false, c, OFFSET);
        MatrixProduct.multiplyBatch(count, 4, 5, 6, floats(a), OFFSET, true, floats(b), OFFSET, false, floats, OFFSET);
        for (int i = 0; i < count; i++) {
            int bAt = OFFSET + i * 6 * 5;
            MatrixProduct.multiply(4, 5, 6, a, OFFSET + i * 4 * 6, true, b, bAt, false, expected, OFFSET + i * 4 * 5);
        }
        assertThat(c).isEqualTo(expected);
        assertThat(floats).isEqualTo(floats(expected));
    }

    @Test
    void anEmptySumIsZeroAndNothingBesideItIsWritten() {
        double[] c = {7, 8, 9};
        float[] floats = {7, 8, 9};
        MatrixProduct.multiply(1, 2, 0, new double[0], 0, false, new double[0], 0, false, c, 0);
        MatrixProduct.multiplyVector(2, 0, new float[0], 0, false, new float[0], 0, floats, 0);
        assertThat(c).containsExactly(0, 0, 9);
        assertThat(floats).containsExactly(0, 0, 9);
        MatrixProduct.multiply(0, 3, 2, new double[0], 0, false, new double[6], 0, false, c, 0);
        MatrixProduct.multiplyBatch(0, 3, 3, 3, new double[0], 0, false, new double[0], 0, false, c, 0);
        assertThat(c).containsExactly(0, 0, 9);
    }

    /** {@code size} integers of at most two digits after the offset. */
    private static double[] integers(int size, int factor) {
        return IntStream.range(0, OFFSET + size)
                .mapToDouble(i -> i * factor % 31 - 15)
                .toArray();
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
