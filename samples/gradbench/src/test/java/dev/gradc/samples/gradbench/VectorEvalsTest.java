package dev.gradc.samples.gradbench;

import static dev.gradc.samples.gradbench.Evals.assertClose;
import static dev.gradc.samples.gradbench.Evals.assertGradient;
import static dev.gradc.samples.gradbench.Evals.flat;
import static dev.gradc.samples.gradbench.Evals.json;
import static dev.gradc.samples.gradbench.Evals.object;
import static dev.gradc.samples.gradbench.Evals.output;
import static dev.gradc.samples.gradbench.Evals.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The evals on one vector or matrix, against formulas written out and differences. */
class VectorEvalsTest {

    @Test
    void logSumExpIsThatOfLargeNumbers() {
        JsonNode input = object().set("x", json(new double[] {1000, 1001, -1000, 999.5}));
        double sum = Math.exp(-1) + 1 + Math.exp(-1.5);
        assertClose(output("lse", "primal", input).asDouble(), 1001 + Math.log(sum), 1e-14);
        double[] gradient = flat(output("lse", "gradient", input));
        double[] expected = {Math.exp(-1) / sum, 1 / sum, 0, Math.exp(-1.5) / sum};
        for (int i = 0; i < expected.length; i++) {
            assertClose(gradient[i], expected[i], 1e-14);
        }
    }

    @Test
    void leastSquaresAreThoseOfThePowers() {
        double[] x = random(1, 6, -1, 1);
        JsonNode input = object().put("n", 9).set("x", json(x));
        double expected = 0;
        for (int i = 0; i < 9; i++) {
            double t = -1 + i * 2 / 8.0;
            double residual = Math.signum(t);
            for (int j = 0; j < x.length; j++) {
                residual -= x[j] * Math.pow(t, j);
            }
            expected += residual * residual / 2;
        }
        assertClose(output("llsq", "primal", input).asDouble(), expected, 1e-13);
        double[] gradient = flat(output("llsq", "gradient", input));
        assertGradient(gradient, input, at -> output("llsq", "primal", at).asDouble(), "x");
    }

    /** The exact solution is y[i] = x[0] ... x[i] t^(i+1) / (i+1)!, which the method gets right up to t^4. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void differentialEquationsAreSolved(int steps) {
        double[] x = random(2, 4, 0.5, 1.5);
        JsonNode input = object().put("s", steps).set("x", json(x));
        double[] y = flat(output("ode", "primal", input));
        double exact = 1;
        for (int i = 0; i < x.length; i++) {
            exact *= x[i] * 2 / (i + 1);
            assertClose(y[i], exact, 1e-13);
        }
        double[] gradient = flat(output("ode", "gradient", input));
        for (int i = 0; i < x.length; i++) {
            assertClose(gradient[i], exact / x[i], 1e-13);
        }
    }

    @Test
    void gradientOfALongerSystemAgreesWithDifferences() {
        JsonNode input = object().put("s", 3).set("x", json(random(3, 9, 0.5, 1.5)));
        double[] gradient = flat(output("ode", "gradient", input));
        assertGradient(gradient, input, at -> flat(output("ode", "primal", at))[8], "x");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void determinantIsTheSumOverPermutations(int size) {
        double[] a = random(4, size * size, -1, 1);
        JsonNode input = object().put("ell", size).set("A", json(a));
        int[] unused = new int[size];
        Arrays.setAll(unused, i -> i);
        assertClose(output("det", "primal", input).asDouble(), permutations(a, size, unused, 0), 1e-13);
        double[] gradient = flat(output("det", "gradient", input));
        assertGradient(gradient, input, at -> output("det", "primal", at).asDouble(), "A");
    }

    /** The sum over all orders of the columns from {@code row} on; exchanging two of them changes the sign. */
    private static double permutations(double[] a, int size, int[] columns, int row) {
        if (row == size) {
            return 1;
        }
        double sum = 0;
        for (int i = row; i < size; i++) {
            int[] exchanged = columns.clone();
            exchanged[row] = columns[i];
            exchanged[i] = columns[row];
            double rest = permutations(a, size, exchanged, row + 1);
            sum += (i == row ? 1 : -1) * a[row * size + exchanged[row]] * rest;
        }
        return sum;
    }

    @Test
    void directionOfClusteringLeadsToTheMeans() {
        double[][] points = random(5, 12, 2, 0, 1);
        double[][] centroids = {points[0].clone(), points[1].clone(), points[2].clone()};
        JsonNode input = object().<ObjectNode>set("points", json(points)).set("centroids", json(centroids));
        double[][] sums = new double[3][2];
        int[] counts = new int[3];
        double cost = 0;
        for (double[] point : points) {
            int nearest = nearest(point, centroids);
            cost += distance(point, centroids[nearest]);
            counts[nearest]++;
            sums[nearest][0] += point[0];
            sums[nearest][1] += point[1];
        }
        assertClose(output("kmeans", "cost", input).asDouble(), cost, 1e-13);
        double[] direction = flat(output("kmeans", "dir", input));
        for (int i = 0; i < direction.length; i++) {
            double mean = sums[i / 2][i % 2] / counts[i / 2];
            assertClose(direction[i], centroids[i / 2][i % 2] - mean, 1e-13);
        }
    }

    private static int nearest(double[] point, double[][] centroids) {
        int nearest = 0;
        for (int k = 1; k < centroids.length; k++) {
            nearest = distance(point, centroids[k]) < distance(point, centroids[nearest]) ? k : nearest;
        }
        return nearest;
    }

    private static double distance(double[] a, double[] b) {
        return Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2);
    }
}
