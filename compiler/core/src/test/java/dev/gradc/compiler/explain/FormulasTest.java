package dev.gradc.compiler.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradc.compiler.TestModels;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Formulas mean what the model means: they are in the language's notation, so the formulas of values and derivatives,
 * put into a model of their own, must compute the gradient of the first model.
 */
class FormulasTest {

    /**
     * A model.
     *
     * @param dims its dims
     * @param inputs declarations of what it is not differentiated by
     * @param params declarations of what it is
     * @param body its definitions and its loss
     * @param shapes extents of all variables
     */
    record Sample(String dims, String inputs, String params, String body, Map<String, int[]> shapes) {
        String original() {
            return "model M" + dims + " { " + inputs + params + body + " }";
        }

        String explained(Explanation explanation, List<String> wanted) {
            StringBuilder text = new StringBuilder("model M" + dims + " { " + inputs);
            text.append(params.replace("param", "input"));
            Stream.concat(explanation.primal().stream(), explanation.derivative().stream())
                    .forEach(equation -> text.append(" let ")
                            .append(equation.text().replaceFirst("^loss =", "value ="))
                            .append(";\n"));
            wanted.forEach(name -> text.append(" output g%1$s = d%1$s + 0 * %1$s;".formatted(name)));
            return text + " }";
        }
    }

    static Stream<Sample> samples() {
        Map<String, int[]> matrices = Map.of("A", new int[] {2, 3}, "B", new int[] {3, 4}, "x", new int[] {3});
        String declared = "param A : real[N, K]; param B : real[K, M]; param x : real[K];";
        return Stream.of(
                        "loss = sum((A @ B)^2) + sum(sin(A @ x)) + sum(A * x);",
                        "let p = B' @ x; let q = exp(A / 2); loss = sum(q @ B * (1 + p)) - sum(q^3) + x @ x;",
                        "loss = sum(-(-A - (A - 2)) / (1 + A^2)^2) + sum(2^(-x)) - sum(B) - (sum(x^2) - (sum(exp(x)) - 1));",
                        "loss = sum(max(A, 0.1) * x) + sum(if A * x > 0 then A^2 else -x * A) * sum(max(B, axis = 1));",
                        "let s = softmax(A @ B); loss = mean(log(s)) + logsumexp(x) / (2 - N * 0.5) + sum(B) * sum(tanh(x));",
                        "let C[i, j] = sum[k] A[i, k] * B[k, j] * x[k]; loss = sum[i, j] C[i, j]^2 * (1 + C[i, j] / 2);",
                        "let y[i] = sum[j] (if j <= i then x[j]^3 else x[i]^2); loss = prod(y) + sum(y) + sum(A) * sum(B);",
                        "loss = sum((A - mean(A, axis = 1, keepdims = true))^2) + sum(B) + sum(x);")
                .map(body -> new Sample("(N, K, M)", "", declared, body, matrices));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void formulasComputeTheGradient(Sample sample) {
        Map<String, Tensor> data = data(sample);
        Evaluation expected = TestModels.evaluate(sample.original(), data);
        Explanation explanation = ExplainedModels.explain(sample.original());
        List<String> wanted = List.copyOf(expected.gradients().keySet());

        Evaluation found = TestModels.evaluate(sample.explained(explanation, wanted), data);

        for (String name : wanted) {
            assertThat(found.outputs().get("g" + name).values())
                    .containsExactly(expected.gradients().get(name).values(), within(1e-9));
        }
    }

    private static Map<String, Tensor> data(Sample sample) {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, Tensor> data = new LinkedHashMap<>();
        sample.shapes().keySet().stream().sorted().forEach(name -> {
            int[] shape = sample.shapes().get(name);
            int size = 1;
            for (int extent : shape) {
                size *= extent;
            }
            double[] values = random.doubles(size, -1, 1).toArray();
            data.put(name, new Tensor(values, shape));
        });
        return data;
    }
}
