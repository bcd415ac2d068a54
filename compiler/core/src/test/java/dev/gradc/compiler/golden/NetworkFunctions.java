package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.Functions.Function;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Losses and layers of the standard library, under its names. */
final class NetworkFunctions {

    private NetworkFunctions() {}

    static Map<String, Function> byName() {
        Map<String, Function> functions = new HashMap<>();
        for (String name : List.of("cross_entropy", "hinge_loss")) {
            functions.put(name, (t, a) -> perRow(name, t, a));
        }
        for (String name : List.of("mse", "mae")) {
            functions.put(name, (t, a) -> Value.atom(name + "(" + a.text() + ")"));
        }
        for (String name : List.of("layer_norm", "batch_norm", "rms_norm")) {
            functions.put(
                    name,
                    (t, a) -> Value.atom(name + "(" + a.text() + ")", a.value(0).shape()));
        }
        functions.put("attention", (t, a) -> attention(a));
        functions.put("causal", (t, a) -> causal(t, a));
        for (String name : List.of("conv1d", "conv2d")) {
            functions.put(name, (t, a) -> convolution(name, t, a));
        }
        for (String name : List.of("max_pool1d", "max_pool2d", "avg_pool1d", "avg_pool2d")) {
            functions.put(name, (t, a) -> pool(name, t, a));
        }
        return functions;
    }

    private static Value perRow(String name, Translator translator, Arguments a) {
        Value scores = a.value(0);
        translator.indexes(a.value(1), scores.extent(-1));
        return Value.atom(name + "(" + a.text() + ")", Arrays.copyOf(scores.shape(), scores.rank() - 1));
    }

    private static Value attention(Arguments a) {
        Value queries = a.value(0);
        return Value.atom(
                "attention(" + a.text() + ")",
                Shapes.with(queries.shape(), -1, a.value(2).extent(-1)));
    }

    /** Scores of which a query may see only its own key and those before it. */
    private static Value causal(Translator translator, Arguments a) {
        Value scores = translator.named(a.value(0));
        String visible = "positions(" + scores.text() + ", -1) <= positions(" + scores.text() + ", -2)";
        return Value.atom("(if " + visible + " then " + scores.text() + " else -1e300)", scores.shape());
    }

    private static Value convolution(String name, Translator translator, Arguments a) {
        Value x = a.value(0);
        Value weights = a.value(1);
        int[] shape = x.shape().clone();
        shape[1] = weights.extent(0);
        for (int axis = 2; axis < shape.length; axis++) {
            int stride = setting(a, "stride", axis - 2, 1);
            int reach = setting(a, "dilation", axis - 2, 1) * (weights.extent(axis) - 1) + 1;
            int padded = shape[axis] + 2 * setting(a, "padding", axis - 2, 0);
            shape[axis] = steps(translator, padded - reach, stride);
        }
        return Value.atom(name + "(" + a.text() + ")", shape);
    }

    private static Value pool(String name, Translator translator, Arguments a) {
        int[] shape = a.value(0).shape().clone();
        for (int axis = 2; axis < shape.length; axis++) {
            int padded = shape[axis] + 2 * setting(a, "padding", axis - 2, 0);
            shape[axis] =
                    steps(translator, padded - setting(a, "size", axis - 2, 0), setting(a, "stride", axis - 2, 1));
        }
        translator.fixExtents();
        return Value.atom(name + "(" + a.text() + ")", shape);
    }

    /** How many windows there are in {@code room} for the first one's start; a stride may leave a rest. */
    private static int steps(Translator translator, int room, int stride) {
        if (stride > 1) {
            translator.fixExtents();
        }
        return Math.floorDiv(room, stride) + 1;
    }

    private static int setting(Arguments a, String name, int place, int otherwise) {
        Ast ast = a.call().named().get(name);
        if (ast == null) {
            return otherwise;
        }
        List<Integer> values = Constants.wholes(ast);
        return values.get(IntStream.of(place, values.size() - 1).min().getAsInt());
    }
}
