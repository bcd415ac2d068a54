package dev.gradc.samples.gradbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;

/** Evaluates functions of the evals at inputs in JSON, and holds their derivatives against differences. */
final class Evals {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double STEP = 1e-5;

    private Evals() {}

    /** The output of a function, as JSON. */
    static JsonNode output(String module, String function, JsonNode input) {
        Evaluation<?> evaluation = Modules.ALL.get(module).get(function).apply(new Input(input));
        return computed(evaluation);
    }

    private static <R> JsonNode computed(Evaluation<R> evaluation) {
        return JSON.valueToTree(evaluation.output().apply(evaluation.compute().get()));
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static JsonNode json(Object value) {
        return JSON.valueToTree(value);
    }

    /** Rows of numbers between {@code low} and {@code high}, the same for the same seed. */
    static double[][] random(long seed, int rows, int columns, double low, double high) {
        Random random = new Random(seed);
        double[][] matrix = new double[rows][];
        for (int i = 0; i < rows; i++) {
            matrix[i] = random.doubles(columns, low, high).toArray();
        }
        return matrix;
    }

    static double[] random(long seed, int count, double low, double high) {
        return random(seed, 1, count, low, high)[0];
    }

    /** All numbers in arrays and objects, in their order. */
    static double[] flat(JsonNode json) {
        List<Double> numbers = new ArrayList<>();
        collect(json, numbers);
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void collect(JsonNode json, List<Double> numbers) {
        if (json.isNumber()) {
            numbers.add(json.asDouble());
        }
        json.forEach(element -> collect(element, numbers));
    }

    /** Where the numbers of a field are, in their order. */
    static List<JsonPointer> places(JsonNode input, String field) {
        List<JsonPointer> places = new ArrayList<>();
        collect(input.get(field), JsonPointer.compile("/" + field), places);
        return places;
    }

    private static void collect(JsonNode json, JsonPointer place, List<JsonPointer> places) {
        if (json.isNumber()) {
            places.add(place);
        }
        for (int i = 0; i < json.size(); i++) {
            collect(json.get(i), place.appendIndex(i), places);
        }
    }

    /** That the gradient of a scalar function by all numbers of the fields agrees with differences. */
    static void assertGradient(
            double[] gradient, JsonNode input, ToDoubleFunction<JsonNode> function, String... fields) {
        List<JsonPointer> places = new ArrayList<>();
        for (String field : fields) {
            places.addAll(places(input, field));
        }
        assertThat(gradient).hasSameSizeAs(places);
        for (int i = 0; i < gradient.length; i++) {
            double up = function.applyAsDouble(moved(input, List.of(places.get(i)), STEP));
            double down = function.applyAsDouble(moved(input, List.of(places.get(i)), -STEP));
            assertClose(gradient[i], (up - down) / (2 * STEP), 1e-6);
        }
    }

    /** The input with numbers at {@code places} raised by {@code step}. */
    static JsonNode moved(JsonNode input, List<JsonPointer> places, double step) {
        JsonNode copy = input.deepCopy();
        for (JsonPointer place : places) {
            double value = copy.at(place).asDouble() + step;
            JsonNode parent = copy.at(place.head());
            if (parent instanceof ArrayNode array) {
                array.set(place.last().getMatchingIndex(), json(value));
            } else {
                ((ObjectNode) parent).put(place.last().getMatchingProperty(), value);
            }
        }
        return copy;
    }

    /** How the numbers of a function's output change as those at {@code places} rise together. */
    static double[] difference(String module, String function, JsonNode input, List<JsonPointer> places) {
        double[] up = flat(output(module, function, moved(input, places, STEP)));
        double[] down = flat(output(module, function, moved(input, places, -STEP)));
        for (int i = 0; i < up.length; i++) {
            up[i] = (up[i] - down[i]) / (2 * STEP);
        }
        return up;
    }

    static void assertClose(double actual, double expected, double tolerance) {
        assertThat(actual).isCloseTo(expected, Offset.offset(tolerance * Math.max(1, Math.abs(expected))));
    }
}
