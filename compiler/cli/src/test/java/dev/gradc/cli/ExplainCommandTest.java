package dev.gradc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {

    private static final String LINE =
            "model Line(N) { input x, t : real[N]; param a, b_0 : real; loss = mean((a * x + b_0 - t)^2); }";

    @TempDir
    private Path directory;

    @Test
    void printsFormulasAndCosts() throws IOException {
        Run run = explain(LINE, "--dims", "N=10");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).startsWith("model Line\n").contains("loss = ", "dB_0 = ", "at N=10", "model.grad:1");
    }

    @Test
    void printsLatex() throws IOException {
        Run run = explain(LINE, "--latex");

        assertThat(run.out()).startsWith("% model Line\n\\begin{align*}\n").endsWith("\\end{align*}\n");
        assertThat(run.out()).contains("\\mathit{b\\_0}", "\\frac{");
    }

    @Test
    void printsJson() throws IOException {
        Run run = explain(LINE, "--json", "--wrt", "a", "--dims", "N=10");

        JsonNode model = new ObjectMapper().readTree(run.out()).at("/models/0");
        assertThat(model.at("/model").textValue()).isEqualTo("Line");
        assertThat(model.at("/dims/N").intValue()).isEqualTo(10);
        assertThat(model.at("/operations/ratio").doubleValue())
                .isEqualTo(model.at("/operations/valueAndGradient").doubleValue()
                        / model.at("/operations/forward").doubleValue());
        assertThat(model.at("/operations/formulas/forward").textValue()).contains("N");
        assertThat(model.at("/derivative"))
                .anyMatch(equation -> equation.at("/name").textValue().equals("da"));
        assertThat(model.at("/derivative"))
                .noneMatch(equation -> equation.at("/name").textValue().equals("dB_0"));
        assertThat(model.at("/patterns/0/where/0").textValue()).isEqualTo("model.grad:1");
        assertThat(model.at("/derivatives").isArray()).isTrue();
    }

    @Test
    void showsAModelWithoutRules() throws IOException {
        String square = "model Square { param x : real; loss = x^2; }";

        assertThat(explain(square).out()).contains("square: 1", "double: 1");
        assertThat(explain(square, "--without", "square,double").out())
                .contains("power-one: 1")
                .doesNotContain("square: 1", "double: 1");
        assertThat(explain(square, "--without", "sqare").status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void saysWhichDimsThereAre() throws IOException {
        Run run = explain(LINE, "--dims", "M=10");

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).contains("model Line has no runtime dim `M`; it has N");
    }

    @Test
    void reportsMistakesOfTheModel() throws IOException {
        Run run = explain("model Line { param x : real; loss = y; }");

        assertThat(run.status()).isEqualTo(ExitStatus.FAULT);
        assertThat(run.err()).contains("model.grad:1:");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void printsEitherJsonOrLatex() throws IOException {
        assertThat(explain(LINE, "--json", "--latex").status()).isEqualTo(ExitStatus.USAGE);
    }

    private Run explain(String model, Object... options) throws IOException {
        Path file = directory.resolve("model.grad");
        Files.writeString(file, model);
        Object[] line = new Object[options.length + 2];
        line[0] = "explain";
        line[1] = file;
        System.arraycopy(options, 0, line, 2, options.length);
        return Run.of(line);
    }
}
