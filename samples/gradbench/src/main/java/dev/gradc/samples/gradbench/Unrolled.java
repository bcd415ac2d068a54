package dev.gradc.samples.gradbench;

import java.util.function.IntFunction;

/**
 * An objective with a loop inside that runs until its data end it. A model runs a loop a given number of times and says
 * whether that was enough; this doubles the number until it is.
 *
 * @param <M> the model
 */
final class Unrolled<M extends Unrolled.Loop> implements GradientDescent.Objective {

    private static final int FIRST_STEPS = 64;

    /** An objective whose loop has a given number of steps. */
    interface Loop extends GradientDescent.Objective {

        /** Whether the loop of the last call came to its end. */
        boolean ended();
    }

    private final IntFunction<M> models;
    private int steps = FIRST_STEPS;
    private M model;

    /** An objective by what makes a model of so many steps. */
    Unrolled(IntFunction<M> models) {
        this.models = models;
        this.model = models.apply(steps);
    }

    /** The model that the last call found to be long enough. */
    M model() {
        return model;
    }

    @Override
    public double value(double[] x) {
        double value = model.value(x);
        while (!model.ended()) {
            lengthen();
            value = model.value(x);
        }
        return value;
    }

    @Override
    public double[] gradient(double[] x) {
        double[] gradient = model.gradient(x);
        while (!model.ended()) {
            lengthen();
            gradient = model.gradient(x);
        }
        return gradient;
    }

    private void lengthen() {
        steps = Math.multiplyExact(steps, 2);
        model = models.apply(steps);
    }
}
