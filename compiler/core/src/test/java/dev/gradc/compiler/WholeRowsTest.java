package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradc.compiler.eval.Evaluator;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Rows that are copied, added and multiplied by one call each, short ones that are written out, and loops in the place of
 * their values' only use: the numbers are those of the reference evaluator on the plain graph.
 */
class WholeRowsTest {

    private static final double CLOSE = 1e-12;
    private static final int BATCH = 3;

    @Test
    void windowsOfImagesAndTheirGradients() {
        String text = check(
                """
                model Images(N) {
                  input X : real[N, 1, 12, 11];
                  param K : real[6, 1, 5, 5];
                  param b : real[6];
                  param L : real[5, 6, 3, 4];
                  let inner = tanh(conv2d(X, K, padding = 2) + reshape(b, [6, 1, 1]));
                  loss = sum(conv2d(inner, L)^2);
                  output dK = grad(loss, K);
                  output db = grad(loss, b);
                  output dL = grad(loss, L);
                }""",
                Map.of("X", shape(BATCH, 1, 12, 11), "K", shape(6, 1, 5, 5), "b", shape(6), "L", shape(5, 6, 3, 4)));
        assertThat(text).contains("RowMath.copyRows(", "RowMath.addRows(");
    }

    @Test
    void headsOfAttentionAndTheirGradients() {
        String text =
                check("""
                model Heads(N) {
                  input X : real[N, 12, 20];
                  param Q : real[20, 20];
                  param K : real[20, 20];
                  param b : real[20];
                  let q = permute(reshape(X @ Q + b, [N, 12, 2, 10]), [0, 2, 1, 3]);
                  let k = permute(reshape(X @ K, [N, 12, 2, 10]), [0, 2, 3, 1]);
                  let heads = permute(softmax(0.3 * (q @ k)) @ q, [0, 2, 1, 3]);
                  loss = sum(reshape(heads, [N, 12, 20])^2);
                  output dQ = grad(loss, Q);
                  output dK = grad(loss, K);
                  output db = grad(loss, b);
                }""", Map.of("X", shape(BATCH, 12, 20), "Q", shape(20, 20), "K", shape(20, 20), "b", shape(20)));
        assertThat(text).contains("RowMath.copyRows(");
    }

    @Test
    void sumsOfProductsWithWhatIsTheSameInAllTerms() {
        String text = check("""
                model Sums(N) {
                  input X : real[N, 24];
                  param w : real[24];
                  param s : real[N];
                  let sums[i] = sum[j] X[i, j] * s[i] * w[j];
                  let squares[i] = sum[j] X[i, j]^2 * s[i];
                  loss = sum(sums^2) + sum(squares * sums);
                  output dw = grad(loss, w);
                  output ds = grad(loss, s);
                  output sums;
                }""", Map.of("X", shape(BATCH, 24), "w", shape(24), "s", shape(BATCH)));
        assertThat(text).contains("BlockMath.dot(");
    }

    @Test
    void smallMatricesAreWrittenOut() {
        String text = check("""
                model Small {
                  param A : real[10, 10];
                  param x : real[10];
                  let p = A @ x;
                  let H[i, j] = A[i, j] * p[j] + x[i] * A[j, i];
                  loss = sum(p^3);
                  output H;
                  output dA = grad(loss, A);
                  output dx = grad(loss, x);
                }""", Map.of("A", shape(10, 10), "x", shape(10)));
        assertThat(text)
                .contains("pAt += ", "dA[i * 10] = ", "dA[i * 10 + 9] = ")
                .doesNotContain("dA[i * 10 + j] =", "multiplyVector");
    }

    @Test
    void whatOneLaterLoopNeedsIsComputedThere() {
        String text = check("""
                model Late(N) {
                  input A : real[N, N];
                  input r : real;
                  param b : real[N];
                  let u = b * sum(b);
                  let s = log(2 + r);
                  let m[i, j] = u[i] * A[j, i] + s * A[i, j];
                  loss = sum(m);
                  output m;
                }""", Map.of("A", shape(BATCH, BATCH), "b", shape(BATCH), "r", shape()));
        assertThat(text).contains("final double u = ").doesNotContain("u[i] = ");
    }

    private static int[] shape(int... extents) {
        return extents;
    }

    /** Compares outputs and gradients; gives the text of the class. */
    private static String check(String text, Map<String, int[]> shapes) {
        Random random = new Random(17);
        Map<String, Tensor> data = new LinkedHashMap<>();
        Map<String, double[]> variables = new LinkedHashMap<>();
        shapes.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            int size = Arrays.stream(entry.getValue()).reduce(1, (left, right) -> left * right);
            double[] values = random.doubles(size, -1, 1).toArray();
            data.put(entry.getKey(), new Tensor(values, entry.getValue()));
            variables.put(entry.getKey(), values);
        });
        GeneratedModel model = TestModels.compile(text, CompilerOptions.defaults());
        Evaluation found = ModelRunner.load(model).evaluate(data, Map.of(), Optional.empty());
        LoweredModel plain = TestModels.lower(text, CompilerOptions.defaults().withSimplify(false));
        List<Node> outputs =
                plain.outputs().stream().map(LoweredModel.Output::node).toList();
        Map<Node, double[]> expected = Evaluator.evaluate(outputs, Map.of("N", BATCH), variables);
        for (LoweredModel.Output output : plain.outputs()) {
            double[] values = expected.get(output.node());
            same(output.name(), found.outputs().get(output.name()), values);
            if (output.name().startsWith("d")) {
                same(
                        "gradient " + output.name(),
                        found.gradients().get(output.name().substring(1)),
                        values);
            }
        }
        return model.javaSource();
    }

    private static void same(String name, Tensor found, double[] expected) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertThat(found.values()).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.values()[i]).as("%s, element %d", name, i).isCloseTo(expected[i], within(CLOSE * scale));
        }
    }
}
