package dev.gradc.samples.benchmarks;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * A peer made of a method that computes and one that tells what was found.
 *
 * @param evaluation computes everything, and gives the loss
 * @param found the results of the last computation, by name
 */
public record Evaluation(DoubleSupplier evaluation, Supplier<Map<String, double[]>> found) implements Peer {
    @Override
    public double evaluate() {
        return evaluation.getAsDouble();
    }

    @Override
    public Map<String, double[]> results() {
        return found.get();
    }
}
