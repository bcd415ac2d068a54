package dev.gradc.samples.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gradc.samples.benchmarks.Evaluation;
import dev.gradc.samples.benchmarks.Peer;
import dev.gradc.samples.benchmarks.Workload;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Peer REFERENCE = peer(1, 100, 3);

    @Test
    void allowsRounding() {
        assertThatCode(() -> check(peer(1, 100 + 1e-9, 3 - 1e-9))).doesNotThrowAnyException();
    }

    @Test
    void namesTheElementThatDiffers() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check(peer(1, 100, 3.001)))
                .withMessageContaining("rosenbrock, somebody: element 1 of 'x' is 3.001");
    }

    @Test
    void comparesTheLossToo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check(peer(1.1, 100, 3)))
                .withMessageContaining("'loss' is 1.1");
    }

    @Test
    void refusesNanAndArraysOfAnotherLength() {
        assertThatIllegalStateException().isThrownBy(() -> check(peer(1, Double.NaN, 3)));
        assertThatIllegalStateException()
                .isThrownBy(() -> check(peer(1, 100)))
                .withMessageContaining("'x' has 1 numbers, the reference 2");
        assertThatIllegalStateException()
                .isThrownBy(() -> check(new Evaluation(() -> 1, Map::of)))
                .withMessageContaining("'x' has no numbers");
    }

    private static void check(Peer peer) {
        Agreement.check(Workload.ROSENBROCK, "somebody", peer, REFERENCE);
    }

    private static Peer peer(double loss, double... gradient) {
        return new Evaluation(() -> loss, () -> Map.of("x", gradient));
    }
}
