package dev.gradc.runtime.optim;

/** Stochastic gradient descent with momentum: v = momentum v + g; x = x - rate v. */
public final class Sgd implements Optimizer {

    private double rate;
    private final double momentum;
    private final double[] velocity;

    /**
     * @param size number of parameters
     * @param rate learning rate, above 0
     * @param momentum 0 for none, below 1
     */
    public Sgd(int size, double rate, double momentum) {
        setRate(rate);
        Require.that(momentum >= 0 && momentum < 1, "the momentum must be at least 0 and below 1", momentum);
        this.momentum = momentum;
        this.velocity = new double[size];
    }

    @Override
    public final void setRate(double rate) {
        Require.that(rate > 0, "the learning rate must be above 0", rate);
        this.rate = rate;
    }

    @Override
    public void step(double[] parameters, double[] gradient) {
        Require.lengths(velocity.length, parameters.length, gradient.length);
        for (int i = 0; i < velocity.length; i++) {
            parameters[i] = moved(i, parameters[i], gradient[i]);
        }
    }

    @Override
    public void step(float[] parameters, float[] gradient) {
        Require.lengths(velocity.length, parameters.length, gradient.length);
        for (int i = 0; i < velocity.length; i++) {
            parameters[i] = (float) moved(i, parameters[i], gradient[i]);
        }
    }

    /** The new value of parameter i, which was x, for its gradient g. */
    private double moved(int i, double x, double g) {
        velocity[i] = momentum * velocity[i] + g;
        return x - rate * velocity[i];
    }
}
