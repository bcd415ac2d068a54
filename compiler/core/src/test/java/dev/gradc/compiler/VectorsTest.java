package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops that are written with vectors, which do what loops of plain Java do; the build runs it with their module and without. */
class VectorsTest {

    private static final boolean HAS_MODULE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    /** All that lanes can be made of, and what they cannot: ints, arrays of conditions, functions between. */
    private static final String MODEL = """
            model Mixed(N) {
              param x : real[N];
              param y : real[N];
              param s : real;
              input k : int[N] in 0..2;
              input flag : bool[N];
              let total = x + 2 * y - s;
              let ratio = total / (1 + y * y) - sqrt(abs(x)) + sign(x - y) * s + max(x, y) * min(x, 0.5) + relu(y - x);
              let isLarge = ratio > 0.2 && !(x <= y) || k == 1;
              let chosen = if isLarge then exp(ratio) * x else -ratio;
              let other = if flag then chosen else if s < 0.5 && x >= 0 then y else chosen * s;
              output picked = if other != 0 then other else x;
              output large = isLarge;
              loss = sum(picked * chosen) + sum(if x == y then x else y);
            }
            """;

    /** Rows of memory, read, written and added to inside other loops and in the steps of a scan, and neighbours in a row. */
    private static final String ROWS = """
            model Rows(N, M = 3) {
              input X : real[M, N];
              param gain : real[N];
              param shift : real[N];
              let scaled[i, j] = X[i, j] * gain[j] + shift[j];
              scan t in 0..M-1 with h = 0 * gain {
                h' = 0.5 * h * gain + X[t];
              }
              let best[j] = max[i in 0..M-1] scaled[i, j] * X[i, 0];
              output highest = best;
              output last = h;
              loss = sum(relu(scaled) * scaled) + sum(h * gain) + sum[j in 0..N-2] (gain[j+1] - gain[j]^2)^2;
            }
            """;

    private final Random random = new Random(4);

    private static GeneratedModel compile(String text, boolean vectors) {
        return TestModels.compile(text, CompilerOptions.defaults().withVectors(vectors));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f64", "f32"})
    void loopsGiveTheSameBitsWhoeverMakesTheirVectors(String precision) {
        assumeThat(HAS_MODULE).isTrue();
        String text = "precision " + precision + ";\n" + MODEL;
        GeneratedModel written = compile(text, true);
        assertThat(written.javaSource()).contains("Vector.fromArray(SPECIES, ");
        ModelRunner found = ModelRunner.load(written);
        ModelRunner expected = ModelRunner.load(compile(text, false));
        for (int n : new int[] {1, 2, 7, 8, 9, 15, 16, 17, 33, 255, 256, 257, 600}) {
            Map<String, Tensor> data = data(n);
            assertSame(found.evaluate(data, Map.of(), Optional.empty()), expected, data);
        }
    }

    /** Of fields, locals, loops, blocks, and of methods and what they are called on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesOfTheModelAndOfGeneratedCodeDoNotMeet(boolean vectors) {
        assumeThat(HAS_MODULE || !vectors).isTrue();
        String text = MODEL;
        Map<String, String> names = Map.of(
                "total", "lanes", "ratio", "block1", "isLarge", "i", "chosen", "scalar1", "other", "iStart", "picked",
                "work1");
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replaceAll("\\b" + name.getKey() + "\\b", name.getValue());
        }
        Map<String, Tensor> data = data(600);
        Evaluation found = ModelRunner.load(compile(text, vectors)).evaluate(data, Map.of(), Optional.empty());
        Evaluation expected = ModelRunner.load(compile(MODEL, vectors)).evaluate(data, Map.of(), Optional.empty());
        expected.gradients()
                .forEach((name, value) ->
                        assertThat(found.gradients().get(name).values()).isEqualTo(value.values()));
        assertThat(found.outputs().get("work1").values())
                .isEqualTo(expected.outputs().get("picked").values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f64", "f32"})
    void loopsOverMemoryGiveTheSameValues(String precision) {
        assumeThat(HAS_MODULE).isTrue();
        String text = "precision " + precision + ";\n" + ROWS;
        GeneratedModel written = compile(text, true);
        assertThat(written.javaSource()).contains("(SPECIES, X, ", "int t)", ".intoArray(gradient, i + 1)");
        ModelRunner found = ModelRunner.load(written);
        ModelRunner expected = ModelRunner.load(compile(text, false));
        for (int n : new int[] {2, 3, 8, 9, 15, 16, 17, 33, 255, 256, 257, 600}) {
            Map<String, Tensor> data = Map.of(
                    "X", new Tensor(random.doubles(3L * n, -1, 1).toArray(), new int[] {3, n}),
                    "gain", new Tensor(random.doubles(n, -1, 1).toArray(), new int[] {n}),
                    "shift", new Tensor(random.doubles(n, -1, 1).toArray(), new int[] {n}));
            double bound = precision.equals("f64") ? 1e-13 : 1e-5;
            Evaluation values = found.evaluate(data, Map.of(), Optional.empty());
            Evaluation others = expected.evaluate(data, Map.of(), Optional.empty());
            others.outputs()
                    .forEach((name, value) -> assertClose(values.outputs().get(name), value, n * bound));
            others.gradients()
                    .forEach((name, value) -> assertClose(values.gradients().get(name), value, bound));
        }
    }

    /** The gradient's loop over all steps stores what the steps gave, and reads it. */
    @Test
    void whatLandsInMemoryIsReadWhenItIsThere() {
        assumeThat(HAS_MODULE).isTrue();
        String text = """
                model Landed {
                  param v : real;
                  let t[i in 0..17] = 0.2 + v;
                  let x = exp(t);
                  scan s in 0..17 with h = 0 * x[0] { h' = tanh(0.7 * h + x[s]); collect h; }
                  let total = sum(tanh(0.5 * t)) + sum(tanh(0.5 * h));
                  output slope = grad(total, v);
                  loss = total;
                }
                """;
        GeneratedModel written = compile(text, true);
        assertThat(written.javaSource()).contains(".fromArray(SPECIES, scatter");
        Evaluation found =
                ModelRunner.load(written).evaluate(Map.of("v", Tensor.scalar(-0.9)), Map.of(), Optional.empty());
        assertClose(found.outputs().get("slope"), found.gradients().get("v"), 1e-13);
    }

    /** Lanes gain nothing here, though they are asked for: an array, and three sums of products of arrays. */
    @Test
    void sumsOfProductsAreSummedByBlocksWhereLanesGainNothing() {
        assumeThat(HAS_MODULE).isTrue();
        String text = """
                model Correlation(N) {
                  param x : real[N];
                  input y : real[N];
                  let a = x - mean(x);
                  let b = y - mean(y);
                  loss = sum(a * b) / sqrt(sum(a^2) * sum(b^2));
                }
                """;
        GeneratedModel written = compile(text, true);
        assertThat(written.javaSource()).containsPattern("BlockMath.dot\\(.*, work1, iStart, b, iStart\\)");
        Map<String, Tensor> data = data(600);
        Map<String, Tensor> both = Map.of("x", data.get("x"), "y", data.get("y"));
        assertSame(
                ModelRunner.load(written).evaluate(both, Map.of(), Optional.empty()),
                ModelRunner.load(compile(text, false)),
                both);
    }

    private static void assertClose(Tensor found, Tensor expected, double bound) {
        for (int i = 0; i < expected.values().length; i++) {
            assertThat(found.values()[i]).isCloseTo(expected.values()[i], Offset.offset(bound));
        }
    }

    private static void assertSame(Evaluation found, ModelRunner other, Map<String, Tensor> data) {
        Evaluation expected = other.evaluate(data, Map.of(), Optional.empty());
        expected.outputs()
                .forEach((name, value) ->
                        assertThat(found.outputs().get(name).values()).isEqualTo(value.values()));
        expected.gradients()
                .forEach((name, value) ->
                        assertThat(found.gradients().get(name).values()).isEqualTo(value.values()));
    }

    private Map<String, Tensor> data(int n) {
        int[] shape = {n};
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] y = random.doubles(n, -1, 1).toArray();
        y[n / 2] = x[n / 2];
        return Map.of(
                "x", new Tensor(x, shape),
                "y", new Tensor(y, shape),
                "s", Tensor.scalar(random.nextDouble()),
                "k", new Tensor(random.ints(n, 0, 3).asDoubleStream().toArray(), shape),
                "flag", new Tensor(random.ints(n, 0, 2).asDoubleStream().toArray(), shape));
    }

    @Test
    void classesWithoutSuchLoopsNeedNoModule() {
        GeneratedModel model = compile("model M { param x : real; loss = x * x; }", true);
        assertThat(model.javaSource()).doesNotContain("Vector", "vectors");
    }

    @Test
    void theirModuleIsAskedForWhereItIsMissing() {
        assumeThat(HAS_MODULE).isFalse();
        ModelRunner runner = ModelRunner.load(compile(MODEL, true));
        assertThatThrownBy(() -> runner.evaluate(data(3), Map.of(), Optional.empty()))
                .hasStackTraceContaining("start java with --add-modules jdk.incubator.vector");
    }
}
