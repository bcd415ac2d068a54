package dev.gradc.samples.gradbench;

/** Gradient descent as evals {@code particle} and {@code saddle} define it. */
final class GradientDescent {

    private static final double TOLERANCE = 1e-5;
    private static final double FIRST_RATE = 1e-5;
    private static final int STEPS_AT_A_RATE = 10;

    /** What is made small. */
    interface Objective {

        double value(double[] x);

        double[] gradient(double[] x);
    }

    private GradientDescent() {}

    /**
     * Where descent from {@code start} ends: at a gradient, or before a step, no longer than 1e-5. The rate doubles with ten
     * steps down in a row, and halves where a step does not lead down.
     */
    static double[] minimum(Objective objective, double[] start) {
        double[] x = start;
        double value = objective.value(x);
        double[] gradient = objective.gradient(x).clone();
        double rate = FIRST_RATE;
        int taken = 0;
        while (norm(gradient) > TOLERANCE) {
            if (taken == STEPS_AT_A_RATE) {
                rate *= 2;
                taken = 0;
            }
            double[] next = step(x, gradient, rate);
            if (rate * norm(gradient) <= TOLERANCE) {
                break;
            }
            double nextValue = objective.value(next);
            if (nextValue < value) {
                x = next;
                value = nextValue;
                gradient = objective.gradient(x).clone();
                taken++;
            } else {
                rate /= 2;
                taken = 0;
            }
        }
        return x;
    }

    private static double[] step(double[] x, double[] gradient, double rate) {
        double[] next = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            next[i] = x[i] - rate * gradient[i];
        }
        return next;
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double element : x) {
            sum += element * element;
        }
        return Math.sqrt(sum);
    }
}
