package dev.gradc.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line {@code // at x = 2, y = [1, 2]: loss = 6, dx = 3} below an example: at this data (and dims) the outputs have
 * these values, and the gradient by x is dx. {@code refused} instead says that the data are not taken.
 *
 * @param written the line
 * @param data values by name; of dims, too
 * @param results values of outputs and gradients; empty where the data are refused
 */
public record Promise(String written, Map<String, Written> data, Optional<Map<String, Written>> results) {

    private static final String START = "// at ";

    /** The promise in {@code line}. */
    public static Optional<Promise> in(String line) {
        String text = line.strip();
        int colon = text.indexOf(':');
        if (!text.startsWith(START) || colon < 0) {
            return Optional.empty();
        }
        String results = text.substring(colon + 1).strip();
        return Optional.of(new Promise(
                text,
                new ValueReader(text.substring(START.length(), colon)).assignments(),
                results.equals("refused") ? Optional.empty() : Optional.of(new ValueReader(results).assignments())));
    }

    /** Holds {@code found} against the results. */
    public void check(Evaluation found) {
        results.orElseThrow().forEach((name, expected) -> {
            Tensor value = find(found, name);
            assertThat(value.shape()).as(written + ": shape of " + name).isEqualTo(expected.shape());
            for (int i = 0; i < value.values().length; i++) {
                double element = value.values()[i];
                assertThat(expected.isShownBy(i, element))
                        .as(written + ": " + name + " is " + value)
                        .isTrue();
            }
        });
    }

    private static Tensor find(Evaluation found, String name) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        found.gradients().forEach((variable, gradient) -> values.put("d" + variable, gradient));
        values.putAll(found.outputs());
        assertThat(values).containsKey(name);
        return values.get(name);
    }
}
