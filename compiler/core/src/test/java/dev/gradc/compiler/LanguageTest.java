package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradc.compiler.run.DataException;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What models mean, seen through the generated class. */
class LanguageTest {

    private static final Offset<Double> EXACT = Offset.offset(1e-14);

    private static double value(Evaluation evaluation, String output) {
        return evaluation.outputs().get(output).values()[0];
    }

    private static double[] gradient(Evaluation evaluation, String name) {
        return evaluation.gradients().get(name).values();
    }

    @Test
    void aBranchNotTakenContributesAnExactZero() {
        for (String guarded : new String[] {
            "if x > 0 then sqrt(x) else 0",
            "if x > 0 then log(x) else 0",
            "if x != 0 then 1 / x else 0",
            "if x > 0 then x^0.5 else 0",
            "sum(if v > 0 then sqrt(v) * log(v) else 0) + x",
            "max(if x > 0 then log(x) else -1, -1)",
            within(20, "sqrt(x) * log(x)"),
            "sin(" + within(20, "exp(1 / x)") + ")"
        }) {
            Evaluation at = TestModels.evaluate(
                    "model M { param x : real; param v : real[2]; loss = " + guarded + "; }",
                    Map.of("x", Tensor.scalar(0), "v", Tensor.vector(0, 0)));
            double expected = guarded.endsWith("+ x") ? 1 : 0;
            assertThat(gradient(at, "x")).as(guarded).containsExactly(expected);
            assertThat(gradient(at, "v")).as(guarded).containsExactly(0, 0);
        }
    }

    /** {@code value} under so many conditions, the innermost of which does not hold at zero, where the others do. */
    private static String within(int conditions, String value) {
        String branches = value;
        for (int i = 0; i < conditions; i++) {
            branches = "(if x > -" + i + " then " + branches + " else 0)";
        }
        return branches;
    }

    @Test
    void tiesRouteTheWholeGradientToTheFirstOperand() {
        Map<String, Tensor> tie = Map.of("x", Tensor.scalar(2), "y", Tensor.scalar(2));
        for (String gate : new String[] {"max", "min"}) {
            Evaluation at = TestModels.evaluate("model M { param x, y : real; loss = " + gate + "(x, y); }", tie);
            assertThat(gradient(at, "x")).as(gate).containsExactly(1);
            assertThat(gradient(at, "y")).as(gate).containsExactly(0);
        }
        Evaluation folded = TestModels.evaluate(
                "model M { param v : real[4]; loss = max(v); }", Map.of("v", Tensor.vector(1, 3, 3, 2)));
        assertThat(gradient(folded, "v")).containsExactly(0, 1, 0, 0);
        Evaluation large = TestModels.evaluate(
                "model M(N) { param v : real[N]; loss = max(v); }",
                Map.of("v", new Tensor(new double[] {3, 1, 3}, new int[] {3})));
        assertThat(gradient(large, "v")).containsExactly(1, 0, 0);
    }

    @Test
    void kinksFollowTheConventions() {
        Evaluation at = TestModels.evaluate(
                "model M { param x, y : real; loss = relu(x) + abs(y); }",
                Map.of("x", Tensor.scalar(0), "y", Tensor.scalar(0)));
        assertThat(gradient(at, "x")).containsExactly(0);
        assertThat(gradient(at, "y")).containsExactly(0);
    }

    @Test
    void powersAtZeroHaveTheirLimits() {
        Evaluation at = TestModels.evaluate(
                "model M { param x, n : real; loss = x^n + x^2 + x^0 + x^1; }",
                Map.of("x", Tensor.scalar(0), "n", Tensor.scalar(0)));
        assertThat(value(at, "loss")).isEqualTo(2);
        assertThat(gradient(at, "x")).containsExactly(1);
        assertThat(gradient(at, "n")).containsExactly(0);
    }

    @Test
    void definitionsMayComeInAnyOrder() {
        Evaluation at = TestModels.evaluate(
                "model M { loss = a * b; let a = b + x; let b = c * x; const c = 3; param x : real; }",
                Map.of("x", Tensor.scalar(2)));
        assertThat(value(at, "loss")).isEqualTo(48);
        assertThat(gradient(at, "x")).containsExactly(48);
    }

    @Test
    void broadcastingAlignsFromTheLastAxis() {
        Evaluation at = TestModels.evaluate(
                "model M(N) { param A : real[N, 3]; param b : real[3]; param c : real[N, 1]; loss = sum(A * b + c); }",
                Map.of(
                        "A", new Tensor(new double[] {1, 2, 3, 4, 5, 6}, new int[] {2, 3}),
                        "b", Tensor.vector(1, 10, 100),
                        "c", new Tensor(new double[] {1000, 2000}, new int[] {2, 1})));
        assertThat(value(at, "loss")).isEqualTo(321 + 654 + 9000);
        assertThat(gradient(at, "b")).containsExactly(5, 7, 9);
        assertThat(gradient(at, "c")).containsExactly(3, 3);
    }

    @Test
    void productsOfAllKindsHaveTheirGradients() {
        Map<String, Tensor> data = Map.of(
                "A", new Tensor(new double[] {1, 2, 3, 4, 5, 6}, new int[] {2, 3}),
                "x", Tensor.vector(1, -1, 2),
                "y", Tensor.vector(3, 1));
        Evaluation at = TestModels.evaluate(
                "model M(N, D) { param A : real[N, D]; param x : real[D]; param y : real[N];"
                        + " loss = y @ A @ x + sum(A @ A') + (x @ x); }",
                data);
        // y A x = (7, 11, 15) . (1, -1, 2) = 26; A A' = [[14, 32], [32, 77]]
        assertThat(value(at, "loss")).isEqualTo(26 + 155 + 6);
        assertThat(gradient(at, "x")).containsExactly(7 + 2, 11 - 2, 15 + 4);
        assertThat(gradient(at, "y")).containsExactly(5, 11);
        assertThat(gradient(at, "A")).containsExactly(3 + 10, -3 + 14, 6 + 18, 1 + 10, -1 + 14, 2 + 18);
    }

    @Test
    void softmaxIsStableForLargeScores() {
        Evaluation at = TestModels.evaluate(
                "model M(N) { param s : real[N]; input y : int in 0..N-1; output p = softmax(s);"
                        + " loss = cross_entropy(s, y); }",
                Map.of("s", Tensor.vector(1000, 1001, -1e308), "y", Tensor.scalar(0)));
        double p = 1 / (1 + Math.E);
        assertThat(at.outputs().get("p").values()[0]).isCloseTo(p, EXACT);
        assertThat(value(at, "loss")).isCloseTo(-Math.log(p), EXACT);
        assertThat(gradient(at, "s")[0]).isCloseTo(p - 1, EXACT);
        assertThat(gradient(at, "s")[2]).isZero();
    }

    @Test
    void logSumExpOfInfinitiesIsTheirMaximum() {
        Evaluation at = TestModels.evaluate(
                "model M { input x : real[3]; output l = logsumexp(x); }",
                Map.of(
                        "x",
                        Tensor.vector(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY)));
        assertThat(value(at, "l")).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aNonScalarOutputGivesItsVectorJacobianProduct() {
        GeneratedModel model = TestModels.compile(
                "model M(N) { param x : real[N]; output f = x^2; loss = sum(x); }",
                CompilerOptions.defaults().withOf("f"));
        Evaluation at = ModelRunner.load(model)
                .evaluate(Map.of("x", Tensor.vector(1, 2, 3)), Map.of(), Optional.of(Tensor.vector(1, 0, -1)));
        assertThat(gradient(at, "x")).containsExactly(2, 0, -6);
        assertThat(value(at, "loss")).isEqualTo(6);
    }

    @Test
    void aNonScalarOutputWithoutASeedIsEvaluatedOnly() {
        Evaluation at = TestModels.evaluate(
                "model M(N) { param x : real[N]; output f = x^2; }", Map.of("x", Tensor.vector(1, 3)));
        assertThat(at.outputs().get("f").values()).containsExactly(1, 9);
        assertThat(at.gradients()).isEmpty();
    }

    @Test
    void severalOutputsWithoutALossAreEvaluatedOnly() {
        Evaluation at = TestModels.evaluate(
                "model M(N) { param x, y : real[N]; param z : real; output f = x + y; output g = z * x; }",
                Map.of("x", Tensor.vector(1, 3), "y", Tensor.vector(10, 20), "z", Tensor.scalar(2)));
        assertThat(at.outputs().get("f").values()).containsExactly(11, 23);
        assertThat(at.outputs().get("g").values()).containsExactly(2, 6);
        assertThat(at.gradients()).isEmpty();
    }

    @Test
    void inputsAreDifferentiatedWhenAskedFor() {
        Evaluation at = TestModels.evaluate(
                "model M(N) { input x : real[N]; param w : real[N]; loss = w @ x; }",
                CompilerOptions.defaults().withWrt(List.of("x")),
                Map.of("x", Tensor.vector(1, 2), "w", Tensor.vector(5, 7)));
        assertThat(at.gradients()).containsOnlyKeys("x");
        assertThat(gradient(at, "x")).containsExactly(5, 7);
    }

    @Test
    void functionsAreShapePolymorphicWithDefaultsAndNames() {
        Evaluation at = TestModels.evaluate(
                "fn huber(r, delta = 1) = if abs(r) <= delta then 0.5 * r^2 else delta * (abs(r) - 0.5 * delta);\n"
                        + "model M { param x : real[3]; param y : real; loss = sum(huber(x)) + huber(y, delta = 2); }",
                Map.of("x", Tensor.vector(0.5, -3, 1), "y", Tensor.scalar(4)));
        assertThat(value(at, "loss")).isCloseTo(0.125 + 2.5 + 0.5 + 6, EXACT);
        assertThat(gradient(at, "x")).containsExactly(0.5, -1, 1);
        assertThat(gradient(at, "y")).containsExactly(2);
    }

    @Test
    void slicesAndPositionsReadWhatTheySay() {
        Evaluation at = TestModels.evaluate(
                "model M(N) { param x : real[N + 2]; let d = x[1:N + 1] - x[0:N]; loss = sum(d^2) + 10 * x[N + 1]; }",
                Map.of("x", Tensor.vector(1, 2, 4, 8, 16)));
        assertThat(value(at, "loss")).isEqualTo(1 + 4 + 16 + 160);
        assertThat(gradient(at, "x")).containsExactly(-2, -2, -4, 8, 10);
    }

    @Test
    void dataThatDoNotFitAreRefusedWithWhatWasExpected() {
        ModelRunner runner = ModelRunner.load(TestModels.compile(
                "model M(N) { param x : real[N, 2]; input y : int[N] in 0..1; loss = sum(pick(x, y)); }",
                CompilerOptions.defaults()));
        Tensor x = new Tensor(new double[] {1, 2, 3, 4}, new int[] {2, 2});
        assertThatThrownBy(() -> runner.evaluate(Map.of("x", x), Map.of(), Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`y`");
        assertThatThrownBy(
                        () -> runner.evaluate(Map.of("x", x, "y", Tensor.vector(0, 1, 1)), Map.of(), Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("N = 2");
        assertThatThrownBy(() -> runner.evaluate(Map.of("x", x, "y", Tensor.vector(0, 2)), Map.of(), Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("0..1")
                .hasMessageContaining("element 1 is 2");
        assertThatThrownBy(
                        () -> runner.evaluate(Map.of("x", x, "y", Tensor.vector(0, 0.5)), Map.of(), Optional.empty()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("whole numbers");
    }

    @Test
    void partsOfEveryElementTypeAreJoined() {
        Map<String, Tensor> data = Map.of("x", Tensor.vector(1, -2, 3), "k", Tensor.vector(2, 0));
        Evaluation at = TestModels.evaluate("""
                model M(N) {
                  param x : real[3];
                  input k : int[N] in 0..2;
                  let signs = [[x > 0, x > 2], [x < 0, x < -2]];
                  output counts = sum(if signs[0] then 1 else 0, axis = 1);
                  output ks = concat([pad(k, [[1, 0]]), [k[0], 1]]);
                  output picked = x[concat([k, [1]])];
                  let h = concat([x, -x]);
                  output turned = concat([h[3:6], h[0:3]]);
                  loss = sum(picked) + sum([x, 2 * x] * [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
                }
                """, data);
        assertThat(at.outputs().get("counts").values()).containsExactly(2, 1);
        assertThat(at.outputs().get("ks").values()).containsExactly(0, 2, 0, 2, 1);
        assertThat(at.outputs().get("picked").values()).containsExactly(3, 1, -2);
        assertThat(at.outputs().get("turned").values()).containsExactly(-1, 2, -3, 1, -2, 3);
        assertThat(gradient(at, "x")).containsExactly(1 + 1 + 8, 1 + 2 + 10, 1 + 3 + 12);
    }
}
