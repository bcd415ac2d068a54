package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.compiler.source.SourceFile;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of many parts: compiled in proportion to their size, to the same text each time, in methods that HotSpot compiles. */
class BigModelTest {

    private static final int SIZE = 400;

    /** What a model four times as large may take, the same work for each part allowing for larger tables. */
    private static final double MOST_GROWTH = 4.8;

    private record Kind(String name, IntFunction<String> text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind(
                        "Scalars", n -> model("Scalars", "param x0 : real; param y : real;", n, "sin(x%d) * y", "x%d")),
                new Kind(
                        "Tensors",
                        n -> model(
                                "Tensors(N)", "param x0 : real[N]; param y : real[N];", n, "sin(x%d) * y", "sum(x%d)")),
                new Kind("Vectors", n -> model("Vectors", "param x0 : real[4];", n / 8, "sin(x%d) * x0", "sum(x%d)")),
                new Kind(
                        "Rows",
                        n -> model(
                                "Rows(N)", "param x0 : real; param y : real[N];", n / 4, "sum(sin(y * x%d))", "x%d")),
                new Kind("Layers", BigModelTest::layers),
                new Kind("Loops", BigModelTest::loops),
                new Kind("Step", BigModelTest::step),
                new Kind("Params", BigModelTest::params),
                new Kind("Outputs", BigModelTest::outputs));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void workGrowsInProportion(Kind kind) {
        allocated(kind, SIZE);
        assertThat((double) allocated(kind, 4 * SIZE) / allocated(kind, SIZE)).isLessThan(MOST_GROWTH);
    }

    /** The bytes allocated on the way from the lowered model to its class: a measure of work that no other process touches. */
    private static long allocated(Kind kind, int size) {
        var model = TestModels.lower(kind.text().apply(size), CompilerOptions.defaults());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Gradc.generate(model, CompilerOptions.defaults());
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void textIsTheSameEachTimeAndMethodsAreSmall() {
        List<GeneratedModel> models = compiled();
        assertThat(compiled()).isEqualTo(models);
        for (ModelRunner runner : ModelRunner.loadAll(models)) {
            assertThat(MethodSizes.of(runner.classFiles()))
                    .isNotEmpty()
                    .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThan(8_000));
        }
    }

    private static List<GeneratedModel> compiled() {
        return kinds().map(kind -> TestModels.compile(kind.text().apply(2 * SIZE), CompilerOptions.defaults()))
                .toList();
    }

    @Test
    void aClassOfManyMethodsIsCutIntoParts() {
        Kind kind = kinds().findFirst().orElseThrow();
        GeneratedModel model = TestModels.compile(kind.text().apply(8 * SIZE), CompilerOptions.defaults());
        assertThat(ModelRunner.load(model).classFiles()).hasSizeGreaterThan(2);
    }

    /** Layers that do the same run the same loops, from whichever part of the class, and each gives its own values. */
    @Test
    void loopsThatDoTheSameAreWrittenOnce() {
        int layers = 3_000;
        String text = model("Alike(N)", "param x0 : real[N];", layers, "sin(2 * x%d + 0.5)", "sum(x%d)");
        GeneratedModel model = TestModels.compile(text, CompilerOptions.defaults());
        assertThat(model.javaSource()).contains("AlikePart2");
        assertThat(model.javaSource().split("private void lanes", -1)).hasSizeLessThan(layers / 10);
        double[] x = {0.3, -0.9, 1.4};
        double sum = 0;
        for (double start : x) {
            double value = start;
            for (int i = 0; i < layers; i++) {
                value = Math.sin(2 * value + 0.5);
            }
            sum += value;
        }
        Map<String, Tensor> data = Map.of("x0", new Tensor(x, new int[] {x.length}));
        Tensor found = ModelRunner.load(model)
                .evaluate(data, Map.of(), Optional.empty())
                .outputs()
                .get("loss");
        assertThat(found.values()[0]).isCloseTo(sum, within(1e-12));
    }

    @Test
    void moreParamsThanAMethodTakesAreGivenAsOneVector() {
        int n = 200;
        double[] x = IntStream.range(0, n).mapToDouble(i -> 0.01 * i).toArray();
        Map<String, Tensor> data = new HashMap<>();
        for (int i = 0; i < n; i++) {
            data.put("x" + i, Tensor.scalar(x[i]));
        }
        Map<String, Tensor> gradients = TestModels.evaluate(params(2 * n), data).gradients();
        for (int i = 0; i < n; i++) {
            double expected = Math.cos(x[i]) * x[(i + 1) % n] + Math.sin(x[(i + n - 1) % n]);
            assertThat(gradients.get("x" + i).values()).containsExactly(new double[] {expected}, within(1e-12));
        }
    }

    @Test
    void moreInputsThanAMethodTakesAreRefused() {
        String inputs = each(1, 200, i -> "input x" + i + " : real;\n");
        String text = "model Inputs {\n" + inputs + "output y = x1 + x200; }";
        List<Diagnostic> problems = Gradc.compile(
                        List.of(new SourceFile("test.grad", text)), CompilerOptions.defaults())
                .diagnostics();
        assertThat(problems).extracting(Diagnostic::code).containsExactly("GC2031");
    }

    /** A model of {@code n} definitions {@code x1}, ..., each of the one before. */
    private static String model(String head, String params, int n, String step, String loss) {
        return "model " + head + " { " + params + "\n"
                + each(1, n, i -> "let x" + i + " = " + String.format(step, i - 1) + ";\n")
                + "loss = " + String.format(loss, n) + "; }";
    }

    private static String layers(int size) {
        int n = size / 8;
        return "model Layers(N, D) { input h0 : real[N, D];\n"
                + each(0, n - 1, i -> "param W" + i + " : real[D, D]; param b" + i + " : real[D];\n")
                + each(0, n - 1, i -> "let h" + (i + 1) + " = relu(h" + i + " @ W" + i + " + b" + i + ");\n")
                + "loss = sum(h" + n + "^2); }";
    }

    private static String loops(int size) {
        int n = size / 8;
        return "model Loops(T) { param a0 : real; param y : real;\n" + each(0, n - 1, BigModelTest::loop) + "loss = a"
                + n + "; }";
    }

    private static String loop(int i) {
        return "scan t in 0..T-1 with h" + i + " = a" + i + " { h" + i + "' = tanh(h" + i + " * y); } let a" + (i + 1)
                + " = h" + i + " + y;\n";
    }

    private static String step(int size) {
        int n = size / 2;
        return "model Step(T) { param x : real; param y : real; scan t in 0..T-1 with h = x {\nlet s0 = h + y;\n"
                + each(1, n, i -> "let s" + i + " = sin(s" + (i - 1) + ") * y;\n") + "h' = s" + n + "; } loss = h; }";
    }

    private static String params(int size) {
        int n = size / 2;
        return "model Params {\n" + each(0, n - 1, i -> "param x" + i + " : real;\n") + "loss = "
                + each(0, n - 1, i -> (i == 0 ? "" : " + ") + "sin(x" + i + ") * x" + (i + 1) % n) + "; }";
    }

    private static String outputs(int size) {
        return "model Outputs { param x : real; param y : real;\n"
                + each(1, size / 4, i -> "output o" + i + " = sin(x * " + i + ".5) * y;\n") + "loss = x * y; }";
    }

    private static String each(int first, int last, IntFunction<String> text) {
        return IntStream.rangeClosed(first, last).mapToObj(text).collect(Collectors.joining());
    }
}
