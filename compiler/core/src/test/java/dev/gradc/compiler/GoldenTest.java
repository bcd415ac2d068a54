package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gradc.compiler.golden.GoldenCase;
import dev.gradc.compiler.golden.GoldenReader;
import dev.gradc.compiler.golden.GoldenRunner;
import dev.gradc.compiler.golden.Outcome;
import dev.gradc.compiler.golden.SecondOrderRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Generated code against values that independent systems computed: every case of every JSON file in the directory
 * {@code -Dgradc.golden=...}, by default {@code src/test/golden/public}, whose README describes the format. Each case
 * runs with extents as numbers and, where its model holds for all extents, with runtime dims.
 */
class GoldenTest {

    private static final Path DIRECTORY = Path.of(System.getProperty("gradc.golden", "src/test/golden/public"));

    @TestFactory
    Stream<DynamicTest> valuesAndGradientsAreThoseOfIndependentSystems() throws IOException {
        List<GoldenCase> cases = GoldenReader.read(DIRECTORY);
        assertThat(cases).as("cases in %s", DIRECTORY).isNotEmpty();
        return tests("values and gradients", GoldenRunner.run(cases, TestModels.options()));
    }

    @TestFactory
    Stream<DynamicTest> secondDerivativesAreThoseOfIndependentSystems() throws IOException {
        return tests("second derivatives", SecondOrderRunner.run(GoldenReader.readSecondOrder(DIRECTORY)));
    }

    private static Stream<DynamicTest> tests(String what, List<Outcome> outcomes) {
        Map<String, List<Outcome>> families =
                outcomes.stream().collect(Collectors.groupingBy(GoldenTest::title, TreeMap::new, Collectors.toList()));
        System.out.println("golden " + what + ": " + summary(families));
        return families.entrySet().stream()
                .map(family -> dynamicTest(family.getKey(), () -> requireRight(family.getValue())));
    }

    /** One of twenty cases without any rule: what the simplifier gives is what it was given. */
    @Test
    void valuesAndGradientsAreTheSameWithoutTheSimplifier() throws IOException {
        List<GoldenCase> cases = GoldenReader.read(DIRECTORY);
        List<GoldenCase> sample = IntStream.range(0, cases.size())
                .filter(i -> i % 20 == 0)
                .mapToObj(cases::get)
                .toList();
        requireRight(GoldenRunner.run(sample, TestModels.options().withSimplify(false)));
    }

    private static String title(Outcome outcome) {
        return outcome.example().family() + outcome.variant().title();
    }

    private static void requireRight(List<Outcome> outcomes) {
        List<String> problems = outcomes.stream()
                .filter(outcome -> !outcome.isRight())
                .map(outcome -> outcome.example().name() + ": " + outcome.problem())
                .toList();
        if (!problems.isEmpty()) {
            fail(problems.size() + " of " + outcomes.size() + " cases\n" + String.join("\n", problems));
        }
    }

    private static String summary(Map<String, List<Outcome>> families) {
        List<String> failed = families.entrySet().stream()
                .filter(family -> !family.getValue().stream().allMatch(Outcome::isRight))
                .map(Map.Entry::getKey)
                .toList();
        List<Outcome> all = families.values().stream().flatMap(List::stream).toList();
        return "%d of %d families passed, %d of %d runs; failed: %s"
                .formatted(
                        families.size() - failed.size(),
                        families.size(),
                        all.stream().filter(Outcome::isRight).count(),
                        all.size(),
                        failed.isEmpty() ? "none" : String.join("; ", failed));
    }
}
