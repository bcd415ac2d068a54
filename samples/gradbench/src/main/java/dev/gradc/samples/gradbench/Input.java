package dev.gradc.samples.gradbench;

import com.fasterxml.jackson.databind.JsonNode;

/** The input of an evaluation. What is missing or of another type is an {@link IllegalArgumentException} that names it. */
record Input(JsonNode json) {

    /** The input itself, a number. */
    double number() {
        return number("input", json);
    }

    double number(String field) {
        return number(field, required(field));
    }

    int integer(String field) {
        JsonNode value = required(field);
        if (!value.canConvertToInt() || !value.canConvertToExactIntegral()) {
            throw new IllegalArgumentException("`" + field + "` is not a whole number: " + value);
        }
        return value.asInt();
    }

    boolean flag(String field) {
        return required(field).asBoolean();
    }

    double[] vector(String field) {
        return tensor(field, 1).values();
    }

    /** Whole numbers in arrays of arrays, flat. */
    int[] integers(String field, int rank) {
        return tensor(field, rank).integers(field);
    }

    Tensor tensor(String field, int rank) {
        return Tensor.of(field, required(field), rank);
    }

    /** Whether the field is an array of nothing. */
    boolean isEmpty(String field) {
        return required(field).isEmpty();
    }

    /** The object in a field. */
    Input object(String field) {
        return new Input(required(field));
    }

    /** The field, or what stands for it where it is missing. */
    double numberOr(String field, double otherwise) {
        return json.has(field) ? number(field) : otherwise;
    }

    static double number(String name, JsonNode json) {
        if (!json.isNumber()) {
            throw new IllegalArgumentException("`" + name + "` is not a number where one is needed: " + json);
        }
        return json.asDouble();
    }

    private JsonNode required(String field) {
        JsonNode value = json.get(field);
        if (value == null) {
            throw new IllegalArgumentException("the input has no field `" + field + "`");
        }
        return value;
    }
}
