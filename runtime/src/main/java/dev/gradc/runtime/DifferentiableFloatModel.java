package dev.gradc.runtime;

/**
 * A generated class of single precision that gives a gradient. Instances own their workspace and serve one thread at a
 * time.
 */
public interface DifferentiableFloatModel {

    /** Which variables the flat gradient holds, where, and of which shapes. */
    ParameterLayout layout();

    /** The gradient of the last call: the live vector, laid out by {@link #layout()}, overwritten by the next call. */
    float[] gradient();
}
