package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.run.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maxima and minima over axes, and the positions that their gradients go to. */
class ExtremesTest {

    /** Among few elements the winner is kept without a branch, among many with one. */
    @ParameterizedTest
    @CsvSource({"max, 4, 1", "max, 40, 1", "min, 4, -1", "min, 40, -1"})
    void theFirstOfEqualElementsWins(String fold, int extent, int sign) {
        double[] x = new double[extent];
        for (int i = 0; i < extent; i++) {
            x[i] = sign * (i % 3 - 5);
        }
        double[] gradient = TestModels.evaluate(
                        "model Fold { param x : real[" + extent + "]; loss = " + fold + "(x); }",
                        Map.of("x", Tensor.vector(x)))
                .gradients()
                .get("x")
                .values();
        double[] expected = new double[extent];
        expected[2] = 1;
        assertThat(gradient).containsExactly(expected);
    }

    /** Though other loops over the same rows stand nearer to where the position is used. */
    @Test
    void aMaximumAndItsPositionAreFoundInOnePass() {
        String text = TestModels.compile(
                        "model Rows(N) { param x : real[N, 7]; param W : real[N, N]; loss = sum((W @ max(x, axis = 1))^2); }",
                        CompilerOptions.defaults())
                .javaSource();
        String method = text.substring(text.indexOf("private void computeValueAndGradient"));
        String untilProduct = method.substring(0, method.indexOf("MatrixProduct"));
        assertThat(untilProduct.split("j < 7", -1)).hasSize(1 + 1);
        assertThat(untilProduct).contains("largest", "argmax");
    }
}
