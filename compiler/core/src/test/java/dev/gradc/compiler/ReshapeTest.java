package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A tensor of another shape is the same memory, where one of both need not last. */
class ReshapeTest {

    private static final Map<String, Tensor> DATA = Map.of("x", new Tensor(new double[] {1, 2}, new int[] {2, 1}));

    private static void outputsAndGradient(String model, String... outputs) {
        Evaluation found = TestModels.evaluate(model, DATA);
        for (String output : outputs) {
            assertThat(found.outputs().get(output).values()).as(output).containsExactly(1, 2, 2, 4);
        }
        assertThat(found.outputs().get("loss").values()).containsExactly(14);
        assertThat(found.gradients().get("x").values()).containsExactly(22, 17);
    }

    private static long copies(String model) {
        return TestModels.compile(model, CompilerOptions.defaults())
                .javaSource()
                .lines()
                .filter(line -> line.contains("arraycopy") && !line.contains("destination"))
                .count();
    }

    @Test
    void aTensorThatDoesNotLastIsNotCopied() {
        String model = """
                model Inner(N) {
                  param x : real[N, 1];
                  let z = reshape(x @ x', [N*N]);
                  loss = sum(z[1:] * z[:-1]);
                }""";
        outputsAndGradient(model);
        assertThat(copies(model)).isZero();
    }

    @Test
    void anOutputIsComputedWhereItIsGiven() {
        String model = """
                model Outer(N) {
                  param x : real[N, 1];
                  let z = reshape(x @ x', [N*N]);
                  output z;
                  loss = sum(z[1:] * z[:-1]);
                }""";
        outputsAndGradient(model, "z");
        assertThat(copies(model)).isZero();
    }

    @Test
    void outputsHaveMemoryOfTheirOwn() {
        String model = """
                model Both(N) {
                  param x : real[N, 1];
                  let p = x @ x';
                  let z = reshape(p, [N*N]);
                  output p;
                  output z;
                  output flat = reshape(p, [1, N*N]);
                  loss = sum(z[1:] * z[:-1]);
                }""";
        outputsAndGradient(model, "p", "z", "flat");
        assertThat(copies(model)).isPositive();
    }

    @Test
    void aStepOfARecurrenceReshapesWhereItCollects() {
        outputsAndGradient("""
                model Steps(N) {
                  param x : real[N, 1];
                  scan t in 0..1 with h = x {
                    h' = x + 0 * h;
                    collect rows = reshape(h @ h', [N*N]);
                  }
                  output z = rows[1, :];
                  loss = sum(z[1:] * z[:-1]);
                }""", "z");
    }
}
