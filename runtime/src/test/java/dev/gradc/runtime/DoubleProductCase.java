package dev.gradc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

/** A product of random matrices, NaN around the operands, guards around the result, and what the triple loop makes of it. */
final class DoubleProductCase {

    private static final double ONE = 1;
    private static final double EPSILON = Math.ulp(ONE);
    private static final double GUARD = 12345;
    private static final int OFFSET = 3;

    private final int m;
    private final int n;
    private final int k;
    private final boolean aTransposed;
    private final boolean bTransposed;
    private double[] a = {};
    private double[] b = {};

    DoubleProductCase(int m, int n, int k, boolean aTransposed, boolean bTransposed) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.aTransposed = aTransposed;
        this.bTransposed = bTransposed;
    }

    DoubleProductCase fill(Random random) {
        a = matrix(m * k, random);
        b = matrix(k * n, random);
        return this;
    }

    private static double[] matrix(int size, Random random) {
        double[] values = new double[OFFSET + size + OFFSET];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < size; i++) {
            values[OFFSET + i] = random.nextInt(9) == 0 ? 0 : 2 * random.nextDouble() - 1;
        }
        return values;
    }

    /** Puts {@code value} into one element of each operand. */
    void spoil(Random random, double value) {
        a[OFFSET + random.nextInt(m * k)] = value;
        b[OFFSET + random.nextInt(k * n)] = value;
    }

    void check(DoubleProducts products) {
        assertNear(compute(products), null);
    }

    void checkVector(DoubleProducts products) {
        assertNear(computeVector(products), null);
    }

    double[] compute(DoubleProducts products) {
        double[] c = result();
        compute(products, c);
        return c;
    }

    void compute(DoubleProducts products, double[] c) {
        products.multiply(m, n, k, a, OFFSET, aTransposed, b, OFFSET, bTransposed, c, OFFSET);
    }

    private double[] computeVector(DoubleProducts products) {
        double[] y = result();
        products.multiplyVector(m, k, a, OFFSET, aTransposed, b, OFFSET, y, OFFSET);
        return y;
    }

    private double[] result() {
        double[] c = new double[OFFSET + m * n + OFFSET];
        Arrays.fill(c, GUARD);
        Arrays.fill(c, OFFSET, OFFSET + m * n, Double.NaN);
        return c;
    }

    /** {@code c} is within rounding of {@code expected}, or of the triple loop where that is null. */
    void assertNear(double[] c, double[] expected) {
        for (int row = 0; row < m; row++) {
            for (int column = 0; column < n; column++) {
                assertNear(c, expected, row, column);
            }
        }
        for (int i = 0; i < OFFSET; i++) {
            if (c[i] != GUARD || c[c.length - 1 - i] != GUARD) {
                throw new AssertionError(this + " writes outside of C");
            }
        }
    }

    private void assertNear(double[] c, double[] expected, int row, int column) {
        double sum = 0;
        double size = 0;
        for (int p = 0; p < k; p++) {
            double left = a[OFFSET + (aTransposed ? p * m + row : row * k + p)];
            double right = b[OFFSET + (bTransposed ? column * k + p : p * n + column)];
            sum += left * right;
            size += Math.abs(left * right);
        }
        int at = OFFSET + row * n + column;
        double reference = expected == null ? sum : expected[at];
        double bound = k * EPSILON * size;
        boolean near = Double.isFinite(bound) && Math.abs(c[at] - reference) <= bound;
        if (!near && Double.compare(c[at], reference) != 0) {
            assertThat(c[at]).as("%s at %d, %d", this, row, column).isEqualTo(reference);
        }
    }

    @Override
    public String toString() {
        return m + " x " + n + " x " + k + (aTransposed ? " A'" : " A") + (bTransposed ? "B'" : "B");
    }
}
