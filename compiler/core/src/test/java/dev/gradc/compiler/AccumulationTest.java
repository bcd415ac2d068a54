package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What many uses of one tensor give back is added up in that tensor's gradient: no memory, no loop for each of them. */
class AccumulationTest {

    private static final int LENGTH = 200;

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
        assertThat(MethodSizes.of(runner.classFiles()))
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
    void neighboursAreCarriedAndStoredOnce() {
        String text = compile("model Stencil(N) { param x : real[N]; loss = sum((x[1:] - x[:N-1])^2); }")
                .javaSource();
        assertThat(text).contains("gradient[i] = carried").doesNotContain("Arrays.fill", "] +=", "work1", "work2");
    }

    @Test
    void slicesThatMeetFartherApartAreAddedInOneLoop() {
        String text = compile("model Stencil(N) { param x : real[N+2]; loss = sum((x[2:] - x[:N])^2); }")
                .javaSource();
        assertThat(text).contains("gradient[i + 2] +=").doesNotContain("work1", "work2");
    }

    @Test
    void slicesThatDoNotMeetAreStored() {
        String text = compile("model Halves(N) { param x : real[2*N]; loss = sum(sin(x[:N]) * x[N:]); }")
                .javaSource();
        assertThat(text).contains("gradient[i + N] =").doesNotContain("Arrays.fill");
    }

    /** Each element of x is in one window, so what windows give back is stored, with zeros only where gaps are between them. */
    @Test
    void windowsThatDoNotMeetAreStored() {
        String model =
                "model Pool(N) { param x : real[N, 3, 6]; loss = sum(max_pool1d(x, size = %d, stride = %d)^2); }";
        assertThat(compile(model.formatted(2, 2)).javaSource()).doesNotContain("Arrays.fill", "] +=");
        assertThat(compile(model.formatted(2, 3)).javaSource())
                .contains("Arrays.fill")
                .doesNotContain("] +=");
        assertThat(compile(model.formatted(3, 2)).javaSource()).contains("Arrays.fill", "] +=");
    }

    @Test
    void slicesThatMakeUpATensorAreOneFactorOfProducts() {
        String text = compile("""
                model Gates(N, M) {
                  param x : real[N, M]; param W : real[M, 2*M];
                  let z = x @ W;
                  loss = sum(sin(z[:, :M]) * cos(z[:, M:]));
                }""").javaSource();
        String backward = body(text, "computeBackward");
        assertThat(backward.split("MatrixProduct.multiply", -1)).hasSize(1 + 2);
        assertThat(backward).doesNotContain("Arrays.fill", "] +=");
    }

    private static final String READER = """
            model Reader(N, T, V, D) {
              input text : int[T, N] in 0..V-1;
              param table : real[V, D];
              scan t in 0..T-1 with s = 0 {
                s' = s + sum(sin(table[text[t, :], :]));
              }
              loss = s + sum(table);
            }""";

    @Test
    void rowsReadInALoopAreAddedInPlace() {
        String text = compile(READER).javaSource();
        assertThat(body(text, "stepBackwardOverT")).contains("+=").doesNotContain("V");
        assertThat(body(text, "computeBackward")).doesNotContain("System.arraycopy");
    }

    @Test
    void rowsReadInALoopGiveBackWhatTheyShould() {
        double[] table = {0.1, -0.4, 0.7, 1.3, -2.0, 0.2};
        Tensor reads = new Tensor(new double[] {0, 2, 2, 2, 0, 2}, new int[] {3, 2});
        Map<String, Tensor> data = Map.of("table", new Tensor(table, new int[] {3, 2}), "text", reads);
        double[] gradient = ModelRunner.load(compile(READER))
                .evaluate(data, Map.of(), Optional.empty())
                .gradients()
                .get("table")
                .values();
        double[] times = {2, 0, 4};
        for (int i = 0; i < table.length; i++) {
            assertThat(gradient[i]).isCloseTo(1 + times[i / 2] * Math.cos(table[i]), within(1e-14));
        }
    }

    /** The body of the method {@code name} in {@code text}. */
    private static String body(String text, String name) {
        int start = text.indexOf("private void " + name + "(");
        assertThat(start).isNotNegative();
        return text.substring(text.indexOf('{', start), text.indexOf("\n    }", start));
    }
}
