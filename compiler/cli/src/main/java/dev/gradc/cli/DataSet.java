package dev.gradc.cli;

import dev.gradc.compiler.run.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one object of a data file gives.
 *
 * @param arguments values of inputs and params by name
 * @param dims dims given outright
 * @param seed the upstream gradient of the differentiated output
 * @param vectors directions and upstream gradients for further derivatives, by their methods' names
 */
record DataSet(
        Map<String, Tensor> arguments, Map<String, Integer> dims, Optional<Tensor> seed, Map<String, Tensor> vectors) {

    DataSet {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        dims = Collections.unmodifiableMap(new LinkedHashMap<>(dims));
        vectors = Collections.unmodifiableMap(new LinkedHashMap<>(vectors));
    }
}
