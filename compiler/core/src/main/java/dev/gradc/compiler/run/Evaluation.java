package dev.gradc.compiler.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Outputs, gradients and further derivatives of one evaluation, by name, in declaration order. */
public record Evaluation(Map<String, Tensor> outputs, Map<String, Tensor> gradients, Map<String, Derived> derivatives) {

    public Evaluation {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        gradients = Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
        derivatives = Collections.unmodifiableMap(new LinkedHashMap<>(derivatives));
    }

    /** One without further derivatives. */
    public Evaluation(Map<String, Tensor> outputs, Map<String, Tensor> gradients) {
        this(outputs, gradients, Map.of());
    }

    /** This one with {@code other} as its further derivatives. */
    public Evaluation with(Map<String, Derived> other) {
        return new Evaluation(outputs, gradients, other);
    }
}
