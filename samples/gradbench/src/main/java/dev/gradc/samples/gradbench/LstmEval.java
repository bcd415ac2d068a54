package dev.gradc.samples.gradbench;

import java.util.Map;
import java.util.function.Function;

/** Eval {@code lstm}: the loss of a character model. */
final class LstmEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS =
            Map.of("objective", LstmEval::objective, "jacobian", LstmEval::jacobian);

    private final double[] sequence;
    private final double[] state;
    private final double[] main;
    private final double[] extra;
    private final Lstm model;

    private LstmEval(Input input) {
        Tensor characters = input.tensor("sequence", 2);
        Tensor layers = input.tensor("main_params", 2);
        sequence = characters.values();
        state = input.tensor("state", 2).values();
        main = layers.values();
        extra = input.tensor("extra_params", 2).values();
        model = new Lstm(characters.extent(0) - 1, layers.extent(0) / 2, characters.extent(1));
    }

    private static Evaluation<Double> objective(Input input) {
        LstmEval eval = new LstmEval(input);
        return Evaluation.of(() -> eval.model.forward(eval.sequence, eval.state, eval.main, eval.extra));
    }

    private static Evaluation<double[]> jacobian(Input input) {
        LstmEval eval = new LstmEval(input);
        return Evaluation.of(() -> {
            eval.model.valueAndGradient(eval.sequence, eval.state, eval.main, eval.extra);
            return eval.model.gradient();
        });
    }
}
