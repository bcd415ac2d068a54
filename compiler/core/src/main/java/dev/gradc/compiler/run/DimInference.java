package dev.gradc.compiler.run;

import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.diagnostic.Suggestions;
import dev.gradc.compiler.ir.Dim;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the runtime dims from the shapes of the data, and holds every shape to them. */
final class DimInference {

    private final ModelInfo info;

    DimInference(ModelInfo info) {
        this.info = info;
    }

    /** A value for every runtime dim. @throws DataException where data are missing, unknown, or of the wrong shape */
    Map<String, Integer> infer(Map<String, Tensor> data, Map<String, Integer> given) {
        checkNames(data.keySet(), given.keySet());
        Map<String, Integer> dims = new LinkedHashMap<>(given);
        for (ModelInfo.Variable variable : info.arguments()) {
            bind(variable, data.get(variable.name()).shape(), dims);
        }
        for (ModelInfo.Variable variable : info.arguments()) {
            solve(variable, data.get(variable.name()).shape(), dims);
        }
        for (String dim : info.dims()) {
            if (!dims.containsKey(dim)) {
                throw new DataException("dim `" + dim + "` cannot be found from the shapes of the data;"
                        + " give it under \"dims\", as in {\"dims\": {\"" + dim + "\": 3}}");
            }
        }
        info.arguments().forEach(v -> check(v, data.get(v.name()).shape(), dims));
        return dims;
    }

    private void checkNames(Set<String> data, Set<String> dims) {
        List<String> names =
                info.arguments().stream().map(ModelInfo.Variable::name).toList();
        for (String name : names) {
            if (!data.contains(name)) {
                throw new DataException("no value for `" + name + "` of model " + info.name() + "; the model needs "
                        + String.join(", ", names));
            }
        }
        data.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new DataException(
                    "model " + info.name() + " has no input or param `" + name + "`" + suggestion(name, names));
        });
        dims.stream().filter(name -> !info.dims().contains(name)).findFirst().ifPresent(name -> {
            throw new DataException(
                    "model " + info.name() + " has no runtime dim `" + name + "`" + suggestion(name, info.dims()));
        });
    }

    private static String suggestion(String name, List<String> known) {
        return Suggestions.closest(name, known)
                .map(close -> "; did you mean `" + close + "`?")
                .orElse(known.isEmpty() ? "; it has none" : "; it has " + String.join(", ", known));
    }

    private static void bind(ModelInfo.Variable variable, int[] shape, Map<String, Integer> dims) {
        checkRank(variable, shape);
        for (int axis = 0; axis < shape.length; axis++) {
            Dim dim = variable.shape().get(axis);
            if (dim.isSymbol()) {
                dims.putIfAbsent(dim.toString(), shape[axis]);
            }
        }
    }

    /** Finds the one unknown N of an extent such as {@code 2*N + 1}. */
    private static void solve(ModelInfo.Variable variable, int[] shape, Map<String, Integer> dims) {
        for (int axis = 0; axis < shape.length; axis++) {
            Dim dim = variable.shape().get(axis);
            List<String> unknown =
                    dim.symbols().stream().filter(s -> !dims.containsKey(s)).toList();
            if (unknown.size() != 1 || dim.denominator() != 1) {
                continue;
            }
            Map<String, Integer> trial = new LinkedHashMap<>(dims);
            long[] values = new long[3];
            for (int n = 0; n < values.length; n++) {
                trial.put(unknown.get(0), n);
                values[n] = dim.evaluate(trial);
            }
            long slope = values[1] - values[0];
            boolean isLinear = slope != 0 && values[2] - values[1] == slope;
            if (isLinear && (shape[axis] - values[0]) % slope == 0) {
                dims.put(unknown.get(0), (int) ((shape[axis] - values[0]) / slope));
            }
        }
    }

    private static void checkRank(ModelInfo.Variable variable, int[] shape) {
        if (shape.length != variable.shape().size()) {
            throw new DataException("`" + variable.name() + "` is " + described(variable) + ", found "
                    + (shape.length == 0 ? "a single number" : "an array of shape " + Arrays.toString(shape)));
        }
    }

    private static void check(ModelInfo.Variable variable, int[] shape, Map<String, Integer> dims) {
        for (int axis = 0; axis < shape.length; axis++) {
            Dim dim = variable.shape().get(axis);
            long expected = extent(variable, dim, dims);
            if (expected != shape[axis]) {
                throw new DataException("`" + variable.name() + "` is " + described(variable) + " with " + dim + " = "
                        + expected + ", found shape " + Arrays.toString(shape) + ": axis " + axis + " has extent "
                        + shape[axis]);
            }
        }
    }

    private static long extent(ModelInfo.Variable variable, Dim dim, Map<String, Integer> dims) {
        try {
            return dim.evaluate(dims);
        } catch (ArithmeticException e) {
            throw new DataException("`" + variable.name() + "` is " + described(variable) + ": " + e.getMessage()
                    + "; give other dims");
        }
    }

    private static String described(ModelInfo.Variable variable) {
        return variable.isScalar()
                ? "a single " + variable.element()
                : variable.element() + variable.shape().toString();
    }
}
