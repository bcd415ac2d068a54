package dev.gradc.samples.benchmarks;

import java.util.Map;

/** A workload on its data, ready to be computed again and again by one library. */
public interface Peer extends AutoCloseable {

    /**
     * Computes all that the workload asks for: the loss and its gradient, with the outputs where the model has some; for
     * {@link Workload#HELMHOLTZ_HESSIAN} the loss and its Hessian. This is what is measured.
     *
     * @return the loss
     */
    double evaluate();

    /**
     * What the last {@link #evaluate} gave beside the loss, by the names of {@link Workload#results}, flat and row-major.
     */
    Map<String, double[]> results();

    /** Gives back what is not on the heap. */
    @Override
    default void close() {}
}
