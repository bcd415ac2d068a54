package dev.gradc.compiler.random;

import java.util.Arrays;

/** What folds mean, by their definitions. */
final class Folds {

    private Folds() {}

    static double fold(String name, double[] terms) {
        return switch (name) {
            case "sum" -> Arrays.stream(terms).sum();
            case "mean" -> Arrays.stream(terms).sum() / terms.length;
            case "prod" -> Arrays.stream(terms).reduce(1, (x, y) -> x * y);
            case "max" -> Arrays.stream(terms).max().orElseThrow();
            case "min" -> Arrays.stream(terms).min().orElseThrow();
            case "logsumexp" -> logSumExp(terms);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Shifted by the greatest term, of which exp may overflow. */
    private static double logSumExp(double[] terms) {
        double most = Arrays.stream(terms).max().orElseThrow();
        return most
                + Math.log(
                        Arrays.stream(terms).map(term -> Math.exp(term - most)).sum());
    }
}
