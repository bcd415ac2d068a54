package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of the library that work element by element, held against tables of their values and gradients. */
class LibraryValuesTest {

    private static final Path FOLDER = Path.of("src/test/golden/library");

    /** The tables of what the compiler loads and has gates for. */
    private static final List<String> TABLES = List.of("nn.txt", "stats.txt", "finance.txt", "gelu.txt");

    /** Relative, and absolute below 0.1. */
    private static final double TOLERANCE = 1e-12;

    /** One line of a table. */
    private record Row(String call, double[] at, double value, double[] gradient) {

        static Row of(String line) {
            String[] parts = line.split(" \\| ", -1);
            return new Row(parts[0], numbers(parts[1]), numbers(parts[2])[0], numbers(parts[3]));
        }

        private static double[] numbers(String text) {
            return Arrays.stream(text.split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }

    /** All rows of one call: a model's elements. */
    private record Table(String call, List<Row> rows) {

        private List<String> variables() {
            return List.of("x", "y", "z", "u", "v", "w", "q")
                    .subList(0, rows.get(0).at().length);
        }

        String model() {
            return "import gradc.stats.*; import gradc.finance.*; model M(N) { param " + String.join(", ", variables())
                    + " : real[N]; output r = " + call + "; loss = sum(r); }";
        }

        Map<String, Tensor> data() {
            Map<String, Tensor> data = new LinkedHashMap<>();
            for (String name : variables()) {
                int argument = variables().indexOf(name);
                data.put(
                        name,
                        Tensor.vector(
                                rows.stream().mapToDouble(r -> r.at()[argument]).toArray()));
            }
            return data;
        }

        @Override
        public String toString() {
            return call;
        }
    }

    static Stream<Table> tables() throws IOException {
        Map<String, List<Row>> byCall = new LinkedHashMap<>();
        for (String file : TABLES) {
            byCall.putAll(Files.readAllLines(FOLDER.resolve(file)).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(Row::of)
                    .collect(Collectors.groupingBy(Row::call, LinkedHashMap::new, Collectors.toList())));
        }
        return byCall.entrySet().stream().map(e -> new Table(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void valuesAndGradientsAreThoseOfTheDefinition(Table table) {
        Evaluation found = TestModels.evaluate(table.model(), table.data());
        for (int i = 0; i < table.rows().size(); i++) {
            Row row = table.rows().get(i);
            String where = table.call() + " at " + Arrays.toString(row.at());
            assertClose(where, found.outputs().get("r").values()[i], row.value());
            for (int argument = 0; argument < row.at().length; argument++) {
                String name = table.variables().get(argument);
                double gradient = found.gradients().get(name).values()[i];
                assertClose(where + " by " + name, gradient, row.gradient()[argument]);
            }
        }
    }

    @Test
    void gradientsAtTiesAndSingularPointsAreTheDocumentedOnes() {
        assertGradient("logaddexp(x, y)", 5, 5, 0.5, 0.5);
        assertGradient("xlogy(x, y)", 0, 0, 0, 0);
        assertGradient("xlogy(x, y)", 0, Math.E, 1, 0);
        assertGradient("kl_divergence(x, y)", 0, 0, 0, 0);
        assertGradient("bce(x, y)", 0, 0, 1, 0);
        assertGradient("bce(x, y)", 1, 1, -1, 0);
        assertGradient("bce_with_logits(x, 0.25) + 0 * y", 0, 0, 0.25, 0);
        assertGradient("relu6(x) + hardtanh(y)", 6, 1, 0, 1);
        assertGradient("safe_sqrt(x) + logcosh(y)", 0, 0, 0, 0);
        assertGradient("elu(x) + selu(-y)", 800, -800, 1, -1.0507009873554805);
    }

    @Test
    void tailsKeepTheirDigits() {
        Map<String, Double> tails = Map.of(
                "logsigmoid(x)",
                -Math.exp(-40),
                "bce_with_logits(x, 1)",
                Math.exp(-40),
                "bce_with_logits(-x, 0)",
                Math.exp(-40),
                "logaddexp(-x, -500)",
                -40.0,
                "silu(-x)",
                -40 * Math.exp(-40),
                "mish(-x)",
                -40 * Math.exp(-40),
                "logcosh(x / 4e9)",
                0.5e-16,
                "xlog1py(2, x / 4e19)",
                2e-18);
        tails.forEach((call, expected) -> {
            Evaluation found = TestModels.evaluate(
                    "model M { param x : real; output r = " + call + "; }", Map.of("x", Tensor.scalar(40)));
            assertThat(found.outputs().get("r").values()[0] / expected).as(call).isCloseTo(1, Offset.offset(1e-14));
        });
    }

    private static void assertGradient(String call, double x, double y, double byX, double byY) {
        Evaluation found = TestModels.evaluate(
                "model M { param x, y : real; loss = " + call + "; }",
                Map.of("x", Tensor.scalar(x), "y", Tensor.scalar(y)));
        assertClose(call + " by x", found.gradients().get("x").values()[0], byX);
        assertClose(call + " by y", found.gradients().get("y").values()[0], byY);
    }

    private static void assertClose(String what, double found, double expected) {
        double error = Math.abs(found - expected) / Math.max(Math.abs(expected), 0.1);
        assertThat(error).as(what + ": " + found + ", not " + expected).isLessThan(TOLERANCE);
    }
}
