package dev.gradc.compiler.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Outputs and gradients of one evaluation, by name, in declaration order. */
public record Evaluation(Map<String, Tensor> outputs, Map<String, Tensor> gradients) {
    public Evaluation {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        gradients = Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
    }
}
