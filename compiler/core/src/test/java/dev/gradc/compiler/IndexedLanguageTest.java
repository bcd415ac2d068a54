package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.compiler.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What index notation, imports, custom gates and subscripts mean, seen through the generated class. */
class IndexedLanguageTest {

    private static final Offset<Double> EXACT = Offset.offset(1e-14);
    private static final Tensor MATRIX = new Tensor(new double[] {1, 2, 3, 4, 5, 6}, new int[] {2, 3});

    private static double value(Evaluation evaluation, String output) {
        return evaluation.outputs().get(output).values()[0];
    }

    private static double[] output(Evaluation evaluation, String name) {
        return evaluation.outputs().get(name).values();
    }

    private static double[] gradient(Evaluation evaluation, String name) {
        return evaluation.gradients().get(name).values();
    }

    /** The one model of several files. */
    private static Evaluation evaluate(Map<String, Tensor> data, String... texts) {
        List<SourceFile> sources = IntStream.range(0, texts.length)
                .mapToObj(i -> new SourceFile("file" + i + ".grad", texts[i]))
                .toList();
        Compilation compilation = Gradc.compile(sources, CompilerOptions.defaults());
        assertThat(compilation.diagnostics().stream().map(Diagnostic::code)).isEmpty();
        assertThat(compilation.models()).hasSize(1);
        return ModelRunner.load(compilation.models().get(0)).evaluate(data, Map.of(), Optional.empty());
    }

    @Test
    void aProductInIndexNotationIsTheProduct() {
        Evaluation at = TestModels.evaluate(
                "model M(N, K) { param A : real[N, K]; let C[i, j] = sum[k] A[i, k] * A[j, k]; output C;"
                        + " loss = sum[i, j] (i + 1) * (j + 2) * C[i, j]; }",
                Map.of("A", MATRIX));
        assertThat(output(at, "C")).containsExactly(14, 32, 32, 77);
        // weights W = [[2, 3], [4, 6]]; gradient (W + W') A
        assertThat(value(at, "loss")).isEqualTo(2 * 14 + 7 * 32 + 6 * 77);
        assertThat(gradient(at, "A")).containsExactly(4 + 28, 8 + 35, 12 + 42, 7 + 48, 14 + 60, 21 + 72);
    }

    @Test
    void bindersFoldTheirRanges() {
        Evaluation at = TestModels.evaluate(
                "model M { param x : real[3]; output p = prod[i] x[i]; output m = mean[i in 1..2] x[i];"
                        + " output largest = max[i] x[i] * (-1)^i; output smallest = min[i in 0..1] x[i];"
                        + " output place = argmax[i in 1..2] x[i]; output l = logsumexp[i] x[i];"
                        + " output some = any[i] (x[i] > 4); output every = all[i] (x[i] > 0); }",
                Map.of("x", Tensor.vector(2, 5, 3)));
        assertThat(value(at, "p")).isEqualTo(30);
        assertThat(value(at, "m")).isEqualTo(4);
        assertThat(value(at, "largest")).isEqualTo(3);
        assertThat(value(at, "smallest")).isEqualTo(2);
        assertThat(value(at, "place")).isEqualTo(1);
        assertThat(value(at, "l")).isCloseTo(5 + Math.log(1 + Math.exp(-3) + Math.exp(-2)), EXACT);
        assertThat(value(at, "some")).isEqualTo(1);
        assertThat(value(at, "every")).isEqualTo(1);
    }

    @Test
    void aBinderTakesTheProductBehindItAndNoSum() {
        Evaluation at = TestModels.evaluate(
                "model M { param x : real[3]; loss = sum[i] x[i] * 2 + 1; }", Map.of("x", Tensor.vector(1, 2, 3)));
        assertThat(value(at, "loss")).isEqualTo(13);
    }

    @Test
    void innerIndicesHideOuterOnes() {
        Evaluation at = TestModels.evaluate(
                "model M { param x : real[3]; let y[i] = x[i] * (sum[i] x[i]); output y; loss = y[1]; }",
                Map.of("x", Tensor.vector(1, 2, 3)));
        assertThat(output(at, "y")).containsExactly(6, 12, 18);
        assertThat(gradient(at, "x")).containsExactly(2, 8, 2);
    }

    @Test
    void windowsAddTheirGradients() {
        Evaluation at = TestModels.evaluate(
                "model M(N) { param x : real[N + 1]; let d[i in 0..N-1] = x[i + 1] - x[i]; loss = sum[i] (i + 1) * d[i]; }",
                Map.of("x", Tensor.vector(1, 2, 4, 8)));
        assertThat(value(at, "loss")).isEqualTo(1 + 4 + 12);
        assertThat(gradient(at, "x")).containsExactly(-1, -1, -1, 3);
    }

    @Test
    void convolutionsRunAsFarAsTheSubscriptsAllow() {
        Evaluation at = TestModels.evaluate(
                "model M { param x : real[5]; param w : real[2]; let y[i] = sum[u] x[2*i + u] * w[u]; output y;"
                        + " loss = sum(y); }",
                Map.of("x", Tensor.vector(1, 2, 3, 4, 5), "w", Tensor.vector(10, 1)));
        assertThat(output(at, "y")).containsExactly(12, 34);
        assertThat(gradient(at, "x")).containsExactly(10, 1, 10, 1, 0);
        assertThat(gradient(at, "w")).containsExactly(4, 6);
    }

    @Test
    void aFunctionOfAnotherFileSeesWhatItsOwnFileSees() {
        Evaluation at = evaluate(
                Map.of("x", Tensor.scalar(5)),
                "package app; import a.b.*; const scale = 100; fn helper(x) = 1000 * x;"
                        + " model M { param x : real; loss = twice(x) + scale + offset; }",
                "package a.b; const scale = 2; const offset = 0.5; fn helper(x) = scale * x; fn twice(x) = helper(x);");
        assertThat(value(at, "loss")).isEqualTo(10 + 100 + 0.5);
        assertThat(gradient(at, "x")).containsExactly(2);
    }

    @Test
    void oneNameMayBeImportedAlone() {
        Evaluation at = evaluate(
                Map.of("x", Tensor.scalar(3)),
                "import a.b.square; model M { param x : real; loss = square(x); }",
                "package a.b; fn square(x) = own(x) * x; fn own(x) = x;");
        assertThat(value(at, "loss")).isEqualTo(9);
        assertThat(gradient(at, "x")).containsExactly(6);
    }

    @Test
    void aFunctionNamedLikeOneOfTheLibraryIsNotSeenByTheLibrary() {
        Map<String, Tensor> data = Map.of("s", Tensor.vector(1, 2, 4), "y", Tensor.scalar(1));
        String model =
                "model M { param s : real[3]; input y : int in 0..2; output l = cross_entropy(s, y); loss = l; }";
        Evaluation plain = TestModels.evaluate(model, data);
        Evaluation own = TestModels.evaluate(
                "fn log_softmax(x, axis = -1) = 0 * x; fn softmax(x) = 7 * x;"
                        + model.replace("l; }", "l + softmax(0); }"),
                data);
        assertThat(value(own, "loss")).isEqualTo(value(plain, "loss"));
        assertThat(gradient(own, "s")).containsExactly(gradient(plain, "s"));
    }

    @Test
    void customGatesHaveTheDerivativeTheySay() {
        String gate = "gate clip(x, limit) { forward min(x, limit); backward(g) g, 0; }\n";
        Evaluation at = TestModels.evaluate(
                gate + "fn outer(x) = clip(2 * x, 3) + 1;\n"
                        + "model M(N) { param x : real[N]; param c : real; let y[i] = clip(x[i], c) * (i + 1);"
                        + " loss = sum(y) + (sum[i] outer(x[i])) + sum(clip(x, 0)); }",
                Map.of("x", Tensor.vector(1, 5), "c", Tensor.scalar(4)));
        assertThat(value(at, "loss")).isEqualTo(1 + 8 + (2 + 1) + (3 + 1));
        assertThat(gradient(at, "x")).containsExactly(1 + 2 + 1, 2 + 2 + 1);
        assertThat(gradient(at, "c")).containsExactly(0);
    }

    @Test
    void backwardSeesParametersAndUpstream() {
        Evaluation at = TestModels.evaluate(
                "gate mul(x, y) { forward x * y; backward(up) 3 * up * y, up * x + 1; }\n"
                        + "model M { param x, y : real; loss = 2 * mul(x, mul(x, y)); }",
                Map.of("x", Tensor.scalar(5), "y", Tensor.scalar(7)));
        assertThat(value(at, "loss")).isEqualTo(2 * 25 * 7);
        // inner upstream: 2 * x + 1 = 11
        assertThat(gradient(at, "x")).containsExactly(3 * 2 * 35 + 3 * 11 * 7);
        assertThat(gradient(at, "y")).containsExactly(11 * 5 + 1);
    }

    @Test
    void defaultsUseTheParametersBeforeThem() {
        Evaluation at = TestModels.evaluate(
                "fn f(x, a = 2 * x, b = a + 1) = x + 10 * a + 100 * b;\n"
                        + "model M { param x : real; output p = f(x); output q = f(x, 1); output r = f(x, b = 0);"
                        + " loss = f(x); }",
                Map.of("x", Tensor.scalar(3)));
        assertThat(value(at, "p")).isEqualTo(3 + 60 + 700);
        assertThat(value(at, "q")).isEqualTo(3 + 10 + 200);
        assertThat(value(at, "r")).isEqualTo(3 + 60);
        assertThat(gradient(at, "x")).containsExactly(1 + 20 + 200);
    }

    @Test
    void tensorLiteralsAreTensorsOfTheirElements() {
        Evaluation at = TestModels.evaluate(
                "model M { param x : real; let A = [[1, x], [x^2, 2]]; output A; output B = [A[0, :], [x, 3]];"
                        + " loss = sum(A @ [10, 1]); }",
                Map.of("x", Tensor.scalar(3)));
        assertThat(output(at, "A")).containsExactly(1, 3, 9, 2);
        assertThat(at.outputs().get("A").shape()).containsExactly(2, 2);
        assertThat(output(at, "B")).containsExactly(1, 3, 3, 3);
        assertThat(gradient(at, "x")).containsExactly(1 + 10 * 6);
    }

    @Test
    void slicesStepAndRunBackwards() {
        Evaluation at = TestModels.evaluate(
                "model M(N) { param x : real[6]; param A : real[N, 3]; output a = x[::2]; output b = x[4:1:-2];"
                        + " output c = x[::-1]; output d = x[-2:]; output e = A[::-1, 1]; output f = x[-1];"
                        + " output h = A[:, ::-2]; loss = sum([1, 10, 100] * x[5::-2]); }",
                Map.of("x", Tensor.vector(0, 1, 2, 3, 4, 5), "A", MATRIX));
        assertThat(output(at, "a")).containsExactly(0, 2, 4);
        assertThat(output(at, "b")).containsExactly(4, 2);
        assertThat(output(at, "c")).containsExactly(5, 4, 3, 2, 1, 0);
        assertThat(output(at, "d")).containsExactly(4, 5);
        assertThat(output(at, "e")).containsExactly(5, 2);
        assertThat(output(at, "f")).containsExactly(5);
        assertThat(output(at, "h")).containsExactly(3, 1, 6, 4);
        assertThat(gradient(at, "x")).containsExactly(0, 100, 0, 10, 0, 1);
    }

    @Test
    void gathersTakeDeclaredImpliedAndClampedIndices() {
        Map<String, Tensor> data = Map.of(
                "E",
                MATRIX,
                "declared",
                Tensor.vector(1, 1),
                "implied",
                Tensor.scalar(2),
                "free",
                Tensor.vector(-7, 9));
        Evaluation at = TestModels.evaluate(
                "model M(N) { param E : real[2, 3]; input declared : int[N] in 0..1; input implied : int;"
                        + " input free : int[N]; output rows = E[declared]; output column = E[:, implied];"
                        + " let c[i] = E[min(max(free[i] + 1, 0), 1), declared[i] + 1]; output c;"
                        + " loss = sum(rows) + 10 * sum(column) + 100 * sum(c); }",
                data);
        assertThat(output(at, "rows")).containsExactly(4, 5, 6, 4, 5, 6);
        assertThat(output(at, "column")).containsExactly(3, 6);
        assertThat(output(at, "c")).containsExactly(3, 6);
        assertThat(gradient(at, "E")).containsExactly(0, 0, 110, 2, 2, 112);
    }

    @Test
    void anImpliedRangeIsCheckedOnEntry() {
        ModelRunner runner = ModelRunner.load(TestModels.compile(
                "model M { param x : real[3]; input k : int; loss = x[k]; }", CompilerOptions.defaults()));
        for (double outside : new double[] {-1, 3}) {
            Map<String, Tensor> data = Map.of("x", Tensor.vector(1, 2, 3), "k", Tensor.scalar(outside));
            assertThat(catchThrowable(() -> runner.evaluate(data, Map.of(), Optional.empty())))
                    .hasMessageContaining("0..2");
        }
    }

    @Test
    void branchesNotTakenStayZeroThroughSumsAndProducts() {
        String start =
                "model M(N) { param v : real[N]; param A : real[2, N];" + " let m = if v > 0 then sqrt(v) else 0; ";
        Tensor v = Tensor.vector(4, 0, -1);
        for (String loss : List.of(
                "sum(A @ m)",
                "sum[i, j] A[i, j] * m[j]",
                "sum[i] (sum[j] A[i, j] * m[j])",
                "sum[j] m[j] * (sum[i] A[i, j])",
                "sum(A * m)",
                "sum(sum(A * m, axis = 0))",
                "sum(A @ stack([m, m], axis = 1)) / 2")) {
            Evaluation at = TestModels.evaluate(start + "loss = " + loss + "; }", Map.of("v", v, "A", MATRIX));
            assertThat(value(at, "loss")).as(loss).isCloseTo(10, EXACT);
            assertThat(gradient(at, "v")).as(loss).containsExactly(5 * 0.25, 0, 0);
            assertThat(gradient(at, "A")).as(loss).containsExactly(2, 0, 0, 2, 0, 0);
        }
    }

    @Test
    void branchesNotTakenStayZeroInIndexNotationLayoutsAndGathers() {
        Map<String, Tensor> data = Map.of("v", Tensor.vector(4, 0, -1), "k", Tensor.vector(0, 1));
        for (String loss : List.of(
                "sum[i] (if v[i] > 0 then sqrt(v[i]) else 0)",
                "sum[i, j] (if v[i] > 0 then sqrt(v[i]) / 3 else 0) * (1 + 0 * v[j])",
                "sum(reshape(m, [3, 1]))",
                "sum(pad(m, [[1, 2]]))",
                "sum(concat([m, m])) / 2",
                "sum(m[::-1])",
                "sum(m[k]) + m[2]",
                "cumsum(m)[2]",
                "sum(sort(m))",
                "sum[i in 0..1] (if v[i] > 0 then sqrt(v[i]) else 0)",
                "max(m)",
                "sum(m * m) / sum(m)")) {
            Evaluation at = TestModels.evaluate(
                    "model M { param v : real[3]; input k : int[2] in 0..2; let m = if v > 0 then sqrt(v) else 0;"
                            + " loss = " + loss + "; }",
                    data);
            assertThat(value(at, "loss")).as(loss).isCloseTo(2, EXACT);
            assertThat(gradient(at, "v")[0]).as(loss).isCloseTo(0.25, EXACT);
            assertThat(gradient(at, "v")[1]).as(loss).isZero();
            assertThat(gradient(at, "v")[2]).as(loss).isZero();
        }
    }

    @Test
    void tiesRouteToTheFirstInIndexNotationSortsAndMatrices() {
        Map<String, Tensor> data = Map.of("x", Tensor.vector(3, 1, 3, 1));
        Map<String, double[]> expected = Map.of(
                "max[i] x[i]", new double[] {1, 0, 0, 0},
                "min[i in 1..3] x[i]", new double[] {0, 1, 0, 0},
                "max[i in 0..3] x[3 - i]", new double[] {0, 0, 1, 0},
                "sum[i] i * sort(x)[i]", new double[] {2, 0, 3, 1},
                "max(reshape(x, [2, 2]))", new double[] {1, 0, 0, 0});
        expected.forEach((loss, gradient) -> {
            Evaluation at = TestModels.evaluate("model M { param x : real[4]; loss = " + loss + "; }", data);
            assertThat(gradient(at, "x")).as(loss).containsExactly(gradient);
        });
    }

    @Test
    void aModelIsAFunctionOfItsInputsAndParams() {
        String text = """
                model Affine(N) { input x : real[N]; param w : real[N]; output y = w * x; output size = sum(w^2); }
                model Square { param x : real; loss = x^2; }
                model Use(N) {
                  input x : real[N];
                  param w : real[N];
                  loss = Square(sum(Affine(x, w).y)) + Affine(w = w, x = x).size;
                }
                """;
        Evaluation found = ModelRunner.load(
                        TestModels.compile(text, CompilerOptions.defaults().withModel("Use")))
                .evaluate(Map.of("x", Tensor.vector(1, 2), "w", Tensor.vector(3, 5)), Map.of(), Optional.empty());
        assertThat(found.outputs().get("loss").values()).containsExactly(13 * 13 + 34);
        assertThat(found.gradients().get("w").values()).containsExactly(2 * 13 + 6, 4 * 13 + 10);
    }
}
