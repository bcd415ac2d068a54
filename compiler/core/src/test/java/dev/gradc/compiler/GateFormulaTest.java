package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.gate.Gates;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Pointwise.Signature;
import dev.gradc.compiler.run.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The formulas that gates are declared with, read as expressions of the language, against values and differences. */
class GateFormulaTest {

    private static final double STEP = 1e-5;

    /** One formula at one point. */
    private record Claim(String what, String formula, String arguments, double expected) {}

    @Test
    void formulasOfPointwiseGatesHaveTheValuesAndGradientsOfTheGates() {
        List<Claim> claims = new ArrayList<>();
        Gates.ALL.stream()
                .filter(Pointwise.class::isInstance)
                .map(Pointwise.class::cast)
                .forEach(gate -> claims.addAll(claims(gate)));
        StringBuilder text = new StringBuilder("const pi = 3.141592653589793;\n");
        StringBuilder outputs = new StringBuilder();
        for (int i = 0; i < claims.size(); i++) {
            text.append(
                    "fn f%d(a, b, c, out) = %s;\n".formatted(i, claims.get(i).formula()));
            outputs.append(
                    "output r%d = f%d(%s);\n".formatted(i, i, claims.get(i).arguments()));
        }
        Map<String, Tensor> found = TestModels.evaluate(text + "model M {\n" + outputs + "}\n", Map.of())
                .outputs();
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            double error = Math.abs(found.get("r" + i).values()[0] - claim.expected());
            assertThat(error)
                    .as(claim + " is " + found.get("r" + i))
                    .isLessThan(1e-7 * Math.max(1, Math.abs(claim.expected())));
        }
    }

    @Test
    void everyGateSaysOneGradientForEachInputItIsDifferentiatedBy() {
        Map<String, Integer> declared = new LinkedHashMap<>();
        Map<String, Integer> said = new LinkedHashMap<>();
        for (Operation gate : Gates.ALL) {
            assertThat(gate.formula().value()).as(gate.name()).isNotBlank();
            if (gate instanceof Pointwise pointwise) {
                declared.put(gate.name(), (int) IntStream.range(0, pointwise.arity())
                        .filter(pointwise::isDifferentiable)
                        .count());
                said.put(gate.name(), gate.formula().gradients().size());
            }
        }
        assertThat(said).isEqualTo(declared);
    }

    private static List<Claim> claims(Pointwise gate) {
        double[] at = IntStream.range(0, gate.arity())
                .mapToDouble(input -> sample(gate, input))
                .toArray();
        double out = gate.value(at);
        String arguments = IntStream.range(0, 3)
                .mapToObj(input -> input < at.length ? literal(gate, input, at[input]) : "0.0")
                .collect(Collectors.joining(", ", "", ", " + out));
        List<Claim> claims = new ArrayList<>();
        claims.add(new Claim(gate.name(), gate.formula().value(), arguments, out));
        List<String> gradients = gate.formula().gradients();
        for (int input = 0; input < gradients.size(); input++) {
            boolean isReal =
                    !literal(gate, input, 1).equals("true") && !gate.name().equals("polygamma");
            if (isReal || input > 0) {
                double slope = gate.name().equals("detach") ? 0 : slope(gate, at, input);
                claims.add(new Claim(gate.name() + " by " + input, gradients.get(input), arguments, slope));
            }
        }
        return claims;
    }

    /** A point off the middle, where few formulas agree by accident. */
    private static double sample(Pointwise gate, int input) {
        Pointwise.Range range = gate.domain(input);
        double sample = range.low() + (0.63 + 0.1 * input) * (range.high() - range.low());
        return switch (gate.signature()) {
            case CONVERSION -> 1;
            case WHOLE -> Math.rint(sample);
            default -> sample;
        };
    }

    private static String literal(Pointwise gate, int input, double value) {
        boolean isBool = gate.signature() == Signature.LOGIC || (gate.signature() == Signature.SELECTION && input == 0);
        if (gate.signature() == Signature.WHOLE) {
            return Long.toString((long) value);
        }
        return isBool ? Boolean.toString(value != 0) : Double.toString(value);
    }

    private static double slope(Pointwise gate, double[] at, int input) {
        double[] up = at.clone();
        double[] down = at.clone();
        up[input] += STEP;
        down[input] -= STEP;
        return (gate.value(up) - gate.value(down)) / (2 * STEP);
    }
}
