package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The text of generated classes: golden files in {@code src/test/golden/programs}, one folder a program, rewritten by
 * {@code -Dgolden=update}; and what holds for all of it.
 */
class GeneratedCodeTest {

    private static final Path GOLDEN = Path.of("src/test/golden/programs");

    static Stream<Path> programs() throws IOException {
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> listed = Files.list(GOLDEN)) {
            listed.filter(Files::isDirectory).sorted().forEach(folders::add);
        }
        return folders.stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void generatedClassesAreTheGoldenOnes(Path folder) throws IOException {
        SourceFile source = new SourceFile("program.grad", Files.readString(folder.resolve("program.grad")));
        Compilation compilation = Gradc.compile(List.of(source), CompilerOptions.defaults());
        assertThat(compilation.diagnostics()).isEmpty();
        for (GeneratedModel model : compilation.models()) {
            ModelRunner.load(model);
            Path expected = folder.resolve(model.className() + ".java");
            if ("update".equals(System.getProperty("golden")) && System.getenv("CI") == null) {
                Files.writeString(expected, model.javaSource());
            }
            assertThat(model.javaSource())
                    .as("%s; if the change is wanted, read it and run with -Dgolden=update", expected)
                    .isEqualTo(Files.readString(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void theSameModelGivesTheSameText(Path folder) throws IOException {
        SourceFile source = new SourceFile("program.grad", Files.readString(folder.resolve("program.grad")));
        assertThat(Gradc.compile(List.of(source), CompilerOptions.defaults()).models())
                .isEqualTo(Gradc.compile(List.of(source), CompilerOptions.defaults())
                        .models());
    }

    @Test
    void functionsThatShareTheirWorkAreOneCall() {
        String text = TestModels.compile(
                        "model Pairs(N) { param x : real[N]; loss = sum[i] sin(x[i]) + sum[i] normal_cdf(x[i]); }",
                        CompilerOptions.defaults())
                .javaSource();
        String together = text.substring(text.lastIndexOf("void computeValueAndGradient"));
        assertThat(together)
                .contains("BlockMath.sinAndCos(", "BlockMath.normalCdfAndDensity(")
                .doesNotContain(".sin(", ".cos(", ".normalCdf(", ".normalDensity(");
    }

    @Test
    void aLoopInsideAnotherRunsOverTheOnePlaceOfAllItsArrays() {
        String model = """
                model Rows(N, M) {
                  input a : real[N, M];
                  input s : real[N];
                  param w : real;
                  let y[i, j] = s[i] * a[i, j] + w * a[i, j]^2;
                  let turned[i, j] = y[i, M - 1 - j] + a[i, j];
                  output y;
                  output turned;
                  loss = w;
                }""";
        String text = TestModels.compile(model, CompilerOptions.defaults()).javaSource();
        assertThat(text)
                .contains(
                        "final double scalar1 = s[i];",
                        "for (int j = i * M, jEnd = j + M; j < jEnd; j++)",
                        "y[j] =",
                        "turned[i * M + j] =");
    }

    @Test
    void statesChangePlacesWithTheirNextValuesAndAreNotCopied() {
        String text = TestModels.compile(
                        "model Steps(N) { param x : real[N]; "
                                + "scan t in 0..4 with u = x, v = exp(x) { u' = sin(u) + v; v' = u * v; } "
                                + "loss = sum(u * v); }",
                        CompilerOptions.defaults())
                .javaSource();
        assertThat(text)
                .containsPattern("final double\\[] (next1) = (\\w+);\\s+\\2 = (\\w+);\\s+\\3 = \\1;")
                .contains("final double[] next2")
                .doesNotContain("arraycopy(work");
    }

    @Test
    void whatStepsStoreIsComputedWhereItIsStored() {
        String text = TestModels.compile(
                        "model Steps(N) { param x : real[N]; param A : real[N, N]; "
                                + "scan t in 0..4 with u = x { u' = tanh(A @ u) + u; } loss = sum(u); }",
                        CompilerOptions.defaults())
                .javaSource();
        assertThat(text)
                .contains("BlockMath.tanh(iEnd - iStart, work2, iStart, scan2, iStart + N * t)")
                .containsOnlyOnce("double[] scan2;")
                .doesNotContain("scan2[i + N * t] =");
    }

    @Test
    void rowsThatDataPickAreMultipliedAddedUpAndMovedByCalls() {
        String arguments = "input c, o : int[B] in 0..V-1; param E, F : real[V, D]; ";
        String text = TestModels.compile(
                        "model Scores(B, V, D = 64) { " + arguments
                                + "let score[b] = sum[d] E[c[b], d] * F[o[b], d]; loss = sum(score); }",
                        CompilerOptions.defaults())
                .javaSource();
        assertThat(text)
                .contains("BlockMath.dot(64, E, EOffset + c[i] * 64, F, FOffset + o[i] * 64)")
                .doesNotContain("block1");
        String moved = TestModels.compile(
                        "model Moved(B, V, D = 64) { " + arguments + "output near = scatter_add(E[c], o, V) + F; }",
                        CompilerOptions.defaults())
                .javaSource();
        assertThat(moved).contains("RowMath.addRows(1, 64, E, EOffset + c[i] * 64, 0, near, o[i] * 64, 0)");
    }

    @Test
    void manyFormulasOfTheSameElementsAreOneLoop() {
        StringBuilder outputs = new StringBuilder();
        for (int k = 1; k <= 60; k++) {
            outputs.append("output o" + k + " = " + k + " * x; ");
        }
        String text = TestModels.compile(
                        "model Wide(N) { param x : real[N]; " + outputs + " loss = sum(x); }",
                        CompilerOptions.defaults())
                .javaSource();
        String forward = text.substring(text.lastIndexOf("void computeForward"));
        assertThat(forward.substring(0, forward.indexOf("\n    }\n")).split("for \\(int i"))
                .hasSize(2);
    }

    @Test
    void aLongProgramIsCutIntoMethodsThatHotSpotCompiles() {
        int length = 2_000; // more values than a class can have fields for in good order
        GeneratedModel model = TestModels.compile(longChain(length), CompilerOptions.defaults());
        assertThat(model.javaSource().split("private void computeForward").length)
                .isGreaterThan(3);
        assertThat(MethodSizes.of(ModelRunner.load(model).classFiles()))
                .isNotEmpty()
                .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThan(8_000));
        double[] point = new Random(3).doubles(3, -1, 1).toArray();
        double[] expected = chain(length, point);
        double actual = ModelRunner.load(model)
                .evaluate(
                        Map.of(
                                "a",
                                Tensor.scalar(point[0]),
                                "b",
                                Tensor.scalar(point[1]),
                                "c",
                                Tensor.scalar(point[2])),
                        Map.of(),
                        Optional.empty())
                .outputs()
                .get("loss")
                .values()[0];
        assertThat(actual).isEqualTo(expected[0]);
        assertThat(model.javaSource()).contains("private final double[] scalars");
    }

    /** A chain in which each step uses the last two, so that values are kept. */
    private static String longChain(int length) {
        StringBuilder text = new StringBuilder("model Chain { param a, b, c : real;\n let s0 = a; let s1 = b;\n");
        for (int i = 2; i < length; i++) {
            text.append(" let s")
                    .append(i)
                    .append(" = sin(s")
                    .append(i - 1)
                    .append(") * c + s")
                    .append(i - 2);
            text.append(" * 0.5;\n");
        }
        return text.append(" loss = s").append(length - 1).append("; }").toString();
    }

    private static double[] chain(int length, double[] point) {
        double before = point[0];
        double last = point[1];
        for (int i = 2; i < length; i++) {
            double next = Math.sin(last) * point[2] + before * 0.5;
            before = last;
            last = next;
        }
        return new double[] {last};
    }
}
