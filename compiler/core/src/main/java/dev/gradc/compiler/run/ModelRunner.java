package dev.gradc.compiler.run;

import dev.gradc.compiler.GeneratedModel;
import java.util.Map;
import java.util.Optional;

/** Compiles a generated class in memory and runs it on data given by name. */
public final class ModelRunner {

    private ModelRunner() {}

    /** Compiles {@code model} with the JDK's compiler. */
    public static ModelRunner load(GeneratedModel model) {
        throw new UnsupportedOperationException("the runner is being assembled: " + model.className());
    }

    /**
     * Outputs, and gradients of the model's target, at {@code data}.
     *
     * @param data every argument by name
     * @param dims runtime dims given outright; the others follow from the data's shapes
     * @param seed upstream gradient of a non-scalar target; 1 for a scalar one when empty
     * @throws DataException where the data do not fit the model
     */
    public Evaluation evaluate(Map<String, Tensor> data, Map<String, Integer> dims, Optional<Tensor> seed) {
        throw new UnsupportedOperationException();
    }
}
