package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.codegen.ModelPlan;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.KernelCall;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Recurrence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the gradient of a recurrence does in its loop, and what behind it. */
class StoredStepsTest {

    private static final String DECLARED = "input x : real[T, N, H]; param W : real[H, H]; ";
    private static final String BODY = " with s = x[0] { s' = tanh(s @ W + x[t]); } loss = sum(s);";

    @Test
    void theReverseLoopComputesNoProductOrFunctionAgain() {
        assertThat(gates(reverse(DECLARED + "scan t in 0..T-1" + BODY).step()))
                .doesNotContain("tanh")
                .containsOnlyOnce("contract");
    }

    @Test
    void aCheckpointedLoopStoresItsStatesAlone() {
        ModelPlan plan = plan(DECLARED + "scan t in 0..T-1" + BODY.replace(" {", " checkpoint 10 {"));
        assertThat(Plans.bytes(Plans.kept(plan))).hasToString("4*H*N*T/5");
    }

    @Test
    void theGradientOfWeightsIsOneProductBehindTheLoop() {
        String model = DECLARED + "scan t in 0..T-1" + BODY;
        assertThat(reverse(model).body().states()).hasSize(1);
        assertThat(plan(model).backward().orElseThrow().items()).hasAtLeastOneElementOfType(KernelCall.class);
    }

    @Test
    void productsSmallerThanTheirFactorsAreAddedUpInTheLoop() {
        String model = "input x : real[T, 100, 4]; param W : real[4, 4]; scan t in 0..T-1" + BODY;
        assertThat(reverse(model).body().states()).hasSize(2);
    }

    private static ModelPlan plan(String body) {
        return Plans.of("model M(T, N, H) { " + body + " }", CompilerOptions.defaults())
                .get(0);
    }

    private static Recurrence reverse(String body) {
        return plan(body).backward().orElseThrow().items().stream()
                .filter(Recurrence.class::isInstance)
                .map(Recurrence.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> gates(Program program) {
        return Plans.computed(program).stream()
                .map(Node::gate)
                .map(Object::toString)
                .toList();
    }
}
