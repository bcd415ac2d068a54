package dev.gradc.samples.gradbench;

import static dev.gradc.samples.gradbench.Evals.assertClose;
import static dev.gradc.samples.gradbench.Evals.flat;
import static dev.gradc.samples.gradbench.Evals.json;
import static dev.gradc.samples.gradbench.Evals.output;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The evals that descend, in all modes: where they end. */
class DescentEvalsTest {

    private static final double DT = 0.1;

    /** What GradBench expects, by its tolerance, and what it is for: a landing near the origin. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "fr", "rf", "rr"})
    void theParticleLandsAtTheOrigin(String modes) {
        double w = output("particle", modes, Evals.object().put("w", 0.0)).asDouble();
        assertClose(w, 0.2071918746486116, 1e-4);
        assertThat(landing(w)).isCloseTo(0, Offset.offset(1e-2));
    }

    /** A start from which the first flight takes longer than the first model's steps. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "rr"})
    void theParticleLandsThereFromElsewhere(String modes) {
        double w = output("particle", modes, Evals.object().put("w", 0.4)).asDouble();
        assertThat(landing(w)).isCloseTo(0, Offset.offset(1e-2));
    }

    /** Both points are at 0, up to the tolerance of the descent, and as far from it as GradBench expects. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "fr", "rf", "rr"})
    void theSaddleIsAtZero(String modes) {
        JsonNode input = Evals.object().set("start", json(new double[] {1, 1}));
        double[] saddle = flat(output("saddle", modes, input));
        assertThat(saddle).hasSize(4);
        for (double coordinate : saddle) {
            assertThat(coordinate).isCloseTo(8.246324826140356e-06, Offset.offset(1e-12));
        }
    }

    /** Where the particle crosses the ground, with the field of the two charges written out. */
    private static double landing(double w) {
        double[] x = {0, 8};
        double[] v = {0.75, 0};
        while (true) {
            double[] force = {0, 0};
            for (double height : new double[] {10 - w, 0}) {
                double distance = Math.hypot(x[0] - 10, x[1] - height);
                force[0] += (x[0] - 10) / Math.pow(distance, 3);
                force[1] += (x[1] - height) / Math.pow(distance, 3);
            }
            x[0] += DT * v[0];
            x[1] += DT * v[1];
            if (x[1] <= 0) {
                return x[0] - x[1] / v[1] * v[0];
            }
            v[0] += DT * force[0];
            v[1] += DT * force[1];
        }
    }
}
