package dev.gradc.samples.benchmarks.hand;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.Map;

/** The chained Rosenbrock function and its gradient, in one loop; each term adds to two neighbours' gradients. */
public final class HandRosenbrock implements Peer {
    private final double[] x;
    private final double[] gradient;

    /** For the array {@code x}. */
    public HandRosenbrock(Data data) {
        x = data.doubles("x");
        gradient = new double[x.length];
    }

    @Override
    public double evaluate() {
        double sum = 0;
        double carried = 0;
        for (int i = 0; i < x.length - 1; i++) {
            double xi = x[i];
            double valley = x[i + 1] - xi * xi;
            double rest = 1 - xi;
            sum += 100 * valley * valley + rest * rest;
            gradient[i] = carried - 400 * valley * xi - 2 * rest;
            carried = 200 * valley;
        }
        gradient[x.length - 1] = carried;
        return sum;
    }

    @Override
    public Map<String, double[]> results() {
        return Map.of("x", gradient);
    }
}
