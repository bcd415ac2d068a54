package dev.gradc.samples.benchmarks;

import dev.gradc.samples.benchmarks.run.Agreement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The models compute what was derived and written by hand. */
class GeneratedTest {
    @ParameterizedTest
    @EnumSource(Workload.class)
    void agreesWithCodeWrittenByHand(Workload workload) {
        Data data = workload.data();
        try (Peer generated = new Generated().peer(workload, data).orElseThrow();
                Peer byHand = new HandWritten().peer(workload, data).orElseThrow()) {
            Agreement.check(workload, "gradc", generated, byHand);
            Agreement.check(workload, "gradc, again", generated, byHand);
        }
    }
}
