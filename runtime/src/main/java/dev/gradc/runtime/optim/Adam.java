package dev.gradc.runtime.optim;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1): steps by the bias-corrected mean of the gradient over the root of the
 * bias-corrected mean of its square; with decoupled weight decay (Loshchilov and Hutter, ICLR 2019) where asked for.
 */
public final class Adam implements Optimizer {

    private static final double EPSILON = 1e-8;

    private double rate;
    private final double beta1;
    private final double beta2;
    private final double decay;
    private final double[] mean;
    private final double[] square;
    private double power1 = 1;
    private double power2 = 1;
    private double meanScale;
    private double squareScale;

    /** Rates 0.9 and 0.999, no weight decay. */
    public Adam(int size, double rate) {
        this(size, rate, 0.9, 0.999, 0);
    }

    /**
     * @param size number of parameters
     * @param rate learning rate, above 0
     * @param beta1 how much of the gradient's mean is kept a step, below 1
     * @param beta2 how much of the square's mean is kept a step, below 1
     * @param decay decoupled weight decay, 0 for none
     */
    public Adam(int size, double rate, double beta1, double beta2, double decay) {
        setRate(rate);
        Require.that(beta1 >= 0 && beta1 < 1, "beta1 must be at least 0 and below 1", beta1);
        Require.that(beta2 >= 0 && beta2 < 1, "beta2 must be at least 0 and below 1", beta2);
        Require.that(decay >= 0, "the weight decay must be at least 0", decay);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.decay = decay;
        this.mean = new double[size];
        this.square = new double[size];
    }

    @Override
    public final void setRate(double rate) {
        Require.that(rate > 0, "the learning rate must be above 0", rate);
        this.rate = rate;
    }

    @Override
    public void step(double[] parameters, double[] gradient) {
        Require.lengths(mean.length, parameters.length, gradient.length);
        nextScales();
        for (int i = 0; i < mean.length; i++) {
            parameters[i] = moved(i, parameters[i], gradient[i]);
        }
    }

    @Override
    public void step(float[] parameters, float[] gradient) {
        Require.lengths(mean.length, parameters.length, gradient.length);
        nextScales();
        for (int i = 0; i < mean.length; i++) {
            parameters[i] = (float) moved(i, parameters[i], gradient[i]);
        }
    }

    private void nextScales() {
        power1 *= beta1;
        power2 *= beta2;
        meanScale = rate / (1 - power1);
        squareScale = 1 / (1 - power2);
    }

    /** The new value of parameter i, which was x, for its gradient g. */
    private double moved(int i, double x, double g) {
        mean[i] = beta1 * mean[i] + (1 - beta1) * g;
        square[i] = beta2 * square[i] + (1 - beta2) * g * g;
        double shrunk = x * (1 - rate * decay);
        return shrunk - meanScale * mean[i] / (Math.sqrt(square[i] * squareScale) + EPSILON);
    }
}
