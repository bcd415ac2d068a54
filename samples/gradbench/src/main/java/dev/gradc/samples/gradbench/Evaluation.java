package dev.gradc.samples.gradbench;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A function at one input, ready to be computed any number of times.
 *
 * @param <R> what is computed
 * @param compute computes it: all that is timed
 * @param output what of it is answered: numbers, arrays and maps
 */
record Evaluation<R>(Supplier<R> compute, Function<R, ?> output) {

    /** An evaluation whose result is answered as it is. */
    static <R> Evaluation<R> of(Supplier<R> compute) {
        return new Evaluation<>(compute, result -> result);
    }
}
