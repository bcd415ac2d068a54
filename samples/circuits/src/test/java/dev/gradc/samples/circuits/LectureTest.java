package dev.gradc.samples.circuits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradc.runtime.DifferentiableModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each circuit against the lecture's values, computed exactly elsewhere. */
class LectureTest {

    /** A generated class evaluated at the inputs of a case. */
    private record Result(double value, DifferentiableModel model) {}

    private static final Map<String, Function<JsonNode, Result>> CIRCUITS = Map.ofEntries(
            Map.entry("xyz", in -> {
                Xyz model = new Xyz();
                return new Result(model.valueAndGradient(number(in, "x"), number(in, "y"), number(in, "z")), model);
            }),
            Map.entry("sigmoid_neuron", in -> {
                SigmoidNeuron model = new SigmoidNeuron();
                return new Result(model.valueAndGradient(flat(in.get("w")), flat(in.get("x"))), model);
            }),
            Map.entry("norm_sq_Wx", in -> {
                NormSquared model = new NormSquared();
                return new Result(model.valueAndGradient(flat(in.get("W")), flat(in.get("x"))), model);
            }),
            Map.entry("max_gate", in -> {
                MaxGate model = new MaxGate();
                double value =
                        model.valueAndGradient(number(in, "x"), number(in, "y"), number(in, "z"), number(in, "w"));
                return new Result(value, model);
            }),
            Map.entry("staged", in -> {
                Staged model = new Staged();
                return new Result(model.valueAndGradient(number(in, "x"), number(in, "y")), model);
            }),
            Map.entry("linear_Wx_b", in -> {
                LinearScores model = new LinearScores();
                double value = model.valueAndGradient(flat(in.get("W")), flat(in.get("x")), flat(in.get("b")));
                return new Result(value, model);
            }),
            Map.entry("svm_cat", in -> svm(in, 0)),
            Map.entry("svm_car", in -> svm(in, 1)),
            Map.entry("svm_frog", in -> svm(in, 2)),
            Map.entry("softmax_cat", in -> {
                SoftmaxLoss model = new SoftmaxLoss();
                return new Result(model.valueAndGradient(flat(in.get("s")), 0), model);
            }),
            Map.entry("mul_add_chain", in -> {
                MultiplyAdd model = new MultiplyAdd();
                return new Result(model.valueAndGradient(number(in, "a"), number(in, "b"), number(in, "c")), model);
            }));

    private static Result svm(JsonNode in, int label) {
        SvmLoss model = new SvmLoss();
        return new Result(model.valueAndGradient(flat(in.get("s")), label), model);
    }

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = LectureTest.class.getResourceAsStream("lecture.json")) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(in).get("cases").forEach(cases::add);
            return cases.stream();
        }
    }

    @Test
    void everyCaseHasItsCircuit() throws IOException {
        assertThat(cases().map(c -> c.get("name").asText()))
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(CIRCUITS.keySet()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueAndGradientsAreTheLectures(JsonNode lecture) {
        Result result = CIRCUITS.get(lecture.get("name").asText()).apply(lecture.get("inputs"));
        assertClose(lecture.get("value").asDouble(), result.value());
        lecture.get("grad").properties().forEach(gradient -> {
            double[] expected = flat(gradient.getValue());
            double[] actual = result.model()
                    .layout()
                    .slice(gradient.getKey(), result.model().gradient());
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                assertClose(expected[i], actual[i]);
            }
        });
    }

    private static void assertClose(double expected, double actual) {
        assertThat(actual).isCloseTo(expected, Offset.offset(1e-12 * Math.max(1, Math.abs(expected))));
    }

    private static double number(JsonNode inputs, String name) {
        return inputs.get(name).asDouble();
    }

    private static double[] flat(JsonNode values) {
        if (!values.isArray()) {
            return new double[] {values.asDouble()};
        }
        List<Double> flat = new ArrayList<>();
        for (JsonNode value : values) {
            for (double element : flat(value)) {
                flat.add(element);
            }
        }
        return flat.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
