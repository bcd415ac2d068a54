package dev.gradc.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import dev.gradc.compiler.run.DataException;
import java.io.IOException;

/** Elements of JSON data, and errors that name their place as in {@code X[0][3]}. */
final class JsonData {

    private static final int SHOWN = 40;
    private static final String REAL = "a number, \"NaN\", \"Infinity\" or \"-Infinity\"";

    private JsonData() {}

    /** A number, or one of the strings {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}. */
    static double readReal(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_STRING -> readNonFinite(parser);
            default -> throw expected(parser, REAL);
        };
    }

    private static double readNonFinite(JsonParser parser) throws IOException {
        return switch (parser.getText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw expected(parser, REAL);
        };
    }

    /** A number that is an {@code int}; {@code 3.0} is one. */
    static int readInt(JsonParser parser) throws IOException {
        if (parser.currentToken().isNumeric()) {
            double value = parser.getDoubleValue();
            if (value == (int) value) {
                return (int) value;
            }
        }
        throw expected(parser, "an integer of 32 bits");
    }

    /** The failure to find {@code expectation} at the current token. */
    static DataException expected(JsonParser parser, String expectation) throws IOException {
        return failure(parser, "expected " + expectation + ", found " + found(parser));
    }

    /** A failure at the current token. */
    static DataException failure(JsonParser parser, String problem) {
        int line = parser.currentTokenLocation().getLineNr();
        return new DataException("line " + line + ": " + path(parser.getParsingContext()) + ": " + problem);
    }

    private static String found(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> '"' + shorten(parser.getText()) + '"';
            default -> shorten(parser.getText());
        };
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static String path(JsonStreamContext context) {
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext at = context; at != null && !at.inRoot(); at = at.getParent()) {
            if (at.inArray() && at.hasCurrentIndex()) {
                path.insert(0, "[" + at.getCurrentIndex() + "]");
            } else if (at.inObject() && at.hasCurrentName()) {
                path.insert(0, (at.getParent().inRoot() ? "" : ".") + at.getCurrentName());
            }
        }
        return path.isEmpty() ? "data" : path.toString();
    }
}
