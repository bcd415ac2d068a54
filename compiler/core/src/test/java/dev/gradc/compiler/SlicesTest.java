package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of a tensor that each iteration of a loop needs its own slice of, one slice is in memory. */
class SlicesTest {

    private static final Tensor X = new Tensor(new double[] {0, Math.log(3), 7, 7}, new int[] {2, 2});

    private static final String SOFTMAX = """
            model Rows(N, C) {
              param x : real[N, C];
              let e = exp(x - detach(max(x, axis = -1, keepdims = true)));
              let p = e / sum(e, axis = -1, keepdims = true);
              %s
              loss = sum(p^2);
            }""";

    private static String source(String statement) {
        return TestModels.compile(SOFTMAX.formatted(statement), CompilerOptions.defaults())
                .javaSource();
    }

    private static Evaluation evaluated(String statement) {
        Evaluation found = TestModels.evaluate(SOFTMAX.formatted(statement), Map.of("x", X));
        assertThat(found.outputs().get("loss").values()[0]).isCloseTo(1.125, within(1e-14));
        assertThat(found.gradients().get("x").values())
                .containsExactly(new double[] {-0.1875, 0.1875, 0, 0}, within(1e-14));
        return found;
    }

    @Test
    void aRowIsAllThatALoopOverRowsNeeds() {
        assertThat(source("")).contains("p = new double[C];", "p [N, C], a slice at a time");
        evaluated("");
    }

    @Test
    void whatIsReadAfterTheLoopIsWhole() {
        assertThat(source("output p;")).doesNotContain("p = new double[C];");
        assertThat(evaluated("output p;").outputs().get("p").values())
                .containsExactly(new double[] {0.25, 0.75, 0.5, 0.5}, within(1e-14));
        assertThat(evaluated("output total = sum(p, axis = 0);")
                        .outputs()
                        .get("total")
                        .values())
                .containsExactly(new double[] {0.75, 1.25}, within(1e-14));
    }
}
