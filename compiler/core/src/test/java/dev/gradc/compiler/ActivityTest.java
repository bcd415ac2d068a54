package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.codegen.ModelPlan;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Recurrence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is computed, kept or propagated for a gradient that nobody asked for. */
class ActivityTest {

    private static final String NETWORK =
            "input x : real[N, N]; param w, v : real[N, N]; let h = tanh(x @ w); loss = sum(tanh(h @ v));";

    private static final String RECURRENCE = "input x : real[T, N]; param w, u : real[N]; param s0 : real[N];"
            + " scan t in 0..T-1 with s = s0, c = x[0] { s' = tanh(s * w + x[t] * u); c' = sin(c) * x[t]; }"
            + " loss = sum(s) + sum(c);";

    @Test
    void onlyTheProductsOnTheWayToAVariableAskedForAreMade() {
        assertThat(count(Gate.Kind.CONTRACTION, backward(NETWORK))).isEqualTo(3);
        assertThat(count(Gate.Kind.CONTRACTION, backward(NETWORK, "v"))).isEqualTo(1);
        assertThat(count(Gate.Kind.CONTRACTION, backward(NETWORK, "w"))).isEqualTo(2);
    }

    @Test
    void whatOnlyAnotherGradientNeedsIsNotKept() {
        String body = "param w, v : real[N]; loss = sum(exp(w) * tanh(v));";
        assertThat(gates(Plans.kept(plan(body)))).containsExactlyInAnyOrder("exp", "tanh");
        String apart = "param w, v : real[N]; loss = sum(exp(w) + tanh(v));";
        assertThat(gates(Plans.kept(plan(apart, "w")))).containsExactly("exp");
        assertThat(gates(Plans.kept(plan(apart, "v")))).containsExactly("tanh");
    }

    @Test
    void aParamWithoutInfluenceCostsOneStatementAndKeepsNothing() {
        String body = "input x : real[N]; param w : real[N]; loss = sum(exp(x));";
        assertThat(Plans.computed(backward(body))).hasSize(1);
        assertThat(Plans.kept(plan(body))).isEmpty();
    }

    @Test
    void anOutputBesideTheLossIsNoneOfBackwardsBusiness() {
        ModelPlan plan = plan("param w : real[N]; let side = sin(tanh(w)); output side; loss = sum(exp(w));");
        assertThat(Plans.kept(plan))
                .singleElement()
                .satisfies(node -> assertThat(node.gate()).hasToString("exp"));
        assertThat(gates(Plans.computed(plan.backward().orElseThrow()))).doesNotContain("sin", "tanh");
        assertThat(gates(Plans.computed(plan.fused().orElseThrow()))).containsOnlyOnce("sin", "exp");
    }

    @Test
    void aStateThatNoVariableReachesIsNeitherKeptNorGivenAnAdjoint() {
        ModelPlan plan = plan(RECURRENCE);
        assertThat(Plans.bytes(Plans.kept(plan))).isEqualTo(bytesOfSequences(2));
        assertThat(loop(plan.backward().orElseThrow()).body().states()).hasSize(3);
    }

    @Test
    void aLoopSumsUpTheGradientsAskedForAlone() {
        ModelPlan plan = plan(RECURRENCE, "u");
        assertThat(Plans.bytes(Plans.kept(plan))).isEqualTo(bytesOfSequences(1));
        assertThat(loop(plan.backward().orElseThrow()).body().states()).hasSize(2);
        assertThat(loop(plan(RECURRENCE, "s0").backward().orElseThrow()).body().states())
                .hasSize(1);
    }

    private static Dim bytesOfSequences(int count) {
        return Dim.symbol("T").times(Dim.symbol("N")).times(Dim.of(8L * count));
    }

    private static Recurrence loop(Program program) {
        assertThat(program.recurrences()).hasSize(1);
        return program.recurrences().get(0);
    }

    private static ModelPlan plan(String body, String... wrt) {
        CompilerOptions options = CompilerOptions.defaults().withWrt(List.of(wrt));
        String dims = body.contains("T") ? "N, T" : "N";
        return Plans.of("model M(" + dims + ") { " + body + " }", options).get(0);
    }

    private static Program backward(String body, String... wrt) {
        return plan(body, wrt).backward().orElseThrow();
    }

    private static List<String> gates(List<Node> nodes) {
        return nodes.stream().map(node -> node.gate().name()).toList();
    }

    private static long count(Gate.Kind kind, Program program) {
        return Plans.computed(program).stream()
                .filter(node -> node.gate().kind() == kind)
                .count();
    }
}
