package dev.gradc.runtime;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Matrix times vector, each element of the matrix read once, in the order of memory. */
final class VectorDoubleRows {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private VectorDoubleRows() {}

    /** y[m] = A[m, k] x[k]: four dot products at a time, each in as many partial sums as a vector has lanes. */
    static void multiply(
            int m, int k, double[] a, int aOffset, double[] x, int xOffset, double[] y, int yOffset, double[] lanes) {
        for (int i = 0; i < m; i += 4) {
            int last = Math.min(4, m - i) - 1;
            fourDots(k, a, aOffset + i * k, last, x, xOffset, y, yOffset + i, lanes);
        }
    }

    private static void fourDots(
            int k, double[] a, int a0, int last, double[] x, int xOffset, double[] y, int yOffset, double[] lanes) {
        int r1 = Math.min(1, last);
        int r2 = Math.min(2, last);
        int a1 = a0 + r1 * k;
        int a2 = a0 + r2 * k;
        int a3 = a0 + last * k;
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int whole = k - k % LENGTH;
        for (int p = 0; p < whole; p += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xOffset + p);
            s0 = v.fma(DoubleVector.fromArray(SPECIES, a, a0 + p), s0);
            s1 = v.fma(DoubleVector.fromArray(SPECIES, a, a1 + p), s1);
            s2 = v.fma(DoubleVector.fromArray(SPECIES, a, a2 + p), s2);
            s3 = v.fma(DoubleVector.fromArray(SPECIES, a, a3 + p), s3);
        }
        s0.intoArray(lanes, 0);
        s1.intoArray(lanes, LENGTH);
        s2.intoArray(lanes, 2 * LENGTH);
        s3.intoArray(lanes, 3 * LENGTH);
        int rest = k - whole;
        int xRest = xOffset + whole;
        y[yOffset] = sum(lanes, 0) + dot(rest, a, a0 + whole, x, xRest);
        y[yOffset + r1] = sum(lanes, LENGTH) + dot(rest, a, a1 + whole, x, xRest);
        y[yOffset + r2] = sum(lanes, 2 * LENGTH) + dot(rest, a, a2 + whole, x, xRest);
        y[yOffset + last] = sum(lanes, 3 * LENGTH) + dot(rest, a, a3 + whole, x, xRest);
    }

    /** In a fixed order, which the reduction of a vector does not promise. */
    static double sum(double[] lanes, int at) {
        double even = lanes[at];
        double odd = lanes[at + 1];
        for (int i = 2; i < LENGTH; i += 2) {
            even += lanes[at + i];
            odd += lanes[at + i + 1];
        }
        return even + odd;
    }

    private static double dot(int k, double[] a, int aOffset, double[] x, int xOffset) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
            sum += a[aOffset + p] * x[xOffset + p];
        }
        return sum;
    }

    /** y[m] = A'[m, k] x[k], A stored as [k, m]: four rows of A share each pass over y. */
    static void multiplyTransposed(
            int m, int k, double[] a, int aOffset, double[] x, int xOffset, double[] y, int yOffset) {
        Arrays.fill(y, yOffset, yOffset + m, 0);
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            addFour(m, a, aOffset + p * m, x, xOffset + p, y, yOffset);
        }
        for (; p < k; p++) {
            addOne(m, a, aOffset + p * m, x[xOffset + p], y, yOffset);
        }
    }

    private static void addFour(int m, double[] a, int a0, double[] x, int xOffset, double[] y, int yOffset) {
        double x0 = x[xOffset];
        double x1 = x[xOffset + 1];
        double x2 = x[xOffset + 2];
        double x3 = x[xOffset + 3];
        int a1 = a0 + m;
        int a2 = a1 + m;
        int a3 = a2 + m;
        DoubleVector v0 = DoubleVector.broadcast(SPECIES, x0);
        DoubleVector v1 = DoubleVector.broadcast(SPECIES, x1);
        DoubleVector v2 = DoubleVector.broadcast(SPECIES, x2);
        DoubleVector v3 = DoubleVector.broadcast(SPECIES, x3);
        int whole = m - m % LENGTH;
        for (int i = 0; i < whole; i += LENGTH) {
            DoubleVector sum = DoubleVector.fromArray(SPECIES, y, yOffset + i);
            sum = v0.fma(DoubleVector.fromArray(SPECIES, a, a0 + i), sum);
            sum = v1.fma(DoubleVector.fromArray(SPECIES, a, a1 + i), sum);
            sum = v2.fma(DoubleVector.fromArray(SPECIES, a, a2 + i), sum);
            v3.fma(DoubleVector.fromArray(SPECIES, a, a3 + i), sum).intoArray(y, yOffset + i);
        }
        for (int i = whole; i < m; i++) {
            y[yOffset + i] += x0 * a[a0 + i] + x1 * a[a1 + i] + x2 * a[a2 + i] + x3 * a[a3 + i];
        }
    }

    private static void addOne(int m, double[] a, int a0, double factor, double[] y, int yOffset) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, factor);
        int whole = m - m % LENGTH;
        for (int i = 0; i < whole; i += LENGTH) {
            DoubleVector sum = DoubleVector.fromArray(SPECIES, y, yOffset + i);
            v.fma(DoubleVector.fromArray(SPECIES, a, a0 + i), sum).intoArray(y, yOffset + i);
        }
        for (int i = whole; i < m; i++) {
            y[yOffset + i] += factor * a[a0 + i];
        }
    }
}
