package dev.gradc.samples.circuits;

import dev.gradc.runtime.DifferentiableModel;
import dev.gradc.runtime.ParameterLayout;
import java.util.Arrays;
import java.util.Locale;

/** Prints the lecture's circuits: value forward, gradients backward. */
public final class Circuits {

    private Circuits() {}

    public static void main(String[] arguments) {
        Xyz xyz = new Xyz();
        print("(x + y) z  at x = -2, y = 5, z = -4", xyz.valueAndGradient(-2, 5, -4), xyz);

        SigmoidNeuron neuron = new SigmoidNeuron();
        double[] w = {2, -3, -3};
        double[] x = {-1, -2};
        print("sigmoid(w0 x0 + w1 x1 + w2)", neuron.valueAndGradient(w, x), neuron);

        MaxGate max = new MaxGate();
        print("2 (x y + max(z, w))  at 3, -4, 2, -1", max.valueAndGradient(3, -4, 2, -1), max);

        NormSquared norm = new NormSquared();
        double[] matrix = {0.1, 0.5, -0.3, 0.8};
        print("|W x|^2", norm.valueAndGradient(matrix, new double[] {0.2, 0.4}), norm);

        SoftmaxLoss softmax = new SoftmaxLoss();
        print(
                "softmax loss of scores 3.2, 5.1, -1.7",
                softmax.valueAndGradient(new double[] {3.2, 5.1, -1.7}, 0),
                softmax);
    }

    private static void print(String circuit, double value, DifferentiableModel model) {
        System.out.printf(Locale.ROOT, "%s = %.4f%n", circuit, value);
        for (ParameterLayout.Entry entry : model.layout().entries()) {
            double[] gradient = model.layout().slice(entry.name(), model.gradient());
            String numbers = Arrays.toString(Arrays.stream(gradient)
                    .mapToObj(g -> String.format(Locale.ROOT, "%.4f", g))
                    .toArray());
            System.out.println("    gradient by " + entry.name() + ": " + numbers);
        }
    }
}
