package dev.gradc.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.diagnostic.Suggestions;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.run.DataException;
import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The content of a JSON data file: an object with a value for every argument of a model, or an array of such objects.
 * {@code "dims"} gives dims outright, {@code "seed"} the upstream gradient and {@code "vectors"} what further derivatives
 * take, unless the model has an argument called so.
 *
 * @param sets one for each object
 * @param array whether the file has an array of objects
 */
record DataFile(List<DataSet> sets, boolean array) {

    private static final long LIMIT = 1L << 30;
    private static final String DIMS = "dims";
    private static final String SEED = "seed";
    private static final String VECTORS = "vectors";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    DataFile {
        sets = List.copyOf(sets);
    }

    /**
     * Reads {@code file}.
     *
     * @throws CommandFailure when it cannot be read
     * @throws DataException when it is not JSON, or not data of {@code model}
     */
    static DataFile read(Path file, ModelInfo model) {
        String text = TextFile.read(file, LIMIT);
        try (JsonParser parser = JSON.createParser(text)) {
            return read(parser, model);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": ";
            throw new CommandFailure(file + ": " + place + "is not JSON: " + e.getOriginalMessage(), e);
        } catch (DataException e) {
            throw new CommandFailure(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static DataFile read(JsonParser parser, ModelInfo model) throws IOException {
        List<DataSet> sets = new ArrayList<>();
        boolean array = parser.nextToken() == JsonToken.START_ARRAY;
        if (array) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                sets.add(readSet(parser, model));
            }
        } else {
            sets.add(readSet(parser, model));
        }
        if (parser.nextToken() != null) {
            throw JsonData.failure(parser, "something follows the data; several objects belong in an array");
        }
        return new DataFile(sets, array);
    }

    private static DataSet readSet(JsonParser parser, ModelInfo model) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            throw parser.hasCurrentToken()
                    ? JsonData.expected(parser, "an object")
                    : new DataException("is empty; expected a JSON object with a value for every argument");
        }
        Map<String, Tensor> arguments = new LinkedHashMap<>();
        Map<String, Integer> dims = new LinkedHashMap<>();
        Map<String, Tensor> vectors = new LinkedHashMap<>();
        Optional<Tensor> seed = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Optional<ModelInfo.Variable> argument = model.argument(name);
            parser.nextToken();
            if (argument.isPresent()) {
                arguments.put(name, TensorReader.read(parser, argument.get().element()));
            } else if (name.equals(DIMS)) {
                dims.putAll(readDims(parser, model));
            } else if (name.equals(SEED)) {
                seed = Optional.of(TensorReader.read(parser, ElementType.REAL));
            } else if (name.equals(VECTORS)) {
                vectors.putAll(readVectors(parser, model));
            } else {
                throw unknown(parser, name, "argument", argumentNames(model));
            }
        }
        return new DataSet(arguments, dims, seed, vectors);
    }

    private static Map<String, Integer> readDims(JsonParser parser, ModelInfo model) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw JsonData.expected(parser, "an object such as {\"N\": 3}");
        }
        Map<String, Integer> dims = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!model.dims().contains(name)) {
                throw unknown(parser, name, "dim", model.dims());
            }
            parser.nextToken();
            dims.put(name, JsonData.readInt(parser));
        }
        return dims;
    }

    private static Map<String, Tensor> readVectors(JsonParser parser, ModelInfo model) throws IOException {
        List<String> takers = model.derivatives().stream()
                .filter(derivative -> derivative.vector().isPresent())
                .map(ModelInfo.Derivative::name)
                .toList();
        if (!parser.isExpectedStartObjectToken()) {
            throw JsonData.expected(parser, "an object such as {\"hvp\": [1, 0]}");
        }
        Map<String, Tensor> vectors = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!takers.contains(name)) {
                throw unknown(parser, name, "derivative that takes a vector", takers);
            }
            parser.nextToken();
            vectors.put(name, TensorReader.read(parser, ElementType.REAL));
        }
        return vectors;
    }

    private static List<String> argumentNames(ModelInfo model) {
        return Stream.concat(model.arguments().stream().map(ModelInfo.Variable::name), Stream.of(DIMS, SEED, VECTORS))
                .toList();
    }

    private static DataException unknown(JsonParser parser, String name, String kind, List<String> known) {
        String cure = Suggestions.closest(name, known)
                .map(close -> "did you mean `" + close + "`?")
                .orElse(known.isEmpty() ? "it has none" : "known are " + String.join(", ", known));
        return JsonData.failure(parser, "the model has no " + kind + " called `" + name + "`; " + cure);
    }
}
