package dev.gradc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {

    private static final String CIRCUIT = "model Circuit { param x, y, z : real; loss = (x + y) * z; }";
    private static final String SQUARES =
            "model Squares(N) { param x : real[N]; input a : real[N]; output y = a * x^2; loss = sum(y); }";

    /** r by (x, a): rows (a, 0, x0), (0, 3 x1^2, 0). */
    private static final String RESIDUALS = """
            model Residuals {
              param x : real[2];
              param a : real;
              output r = [a * x[0], x[1]^3];
              loss = sum(r);
              derive jacobian(r, x), sparse jacobian(r), hessian, hvp, vjp(r), jvp(r, x);
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void printsOutputsAndGradients() throws IOException {
        Run run = eval(CIRCUIT, "{\"x\": -2, \"y\": 5, \"z\": -4}");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).isEqualToIgnoringWhitespace("""
                        {"model": "Circuit", "outputs": {"loss": -12.0}, "gradients": {"x": -4.0, "y": -4.0, "z": 3.0}}
                        """);
    }

    @Test
    void evaluatesEverySetOfAnArray() throws IOException {
        JsonNode results =
                json(eval(CIRCUIT, "[{\"x\": -2, \"y\": 5, \"z\": -4}, {\"x\": 1, \"y\": \"NaN\", \"z\": 1}]"));

        assertThat(results).hasSize(2);
        assertThat(results.get(0).at("/outputs/loss").doubleValue()).isEqualTo(-12);
        assertThat(results.get(1).at("/outputs/loss").textValue()).isEqualTo("NaN");
        assertThat(results.get(1).at("/gradients/x").doubleValue()).isEqualTo(1);
    }

    @Test
    void infersDimsAndDifferentiatesByWhatIsAskedFor() throws IOException {
        JsonNode result = json(eval(SQUARES, "{\"x\": [1, 2, 3], \"a\": [4, 5, 6]}", "--wrt", "a,x"));

        assertThat(result.at("/outputs/loss").doubleValue()).isEqualTo(4 + 20 + 54, within(1e-12));
        assertThat(result.at("/gradients/a").toString()).isEqualTo("[1.0,4.0,9.0]");
        assertThat(result.at("/gradients/x").toString()).isEqualTo("[8.0,20.0,36.0]");
    }

    @Test
    void evaluatesWithoutRules() throws IOException {
        JsonNode result = json(eval(SQUARES, "{\"x\": [1, 2], \"a\": [4, 5]}", "--without", "square"));

        assertThat(result.at("/gradients/x").toString()).isEqualTo("[8.0,20.0]");
        assertThat(eval(SQUARES, "{}", "--without", "none").status()).isEqualTo(2);
    }

    @Test
    void givesTheVectorJacobianProductOfAnOutput() throws IOException {
        JsonNode result = json(eval(SQUARES, "{\"x\": [1, 2], \"a\": [4, 5], \"seed\": [10, 100]}", "--of", "y"));

        assertThat(result.at("/gradients/x").toString()).isEqualTo("[80.0,2000.0]");
    }

    @Test
    void printsWhatDeriveClausesAskFor() throws IOException {
        JsonNode derivatives =
                json(eval(RESIDUALS, "{\"x\": [2, 3], \"a\": 5}")).get("derivatives");

        assertThat(derivatives.get("jacobianRByX").toString()).isEqualTo("[[5.0,0.0],[0.0,27.0]]");
        assertThat(derivatives.get("hessian").toString()).isEqualTo("[[0.0,0.0,1.0],[0.0,18.0,0.0],[1.0,0.0,0.0]]");
        assertThat(derivatives.get("sparseJacobianR")).isEqualTo(new ObjectMapper().readTree("""
                        {"rows": 2, "columns": 3, "rowPointers": [0, 2, 3], "columnIndices": [0, 2, 1],
                         "values": [5.0, 2.0, 27.0]}
                        """));
        assertThat(derivatives.fieldNames()).toIterable().containsExactly("jacobianRByX", "sparseJacobianR", "hessian");
    }

    @Test
    void evaluatesDerivativesThatTakeAVectorWhereThereIsOne() throws IOException {
        String data =
                "{\"x\": [2, 3], \"a\": 5, \"vectors\": {\"hvp\": [1, 1, 1], \"vjpR\": [1, 10], \"jvpRByX\": [1, 0]}}";

        JsonNode derivatives = json(eval(RESIDUALS, data)).get("derivatives");

        assertThat(derivatives.get("hvp").toString()).isEqualTo("[1.0,18.0,1.0]");
        assertThat(derivatives.get("vjpR").toString()).isEqualTo("[5.0,270.0,2.0]");
        assertThat(derivatives.get("jvpRByX").toString()).isEqualTo("[5.0,0.0]");
    }

    @Test
    void givesDerivativesInSinglePrecision() throws IOException {
        JsonNode result =
                json(eval(RESIDUALS.replace("param a", "precision f32; param a"), "{\"x\": [2, 3], \"a\": 0.1}"));

        assertThat(result.at("/derivatives/jacobianRByX/0/0").doubleValue()).isEqualTo((double) 0.1f);
        assertThat(result.at("/derivatives/sparseJacobianR/values/0").doubleValue())
                .isEqualTo((double) 0.1f);
    }

    @Test
    void blamesVectorsThatNoDerivativeTakes() throws IOException {
        String data = "{\"x\": [2, 3], \"a\": 5, \"vectors\": {\"%s\": [1, 1]}}";

        assertThat(eval(RESIDUALS, data.formatted("hessian")).err())
                .contains("no derivative that takes a vector", "hvp");
        assertThat(eval(RESIDUALS, data.formatted("hvp")).err()).contains("`hvp` has shape [3], found [2]");
    }

    @Test
    void wantsOneOfSeveralModelsChosen() throws IOException {
        String two = CIRCUIT + "\nmodel Line { param x : real; loss = 3 * x; }";

        Run run = eval(two, "{\"x\": 1}");

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).contains("--model: Circuit, Line");
        assertThat(json(eval(two, "{\"x\": 1}", "--model", "Line"))
                        .at("/gradients/x")
                        .doubleValue())
                .isEqualTo(3);
    }

    @Test
    void blamesDataThatDoNotFit() throws IOException {
        Run missing = eval(CIRCUIT, "{\"x\": 1, \"y\": 2}");

        assertThat(missing).matches(EvalCommandTest::isFault);
        assertThat(missing.err()).contains("data.json: ", "z");
        assertThat(eval(CIRCUIT, "{\"x\": 1, \"y\": 2, \"z\": [3]}").err()).contains("data.json: ", "z");
        assertThat(eval(SQUARES, "{\"x\": [1, 2], \"a\": [1, 2, 3]}").err()).contains("data.json: ", "N");
        assertThat(eval(CIRCUIT, "[{\"x\": 1, \"y\": 2, \"z\": 3}, {\"x\": 1}]").err())
                .contains("data.json: [1]: ");
    }

    @Test
    void blamesAModelThatDoesNotCompile() throws IOException {
        Run run = eval("model Broken { param x : real; loss = x * oops; }", "{\"x\": 1}");

        assertThat(run).matches(EvalCommandTest::isFault);
        assertThat(run.err()).contains("model.grad:1:43: error[GC");
    }

    @Test
    void blamesNamesTheModelDoesNotHave() throws IOException {
        String data = "{\"x\": 1, \"y\": 2, \"z\": 3}";

        assertThat(eval(CIRCUIT, data, "--wrt", "w")).matches(EvalCommandTest::isFault);
        assertThat(eval(CIRCUIT, data, "--of", "w")).matches(EvalCommandTest::isFault);
        assertThat(eval(CIRCUIT, data, "--model", "Circle")).matches(EvalCommandTest::isFault);
    }

    private static boolean isFault(Run run) {
        return run.status() == ExitStatus.FAULT
                && run.out().isEmpty()
                && !run.err().isBlank()
                && !run.err().contains("internal error")
                && !run.err().contains("\tat ");
    }

    private JsonNode json(Run run) throws IOException {
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(run.out());
    }

    private Run eval(String model, String data, String... options) throws IOException {
        Path modelFile = Files.writeString(directory.resolve("model.grad"), model);
        Path dataFile = Files.writeString(directory.resolve("data.json"), data);
        Object[] line = new Object[4 + options.length];
        line[0] = "eval";
        line[1] = modelFile;
        line[2] = "--at";
        line[3] = dataFile;
        System.arraycopy(options, 0, line, 4, options.length);
        return Run.of(line);
    }
}
