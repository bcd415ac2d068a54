package dev.gradc.compiler.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.TestModels;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule can be switched off: the class is another one then, and what it computes is the same under the contract. */
class RuleSwitchTest {

    private static final Map<String, Integer> DIMS = Map.of("N", 3, "M", 2, "K", 4);

    static Stream<Rule> rules() {
        return RuleSets.ALL.stream();
    }

    @Test
    void everyRuleHasAModel() {
        assertThat(RuleModels.ALL.keySet()).containsExactlyInAnyOrderElementsOf(RuleSets.names());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void aRuleMakesADifferenceToTheCodeAndNoneToItsMeaning(Rule rule) {
        String statements = RuleModels.ALL.get(rule.name());
        GeneratedModel with = compile(rule, "With", statements, Set.of());
        GeneratedModel without = compile(rule, "Without", statements, Set.of(rule.name()));
        assertThat(without.javaSource().replace("Without", "With"))
                .as(statements)
                .isNotEqualTo(with.javaSource());
        List<ModelRunner> runners = ModelRunner.loadAll(List.of(with, without));
        Random random = new Random(rule.name().hashCode());
        for (int trial = 0; trial < 20; trial++) {
            Map<String, Tensor> data = data(with.info(), random, trial % 2 == 0);
            compare(rule, evaluate(runners.get(0), data), evaluate(runners.get(1), data));
        }
    }

    private static GeneratedModel compile(Rule rule, String name, String statements, Set<String> off) {
        String text = RuleModels.gate(rule.name()) + "model " + name + "(N, M, K) { " + statements + " }";
        return TestModels.compile(text, CompilerOptions.defaults().withoutRules(off));
    }

    private static Evaluation evaluate(ModelRunner runner, Map<String, Tensor> data) {
        return runner.evaluate(data, DIMS, Optional.empty());
    }

    private static void compare(Rule rule, Evaluation with, Evaluation without) {
        double tolerance = rule.contract() == Contract.BITWISE ? 0 : 1e-13;
        without.outputs()
                .forEach((name, expected) -> assertClose(rule, with.outputs().get(name), expected, tolerance));
        without.gradients()
                .forEach((name, expected) -> assertClose(rule, with.gradients().get(name), expected, 1e-13));
    }

    private static void assertClose(Rule rule, Tensor found, Tensor expected, double tolerance) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        for (int i = 0; i < expected.values().length; i++) {
            double wanted = expected.values()[i];
            double actual = found.values()[i];
            boolean same = Double.compare(actual, wanted) == 0
                    || Math.abs(actual - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
            assertThat(same).as("%s: %s, not %s", rule.name(), found, expected).isTrue();
        }
    }

    /** Values for all arguments: positive reals, or of either sign. */
    private static Map<String, Tensor> data(ModelInfo model, Random random, boolean positive) {
        Map<String, Tensor> data = new LinkedHashMap<>();
        for (ModelInfo.Variable argument : model.arguments()) {
            int[] shape = argument.shape().stream()
                    .mapToInt(dim -> (int) dim.evaluate(DIMS))
                    .toArray();
            double[] values = new double[(int) Dim.product(argument.shape()).evaluate(DIMS)];
            for (int i = 0; i < values.length; i++) {
                double real = positive ? 0.2 + 2 * random.nextDouble() : random.nextGaussian();
                values[i] = argument.element() == ElementType.REAL ? real : random.nextInt(DIMS.get("M"));
            }
            data.put(argument.name(), new Tensor(values, shape));
        }
        return data;
    }

    @Test
    void aNameOfNoRuleIsRefusedWithTheNearestAndAll() {
        assertThatThrownBy(() -> CompilerOptions.defaults().withoutRules(Set.of("log-sigmiod")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`log-sigmiod` (did you mean `log-sigmoid`?)")
                .hasMessageContaining(String.join(", ", RuleSets.names()));
    }
}
