package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.codegen.ModelPlan;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What forward keeps in memory for backward, and what backward computes again. */
class KeptTest {

    @Test
    void theOutputOfTanhSufficesForItsGradient() {
        assertThat(kept("param w : real[N]; input x : real[N]; loss = sum(tanh(x * w));"))
                .containsExactly("tanh");
    }

    @Test
    void theOutputOfReluSufficesForItsGradient() {
        ModelPlan plan =
                plan("input x : real[N, N]; param w, v : real[N, N]; let h = relu(x @ w); loss = sum((h @ v)^3);");
        assertThat(gates(Plans.kept(plan))).containsExactlyInAnyOrder("relu", "contract");
        assertThat(again(plan)).isEmpty();
    }

    @Test
    void whatIsAnOutputIsNotKeptTwice() {
        ModelPlan plan = plan("input x : real[N]; param w : real[N]; let y = exp(x * w); output y; loss = sum(y);");
        assertThat(Plans.kept(plan)).isEmpty();
        assertThat(again(plan)).isEmpty();
    }

    @Test
    void anExpensiveFunctionIsKeptOnceAndNeverComputedAgain() {
        ModelPlan plan = plan("param a, b : real[N]; let e = exp(a); loss = sum(e * b) + sum(e * e);");
        assertThat(gates(Plans.kept(plan))).containsExactly("exp");
        assertThat(again(plan)).isEmpty();
    }

    @Test
    void ofAChainOfCheapOperationsTheSmallestIsKept() {
        ModelPlan plan = plan("input x : real[N, N]; param w : real[N]; let s = sum[j] exp(x[:, j] * w);"
                + " let wide[i, j] = 2 * s[i] + x[i, j]; loss = sum(wide^3);");
        assertThat(Plans.bytes(Plans.kept(plan))).hasToString("8*N*N + 8*N");
    }

    @Test
    void productsAreKeptAndTheArithmeticBetweenThemIsNot() {
        ModelPlan plan = plan("input x : real[N, N]; param w, v : real[N, N]; let z = x @ w;"
                + " loss = sum((((3 * z + 1) * z) @ v)^3);");
        assertThat(gates(Plans.kept(plan))).containsExactly("contract", "contract");
        assertThat(again(plan)).isNotEmpty().allMatch(node -> node.gate().kind() == Gate.Kind.POINTWISE);
    }

    private static ModelPlan plan(String body) {
        return Plans.of("model M(N) { " + body + " }", CompilerOptions.defaults())
                .get(0);
    }

    private static List<String> kept(String body) {
        return gates(Plans.kept(plan(body)));
    }

    private static List<String> gates(Collection<Node> nodes) {
        return nodes.stream().map(node -> node.gate().name()).toList();
    }

    /** What forward has computed and backward computes again in a statement of its own. */
    private static List<Node> again(ModelPlan plan) {
        List<Node> forward = Plans.computed(plan.forward());
        return Plans.computed(plan.backward().orElseThrow()).stream()
                .filter(forward::contains)
                .toList();
    }
}
