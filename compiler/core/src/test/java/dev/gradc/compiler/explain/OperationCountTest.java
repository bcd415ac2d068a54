package dev.gradc.compiler.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.explain.Explanation.Cost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operations counted by hand. */
class OperationCountTest {

    private static Cost cost(String model) {
        return ExplainedModels.explain(model).cost();
    }

    @Test
    void aSumOfSquaresMultipliesAndAddsOnceAnElement() {
        Cost cost = cost("model M(N) { param x : real[N]; loss = sum(x^2); }");

        assertThat(cost.forward().formula()).isEqualTo("2*N");
        assertThat(cost.valueAndGradient().orElseThrow().formula()).isEqualTo("3*N");
        assertThat(cost.ratio()).contains(1.5);
        assertThat(cost.bytesKept()).isZero();
    }

    /** The gradients of w p log(p / q) are w + w log(p / q) and -w p / q, whatever w is: no division by p / q is left. */
    @Test
    void aWeightedDivergenceCancelsWhatItsLogarithmDividesBy() {
        String head = "model M(N) { input w : real[N]; param p : real[N]; param q : real[N]; ";
        Cost forward = cost(head + "loss = sum(w * p * log(p / q)); }");
        Cost reverse = cost(head + "loss = sum(w * p * log(q / p)); }");

        assertThat(forward.forward().formula()).isEqualTo("5*N");
        assertThat(forward.valueAndGradient().orElseThrow().formula()).isEqualTo("9*N");
        assertThat(reverse.valueAndGradient().orElseThrow().formula())
                .as("w * p is cheaper twice than kept")
                .isEqualTo("9*N");
    }

    /** The gradient of |x| is x / |x|: the 2 of the squares and the half of the root cancel. */
    @Test
    void aNormsGradientIsOneProductAnElement() {
        Cost one = cost("model M(N) { param x : real[N]; loss = sqrt(sum(x^2)); }");
        Cost many = cost("model M(B, N) { param x : real[B, N]; loss = sum(sqrt(sum(x^2, axis = 1))); }");

        assertThat(one.valueAndGradient().orElseThrow().formula()).isEqualTo("3*N + 2");
        assertThat(many.valueAndGradient().orElseThrow().formula()).isEqualTo("3*B*N + 3*B");
    }

    /** What is divided by its root mean square reaches its gradient three times, twice of these by the mean. */
    @Test
    void aRootMeanSquareAddsWhatItReachesTwiceBeforeItMultiplies() {
        Cost cost = cost("model M(B, N) { param x : real[B, N]; input t : real[B, N]; "
                + "loss = sum((x / sqrt(mean(x^2, axis = 1, keepdims = true)) - t)^2); }");

        assertThat(cost.ratio().orElseThrow()).isLessThanOrEqualTo(2.2);
    }

    @Test
    void aMatrixProductTakesTwoOperationsAMultiplyAddAndItsGradientTwiceThat() {
        Explanation explanation = ExplainedModels.explain(
                "model M(N, K, L) { param A : real[N, K]; param B : real[K, L]; output C = A @ B; }",
                CompilerOptions.defaults(),
                Map.of("K", 3, "L", 5));

        assertThat(explanation.dims()).isEqualTo(Map.of("N", 100, "K", 3, "L", 5));
        assertThat(explanation.cost().forward().formula()).isEqualTo("2*K*L*N");
        assertThat(explanation.cost().forward().value()).isEqualTo(2 * 3 * 5 * 100);
        assertThat(explanation.cost().backward().orElseThrow().formula()).isEqualTo("4*K*L*N");
        assertThat(explanation.cost().valueAndGradient()).isEmpty();
        assertThat(explanation.cost().ratio()).contains(3.0);
    }

    @Test
    void aRecurrenceCountsItsStepOncePerStep() {
        Cost cost = cost("""
                model M(T) { param a, x : real; scan t in 0..T-1 with h = x { h' = a * h + 1; } loss = h; }
                """);

        assertThat(cost.forward().formula()).isEqualTo("2*T");
        assertThat(cost.backward().orElseThrow().formula()).isEqualTo("3*T");
        assertThat(cost.bytesKept()).isEqualTo(100 * Double.BYTES);
    }

    @Test
    void aKernelCountsWhatItDeclares() {
        Cost cost = cost("model M { param A : real[3, 3]; output L = cholesky(A); }");

        assertThat(cost.forward().value()).isEqualTo(14);
    }

    @Test
    void whatIsPickedIsNoOperationAndWhatLandsIsOne() {
        Cost cost = cost("model M(N, V) { input k : int[N] in 0..V-1; param x : real[V]; output y = x[k]; }");

        assertThat(cost.forward().value()).isZero();
        assertThat(cost.backward().orElseThrow().formula()).isEqualTo("N");
        assertThat(cost.ratio()).isEmpty();
    }

    @Test
    void nominalDimsFitExtentsThatDependOnSeveral() {
        Explanation explanation = ExplainedModels.explain(
                "model M(L, K) { param x : real[L]; param w : real[K]; let y[i in 0..L-2*K] = x[i] * w[0];"
                        + " loss = sum(y); }");

        assertThat(explanation.dims().get("L") - 2 * explanation.dims().get("K") + 1)
                .isPositive();
    }

    @Test
    void dimsThatDoNotFitAreRefused() {
        String model = "model M(L, K) { param x : real[L]; param w : real[K]; let y[i in 0..L-2*K] = x[i] * w[0];"
                + " loss = sum(y); }";
        CompilerOptions options = CompilerOptions.defaults();

        assertThatThrownBy(() -> ExplainedModels.explain(model, options, Map.of("L", 3, "K", 4)))
                .isInstanceOf(UnfitDimsException.class)
                .hasMessageContaining("--dims");
        assertThatThrownBy(() -> ExplainedModels.explain(model, options, Map.of("N", 3)))
                .hasMessageContaining("no runtime dim `N`; it has L, K");
    }

    @Test
    void patternsAreFoundWhereTheyAre() {
        List<Explanation.Found> patterns = ExplainedModels.explain("""
                model M {
                  param x, y, z : real;
                  let a = x + y;
                  let b = max(a, z);
                  loss = a * b + detach(x * y);
                }
                """).patterns();

        assertThat(patterns.stream().map(p -> p.name() + " " + p.count() + " " + p.where()))
                .containsExactly(
                        "distributor 2 [model.grad:3, model.grad:5]",
                        "switcher 1 [model.grad:5]",
                        "router 1 [model.grad:4]",
                        "accumulator 1 [model.grad:3]");
    }
}
