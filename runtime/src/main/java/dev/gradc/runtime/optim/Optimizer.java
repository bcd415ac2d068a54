package dev.gradc.runtime.optim;

/** A rule that moves parameters against their gradient. Keeps its state; serves one vector of parameters. */
public interface Optimizer {

    /**
     * Changes {@code parameters} in place by one step; allocates nothing.
     *
     * @param gradient of what is minimised, of the parameters' length
     * @throws IllegalArgumentException where a length is not the one the optimizer was made for
     */
    void step(double[] parameters, double[] gradient);

    /**
     * As for doubles; state and arithmetic are in double, and each new parameter is rounded to the nearest float.
     *
     * @param gradient of what is minimised, of the parameters' length
     * @throws IllegalArgumentException where a length is not the one the optimizer was made for
     */
    void step(float[] parameters, float[] gradient);

    /**
     * Changes the learning rate from the next step on: for schedules that warm up or decay.
     *
     * @param rate above 0
     */
    void setRate(double rate);
}
