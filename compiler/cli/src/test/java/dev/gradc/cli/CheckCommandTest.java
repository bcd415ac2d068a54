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

    private static final String SOFT_CLIP = """
            gate softclip(x) {
              forward tanh(x);
              backward(g) g * %s * (1 - tanh(x)^2);
            }
            """;

    @Test
    void holdsWhatDeriveClausesAskForAndProductsOfEveryOutput() throws IOException {
        Run run = Run.of("check", model("""
                        model All(N) {
                          param x : real[N];
                          param a : real;
                          output r = a * exp(0.5 * x);
                          loss = sum(r^2);
                          derive jacobian(r, x), sparse jacobian(r), hessian, sparse hessian(x), diagonal hessian,
                            hvp(x), jvp(r, a), vjp(r, x), gauss_newton(r), gauss_newton product(r, x);
                        }
                        """));

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out())
                .contains(
                        "All, point 1: jacobian(r, x) agrees",
                        "sparse jacobian(r, x, a) agrees",
                        "hessian(loss, x, a) agrees",
                        "sparse hessian(loss, x) agrees",
                        "diagonal hessian(loss, x, a) agrees",
                        "hvp(loss, x) agrees",
                        "jvp(r, a) agrees",
                        "vjp(r, x) agrees",
                        "gauss_newton(r, x, a) agrees",
                        "gauss_newton product(r, x) agrees",
                        "jvp(loss, x, a) agrees",
                        "vjp(r, x, a) agrees");
    }

    @Test
    void holdsEveryRealOutputWhereThereIsNoLoss() throws IOException {
        Run run = Run.of("check", model("""
                        model Outputs(N) { input x : real[N]; output y = x^2; output n = argmax(x); output z = sum(x); }
                        """));

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out())
                .contains("vjp(y, x) agrees", "vjp(z, x) agrees", "jvp(y, x) agrees")
                .doesNotContain("(n,");
    }

    @Test
    void namesTheGateAtFault() throws IOException {
        String use = "model M(N) {\n param x : real[N];\n let h = softclip(3 * x);\n loss = sum(h * x);\n}";

        Run wrong = Run.of("check", model(SOFT_CLIP.formatted("1.01") + use));

        assertThat(wrong.status()).isEqualTo(ExitStatus.FAULT);
        assertThat(wrong.out()).contains("model.grad:7: gate custom 'softclip' in `h`: backward gives");
        assertThat(wrong.out()).doesNotContain("gate multiply");
        assertThat(Run.of("check", model(SOFT_CLIP.formatted("1") + use)).out()).doesNotContain("gate");
    }

    @Test
    void namesTheGateAtFaultInALoop() throws IOException {
        Run run = Run.of("check", model(SOFT_CLIP.formatted("1.01") + """
                        model M(T) {
                          param x : real[T];
                          scan t in 0..T-1 with s = 1.0 {
                            s' = softclip(s + x[t]);
                          }
                          loss = s^2;
                        }
                        """));

        assertThat(run.status()).isEqualTo(ExitStatus.FAULT);
        assertThat(run.out()).contains("model.grad:7: gate custom 'softclip' in `s`");
    }

    @Test
    void holdsProductsThroughALoopOverVectors() throws IOException {
        Run run = Run.of("check", model("""
                        model M(T) {
                          param c : real[2];
                          scan t in 0..T-1 with m = [0.5, 1.0] {
                            m' = c * m;
                            collect cost = sum(m);
                          }
                          loss = sum(cost);
                        }
                        """));

        assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("jvp(loss, c) agrees");
    }

    @Test
    void tellsAKinkFromAFault() throws IOException {
        Path data = Files.writeString(directory.resolve("data.json"), "{\"x\": [0, 1, -2]}");

        Run run = Run.of("check", model("model M {\n param x : real[3];\n loss = sum(relu(x));\n}"), "--at", data);

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("kink at ", "model.grad:3: gate relu in `loss`", "is between the slopes");
    }

    @Test
    void samplesCoordinatesWhereThereAreMany() throws IOException {
        Run run = Run.of("check", model("model M { param x : real[500]; loss = sum(x^2); }"));

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("(16 of 500 elements, and 4 random directions)");
    }

    private Path model(String text) throws IOException {
        return Files.writeString(directory.resolve("model.grad"), text);
    }
}
