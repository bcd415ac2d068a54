package dev.gradc.compiler.gate;

import java.util.Arrays;
import java.util.function.BiFunction;

/** Matrix routines by their textbook definitions, for the reference meaning of gates; not for speed. */
final class Matrices {

    private Matrices() {}

    /** {@code routine(n, matrix)} for each n x n matrix of {@code batch}. */
    static double[] each(int[] extents, double[] batch, BiFunction<Integer, double[], double[]> routine) {
        int n = extents[extents.length - 1];
        double[] result = new double[batch.length];
        for (int start = 0; start < batch.length; start += n * n) {
            double[] one = routine.apply(n, Arrays.copyOfRange(batch, start, start + n * n));
            System.arraycopy(one, 0, result, start, n * n);
        }
        return result;
    }

    static double[] cholesky(int n, double[] a) {
        double[] l = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i * n + k] * l[j * n + k];
                }
                l[i * n + j] = i == j ? Math.sqrt(sum) : sum / l[j * n + j];
            }
        }
        return l;
    }

    static double[] transposed(int n, double[] a) {
        double[] t = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                t[i * n + j] = a[j * n + i];
            }
        }
        return t;
    }

    static double[] inverse(int n, double[] a) {
        double[] identity = new double[n * n];
        for (int i = 0; i < n; i++) {
            identity[i * n + i] = 1;
        }
        return eliminate(n, n, a.clone(), identity);
    }

    /** The whole matrix that op(T) stands for, zeros outside its triangle. */
    static double[] triangle(LinearAlgebra.Triangle triangle, int[] extents, double[] batch) {
        return each(extents, batch, (n, t) -> {
            double[] full = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    full[i * n + j] = triangle.lower() == (i > j) || i == j ? t[i * n + j] : 0;
                }
            }
            return triangle.transposed() ? transposed(n, full) : full;
        });
    }

    /** X with A X = B for each matrix of a batch. */
    static double[] solve(int[][] extents, double[] a, double[] b) {
        int n = extents[0][extents[0].length - 1];
        int m = extents[1][extents[1].length - 1];
        double[] result = new double[b.length];
        for (int batch = 0; batch < a.length / (n * n); batch++) {
            double[] matrix = Arrays.copyOfRange(a, batch * n * n, (batch + 1) * n * n);
            double[] right = Arrays.copyOfRange(b, batch * n * m, (batch + 1) * n * m);
            System.arraycopy(eliminate(n, m, matrix, right), 0, result, batch * n * m, n * m);
        }
        return result;
    }

    /** Gauss-Jordan elimination with partial pivoting; overwrites both. */
    private static double[] eliminate(int n, int m, double[] a, double[] b) {
        for (int column = 0; column < n; column++) {
            int pivot = pivot(n, a, column);
            swap(n, a, column, pivot);
            swap(m, b, column, pivot);
            for (int row = 0; row < n; row++) {
                if (row != column) {
                    double factor = a[row * n + column] / a[column * n + column];
                    subtract(n, a, row, column, factor);
                    subtract(m, b, row, column, factor);
                }
            }
        }
        for (int row = 0; row < n; row++) {
            for (int j = 0; j < m; j++) {
                b[row * m + j] /= a[row * n + row];
            }
        }
        return b;
    }

    /** The determinant of each matrix of a batch, by elimination. */
    static double[] determinants(int[] extents, double[] batch) {
        int n = extents[extents.length - 1];
        double[] result = new double[batch.length / (n * n)];
        for (int i = 0; i < result.length; i++) {
            result[i] = determinant(n, Arrays.copyOfRange(batch, i * n * n, (i + 1) * n * n));
        }
        return result;
    }

    private static double determinant(int n, double[] a) {
        double product = 1;
        double[] rest = a.clone();
        for (int column = 0; column < n; column++) {
            int pivot = pivot(n, rest, column);
            product *= pivot == column ? rest[pivot * n + column] : -rest[pivot * n + column];
            swap(n, rest, column, pivot);
            for (int row = column + 1; row < n; row++) {
                subtract(n, rest, row, column, rest[row * n + column] / rest[column * n + column]);
            }
        }
        return product;
    }

    private static int pivot(int n, double[] a, int column) {
        int best = column;
        for (int row = column + 1; row < n; row++) {
            if (Math.abs(a[row * n + column]) > Math.abs(a[best * n + column])) {
                best = row;
            }
        }
        return best;
    }

    private static void swap(int width, double[] a, int i, int j) {
        for (int k = 0; k < width; k++) {
            double kept = a[i * width + k];
            a[i * width + k] = a[j * width + k];
            a[j * width + k] = kept;
        }
    }

    private static void subtract(int width, double[] a, int row, int from, double factor) {
        for (int k = 0; k < width; k++) {
            a[row * width + k] -= factor * a[from * width + k];
        }
    }
}
