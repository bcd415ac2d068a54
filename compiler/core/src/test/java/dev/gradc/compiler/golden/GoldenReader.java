package dev.gradc.compiler.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradc.compiler.golden.GoldenCase.Criterion;
import dev.gradc.compiler.golden.GoldenCase.Input;
import dev.gradc.compiler.golden.GoldenCase.Interval;
import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the cases of JSON files; the README beside the files describes the format. */
public final class GoldenReader {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GoldenReader() {}

    /** The cases of every JSON file in {@code directory} that has some. */
    public static List<GoldenCase> read(Path directory) throws IOException {
        return cases(directory).stream().map(GoldenReader::read).toList();
    }

    /** The cases of every JSON file in {@code directory} that have a Hessian-vector product. */
    public static List<SecondOrderCase> readSecondOrder(Path directory) throws IOException {
        return cases(directory).stream()
                .filter(node -> node.has("hvp"))
                .map(GoldenReader::secondOrder)
                .toList();
    }

    private static List<JsonNode> cases(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .flatMap(file -> readFile(file).stream())
                    .toList();
        }
    }

    private static List<JsonNode> readFile(Path file) {
        try {
            return StreamSupport.stream(
                            MAPPER.readTree(file.toFile()).path("cases").spliterator(), false)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoldenCase read(JsonNode node) {
        if (node.has("function")) {
            return function(node);
        }
        return node.has("program") ? program(node) : operation(node);
    }

    private static GoldenCase operation(JsonNode node) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        node.path("grad_interval")
                .properties()
                .forEach(e -> intervals.put(
                        e.getKey(),
                        new Interval(
                                numbers(e.getValue().get("lo")),
                                numbers(e.getValue().get("hi")))));
        Criterion criterion = new Criterion(
                node.get("tol").asDouble(),
                node.path("strict_relative").asBoolean(),
                intervals,
                node.path("note").asText());
        return new GoldenCase(
                node.get("op").asText(),
                node.get("name").asText(),
                node.get("expr").asText(),
                node.has("attrs") ? node.get("attrs") : MAPPER.createObjectNode(),
                inputs(node.get("inputs")),
                tensor(node.get("output")),
                tensor(node.get("seed")),
                tensors(node.get("grad")),
                criterion);
    }

    private static GoldenCase program(JsonNode node) {
        Map<String, Input> inputs = inputs(node.get("inputs"));
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        node.get("grad").properties().forEach(e -> {
            Tensor gradient = tensor(e.getValue());
            gradients.put(
                    e.getKey(),
                    new Tensor(gradient.values(), inputs.get(e.getKey()).shape()));
        });
        return new GoldenCase(
                "fuzz " + node.path("kind").asText(),
                node.get("name").asText(),
                node.get("program").asText(),
                MAPPER.createObjectNode(),
                inputs,
                tensor(node.get("output")),
                Tensor.scalar(1),
                gradients,
                Criterion.within(node.get("tol").asDouble()));
    }

    private static GoldenCase function(JsonNode node) {
        Tensor x = Tensor.vector(numbers(node.get("x")));
        return new GoldenCase(
                "function " + node.get("function").asText(),
                node.get("name").asText(),
                node.get("expr").asText(),
                MAPPER.createObjectNode(),
                Map.of("x", new Input("real", x.shape(), x.values())),
                Tensor.scalar(number(node.get("value"))),
                Tensor.scalar(1),
                Map.of("x", Tensor.vector(numbers(node.get("grad")))),
                Criterion.within(node.get("tol").asDouble()));
    }

    private static SecondOrderCase secondOrder(JsonNode node) {
        GoldenCase given = read(node);
        Tensor product = Tensor.vector(numbers(node.get("hvp")));
        int n = product.values().length;
        return new SecondOrderCase(
                node.has("function") ? given : ofOneVector(given),
                Tensor.vector(numbers(node.get("v"))),
                product,
                node.has("hessian")
                        ? Optional.of(new Tensor(numbers(node.get("hessian")), new int[] {n, n}))
                        : Optional.empty());
    }

    /** A function of scalars as a function of the vector of them, in the file's order. */
    private static GoldenCase ofOneVector(GoldenCase scalars) {
        String vector = "all_inputs";
        List<String> names = List.copyOf(scalars.inputs().keySet());
        StringBuilder program = new StringBuilder();
        double[] point = new double[names.size()];
        double[] gradient = new double[names.size()];
        for (int i = 0; i < point.length; i++) {
            program.append(names.get(i) + " = " + vector + "[" + i + "]\n");
            point[i] = scalars.inputs().get(names.get(i)).data()[0];
            gradient[i] = scalars.gradients().get(names.get(i)).values()[0];
        }
        return new GoldenCase(
                scalars.family(),
                scalars.name(),
                program + scalars.formula(),
                scalars.attrs(),
                Map.of(vector, new Input("real", new int[] {point.length}, point)),
                scalars.output(),
                scalars.seed(),
                Map.of(vector, Tensor.vector(gradient)),
                scalars.criterion());
    }

    private static Map<String, Input> inputs(JsonNode node) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        node.properties().forEach(e -> {
            String type = e.getValue().path("dtype").asText("float64");
            String element = type.startsWith("bool") ? "bool" : type.startsWith("int") ? "int" : "real";
            Tensor tensor = tensor(e.getValue());
            inputs.put(e.getKey(), new Input(element, tensor.shape(), tensor.values()));
        });
        return inputs;
    }

    private static Map<String, Tensor> tensors(JsonNode node) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        node.properties().forEach(e -> tensors.put(e.getKey(), tensor(e.getValue())));
        return tensors;
    }

    /** A tensor with its shape, a bare number, or a bare list of numbers. */
    private static Tensor tensor(JsonNode node) {
        if (node.isArray()) {
            return Tensor.vector(numbers(node));
        } else if (!node.isObject()) {
            return Tensor.scalar(number(node));
        }
        List<Integer> shape = new ArrayList<>();
        node.get("shape").forEach(extent -> shape.add(extent.asInt()));
        return new Tensor(
                numbers(node.get("data")),
                shape.stream().mapToInt(Integer::intValue).toArray());
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(GoldenReader::number)
                .toArray();
    }

    /** A number; a truth value as 1 or 0; NaN and infinities, which are strings. */
    private static double number(JsonNode node) {
        if (node.isBoolean()) {
            return node.asBoolean() ? 1 : 0;
        }
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.doubleValue();
    }
}
