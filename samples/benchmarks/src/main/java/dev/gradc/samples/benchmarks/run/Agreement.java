package dev.gradc.samples.benchmarks.run;

import dev.gradc.samples.benchmarks.Peer;
import dev.gradc.samples.benchmarks.Precision;
import dev.gradc.samples.benchmarks.Workload;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether two peers compute the same: all numbers of an array within {@link Precision#tolerance} of each other, relative
 * to the largest number of the array.
 */
public final class Agreement {
    private Agreement() {}

    /**
     * Evaluates both, and compares the losses and everything in {@link Workload#results}.
     *
     * @throws IllegalStateException naming the first number that differs, or an array that is missing or of another length
     */
    public static void check(Workload workload, String name, Peer peer, Peer reference) {
        double loss = peer.evaluate();
        double expectedLoss = reference.evaluate();
        compare(workload, name, "loss", new double[] {loss}, new double[] {expectedLoss});
        Map<String, double[]> found = peer.results();
        Map<String, double[]> expected = reference.results();
        List<String> results = workload.results();
        for (String result : results) {
            compare(workload, name, result, found.get(result), expected.get(result));
        }
    }

    private static void compare(Workload workload, String name, String result, double[] found, double[] expected) {
        if (found == null || expected == null || found.length != expected.length) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "%s, %s: '%s' has %s numbers, the reference %s",
                    workload.id(),
                    name,
                    result,
                    found == null ? "no" : found.length,
                    expected == null ? "no" : expected.length));
        }
        double allowed = workload.precision().tolerance() * largest(expected);
        for (int i = 0; i < found.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= allowed)) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "%s, %s: element %d of '%s' is %s, that of the reference %s; they may differ by %.1e",
                        workload.id(),
                        name,
                        i,
                        result,
                        found[i],
                        expected[i],
                        allowed));
            }
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
