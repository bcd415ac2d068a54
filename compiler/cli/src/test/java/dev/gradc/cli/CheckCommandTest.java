package dev.gradc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    @TempDir
    private Path directory;

    @Test
    void reportsOnEveryVariableAtSampledPoints() throws IOException {
        Run run = Run.of("check", model("model Circuit { param x, y, z : real; loss = (x + y) * z; }"));

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out())
                .contains("Circuit, point 1: derivative by x agrees", "by y agrees", "by z agrees", "point 3");
    }

    @Test
    void findsDimsLabelsAndARangeThatSuitTheModel() throws IOException {
        Run run = Run.of("check", model("""
                        model Classifier(N, D, C) {
                          input X : real[N, D];
                          input y : int[N] in 0..C-1;
                          param W : real[D, C];
                          param s : real;
                          loss = mean(cross_entropy(X @ W, y)) + log(s);
                        }
                        """));

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("by W agrees", "by s agrees");
    }

    @Test
    void checksAtGivenData() throws IOException {
        Path data = Files.writeString(directory.resolve("data.json"), "[{\"x\": 2}, {\"x\": 3}]");

        Run run = Run.of("check", model("model Cube { param x : real; loss = x^3; }"), "--at", data);

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("point 1: derivative by x agrees: derivative 12.0", "point 2", "27.0");
    }

    @Test
    void givesTheSameReportEachTime() throws IOException {
        Path model = model("model Circuit { param x, y, z : real; loss = (x + y) * z; }");

        assertThat(Run.of("check", model)).isEqualTo(Run.of("check", model));
    }

    @Test
    void checksAnOutputThatIsNoScalarAlongASeed() throws IOException {
        Run run = Run.of(
                "check", model("model Squares(N) { param x : real[N]; output y = x^2; loss = sum(y); }"), "--of", "y");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("by x agrees");
    }

    @Test
    void failsWhereThereIsNoFiniteDerivative() throws IOException {
        Path data = Files.writeString(directory.resolve("data.json"), "{\"x\": -1}");

        Run run = Run.of("check", model("model Root { param x : real; loss = sqrt(x); }"), "--at", data);

        assertThat(run.status()).isEqualTo(ExitStatus.FAULT);
        assertThat(run.out()).contains("IS NOT FINITE");
        assertThat(run.err()).contains("derivatives do not agree");
    }

    @Test
    void saysThatNoSampledPointSuits() throws IOException {
        Run run = Run.of("check", model("model Far { param x : real; loss = sqrt(x - 1000); }"));

        assertThat(run.status()).isEqualTo(ExitStatus.FAULT);
        assertThat(run.err()).contains("no sampled data suit model Far", "not finite", "--at");
    }

    @Test
    void blamesAModelThatDoesNotTypeCheck() throws IOException {
        Run run = Run.of("check", model("model M(N, D) { param x : real[N]; param y : real[D]; loss = sum(x * y); }"));

        assertThat(run.status()).isEqualTo(ExitStatus.FAULT);
        assertThat(run.err()).contains("model.grad:1:", "error[GC");
    }

    private Path model(String text) throws IOException {
        return Files.writeString(directory.resolve("model.grad"), text);
    }
}
