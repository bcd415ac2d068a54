package dev.gradc.samples.gradbench;

import static dev.gradc.samples.gradbench.Evals.assertClose;
import static dev.gradc.samples.gradbench.Evals.assertGradient;
import static dev.gradc.samples.gradbench.Evals.flat;
import static dev.gradc.samples.gradbench.Evals.json;
import static dev.gradc.samples.gradbench.Evals.output;
import static dev.gradc.samples.gradbench.Evals.random;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loss of the character model against the same, cell by cell. */
class LstmEvalTest {

    private static final int BITS = 3;
    private static final int CHARACTERS = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void lossIsThatOfTheCellsAndGradientAgreesWithDifferences(int layers) {
        double[][] main = random(1, 2 * layers, 4 * BITS, -1, 1);
        double[][] extra = random(2, 3, BITS, -1, 1);
        double[][] state = random(3, 2 * layers, BITS, -1, 1);
        double[][] sequence = random(4, CHARACTERS, BITS, 0, 1);
        ObjectNode input = Evals.object();
        input.set("main_params", json(main));
        input.set("extra_params", json(extra));
        input.set("state", json(state));
        input.set("sequence", json(sequence));
        assertClose(output("lstm", "objective", input).asDouble(), loss(main, extra, state, sequence), 1e-13);
        double[] gradient = flat(output("lstm", "jacobian", input));
        assertGradient(
                gradient, input, at -> output("lstm", "objective", at).asDouble(), "main_params", "extra_params");
    }

    private static double loss(double[][] main, double[][] extra, double[][] state, double[][] sequence) {
        double total = 0;
        for (int t = 0; t + 1 < CHARACTERS; t++) {
            double[] y = new double[BITS];
            double exponentials = 2;
            for (int i = 0; i < BITS; i++) {
                double x = sequence[t][i] * extra[0][i];
                for (int layer = 0; layer < main.length / 2; layer++) {
                    x = cell(main[2 * layer], main[2 * layer + 1], state[2 * layer], state[2 * layer + 1], i, x);
                }
                y[i] = x * extra[1][i] + extra[2][i];
                exponentials += Math.exp(y[i]);
            }
            for (int i = 0; i < BITS; i++) {
                total += sequence[t + 1][i] * (y[i] - Math.log(exponentials));
            }
        }
        return -total / (BITS * (CHARACTERS - 1));
    }

    /** A step of one cell, which changes hidden state and memory; the gates are forget, write, read, change. */
    private static double cell(double[] weights, double[] biases, double[] hidden, double[] memory, int i, double x) {
        double forget = sigmoid(x * weights[i] + biases[i]);
        double write = sigmoid(hidden[i] * weights[BITS + i] + biases[BITS + i]);
        double read = sigmoid(x * weights[2 * BITS + i] + biases[2 * BITS + i]);
        double change = Math.tanh(hidden[i] * weights[3 * BITS + i] + biases[3 * BITS + i]);
        memory[i] = memory[i] * forget + write * change;
        hidden[i] = read * Math.tanh(memory[i]);
        return hidden[i];
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
