package dev.gradc.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads one tensor from nested JSON arrays: its shape is that of the nesting, which must not be ragged. */
final class TensorReader {

    private static final int UNKNOWN = -1;

    private final JsonParser parser;
    private final ElementType element;
    private final List<Integer> shape = new ArrayList<>();
    private double[] values = new double[16];
    private int count;

    private TensorReader(JsonParser parser, ElementType element) {
        this.parser = parser;
        this.element = element;
    }

    /** The tensor at {@code parser}'s current token. */
    static Tensor read(JsonParser parser, ElementType element) throws IOException {
        TensorReader reader = new TensorReader(parser, element);
        reader.readAxis(0);
        int[] extents = reader.shape.stream().mapToInt(n -> Math.max(n, 0)).toArray();
        return new Tensor(Arrays.copyOf(reader.values, reader.count), extents);
    }

    private void readAxis(int axis) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            if (axis < shape.size()) {
                throw JsonData.expected(parser, "an array, as beside it");
            }
            append(readElement());
            return;
        }
        if (axis == shape.size()) {
            if (count > 0) {
                throw JsonData.expected(parser, "a number, as beside it");
            }
            shape.add(UNKNOWN);
        }
        int extent = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            readAxis(axis + 1);
            extent++;
        }
        int known = shape.set(axis, extent);
        if (known != UNKNOWN && known != extent) {
            throw JsonData.failure(
                    parser, "is ragged: " + extent + " elements where the arrays before it have " + known);
        }
    }

    private void append(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(2, count));
        }
        values[count++] = value;
    }

    private double readElement() throws IOException {
        return switch (element) {
            case REAL -> JsonData.readReal(parser);
            case INT -> JsonData.readInt(parser);
            case BOOL -> readBoolean();
        };
    }

    private double readBoolean() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            default -> throw JsonData.expected(parser, "true or false");
        };
    }
}
