package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What many uses of one tensor give back is added up in that tensor's gradient: no memory, no loop for each of them. */
class AccumulationTest {

    private static final int LENGTH = 400;

    /** A model that takes {@code n} elements of a vector, one by one. */
    private static String elements(int n) {
        String lets = IntStream.range(0, n)
                .mapToObj(k -> " let s" + k + " = sin(a[" + k + "]);\n")
                .collect(Collectors.joining());
        String sum = IntStream.range(0, n).mapToObj(k -> "s" + k).collect(Collectors.joining(" + "));
        return "model Elements { param a : real[" + n + "];\n" + lets + " loss = " + sum + "; }";
    }

    private static GeneratedModel compile(String text) {
        return TestModels.compile(text, CompilerOptions.defaults());
    }

    @Test
    void elementsOfAVectorTakeTextInProportion() {
        double longer = compile(elements(2 * LENGTH)).javaSource().length();
        assertThat(longer / compile(elements(LENGTH)).javaSource().length()).isBetween(1.8, 2.2);
    }

    @Test
    void elementsOfAVectorAreStoredInItsGradient() {
        GeneratedModel model = compile(elements(LENGTH));
        assertThat(model.javaSource()).doesNotContain("Arrays.fill", "for (", "+=");
        ModelRunner runner = ModelRunner.load(model);
        assertThat(MethodSizes.of(runner.bytecode()))
                .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThan(8_000));
        double[] point = IntStream.range(0, LENGTH).mapToDouble(k -> 0.1 * k).toArray();
        double[] gradient = runner.evaluate(Map.of("a", Tensor.vector(point)), Map.of(), Optional.empty())
                .gradients()
                .get("a")
                .values();
        for (int k = 0; k < LENGTH; k++) {
            assertThat(gradient[k]).isEqualTo(Math.cos(point[k]));
        }
    }

    @Test
    void slicesThatMeetAreAddedInOneLoop() {
        String text = compile("model Stencil(N) { param x : real[N]; loss = sum((x[1:] - x[:N-1])^2); }")
                .javaSource();
        assertThat(text).contains("gradient[i + 1] +=").doesNotContain("work1", "work2");
    }

    @Test
    void slicesThatDoNotMeetAreStored() {
        String text = compile("model Halves(N) { param x : real[2*N]; loss = sum(sin(x[:N]) * x[N:]); }")
                .javaSource();
        assertThat(text).contains("gradient[i + N] =").doesNotContain("Arrays.fill");
    }
}
