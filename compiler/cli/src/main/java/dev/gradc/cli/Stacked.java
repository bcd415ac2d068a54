package dev.gradc.cli;

import dev.gradc.compiler.run.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some arguments of a model as one vector: one behind the other, each row-major. */
final class Stacked {

    private final Map<String, Tensor> arguments;
    private final List<String> names;

    Stacked(Map<String, Tensor> arguments, List<String> names) {
        this.arguments = arguments;
        this.names = names;
    }

    /** The vector. */
    double[] values() {
        return names.stream()
                .flatMapToDouble(name -> Arrays.stream(arguments.get(name).values()))
                .toArray();
    }

    /** All arguments, these ones with the elements of {@code vector}. */
    Map<String, Tensor> with(double[] vector) {
        Map<String, Tensor> replaced = new LinkedHashMap<>(arguments);
        int start = 0;
        for (String name : names) {
            Tensor old = arguments.get(name);
            int end = start + old.values().length;
            replaced.put(name, new Tensor(Arrays.copyOfRange(vector, start, end), old.shape()));
            start = end;
        }
        return replaced;
    }

    /** The row-major {@code matrix} times {@code vector}. */
    static double[] times(double[] matrix, double[] vector) {
        double[] product = new double[matrix.length / vector.length];
        for (int i = 0; i < matrix.length; i++) {
            product[i / vector.length] += matrix[i] * vector[i % vector.length];
        }
        return product;
    }
}
