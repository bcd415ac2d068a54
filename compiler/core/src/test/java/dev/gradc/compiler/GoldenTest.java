package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gradc.compiler.golden.GoldenCase;
import dev.gradc.compiler.golden.GoldenReader;
import dev.gradc.compiler.golden.GoldenRunner;
import dev.gradc.compiler.golden.GoldenRunner.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Generated code against values that independent systems computed: every case of every JSON file in the directory
 * {@code -Dgradc.golden=...}, by default {@code src/test/golden/public}, whose README describes the format. Each case
 * runs twice where its model holds for all extents: with extents as numbers, and with runtime dims.
 */
class GoldenTest {

    private static final Path DIRECTORY = Path.of(System.getProperty("gradc.golden", "src/test/golden/public"));

    @TestFactory
    Stream<DynamicTest> valuesAndGradientsAreThoseOfIndependentSystems() throws IOException {
        List<GoldenCase> cases = GoldenReader.read(DIRECTORY);
        assertThat(cases).as("cases in %s", DIRECTORY).isNotEmpty();
        Map<String, List<Outcome>> families = cases.parallelStream()
                .flatMap(GoldenTest::run)
                .collect(Collectors.groupingBy(GoldenTest::title, TreeMap::new, Collectors.toList()));
        System.out.println(summary(families));
        return families.entrySet().stream()
                .map(family -> dynamicTest(family.getKey(), () -> requireRight(family.getValue())));
    }

    private static Stream<Outcome> run(GoldenCase example) {
        return Stream.concat(
                Stream.of(GoldenRunner.runWithNumbers(example)), GoldenRunner.runWithDims(example).stream());
    }

    private static String title(Outcome outcome) {
        return outcome.example().family() + (outcome.dims() ? ", runtime dims" : "");
    }

    private static boolean isRight(Outcome outcome) {
        return outcome.problem().isEmpty();
    }

    private static void requireRight(List<Outcome> outcomes) {
        List<String> problems = outcomes.stream()
                .filter(outcome -> !isRight(outcome))
                .map(outcome -> outcome.example().name() + ": " + outcome.problem().orElseThrow())
                .toList();
        assertThat(problems)
                .as("%d of %d cases:%n%s", problems.size(), outcomes.size(), String.join("\n", problems))
                .isEmpty();
    }

    private static String summary(Map<String, List<Outcome>> families) {
        List<String> failed = families.entrySet().stream()
                .filter(family -> !family.getValue().stream().allMatch(GoldenTest::isRight))
                .map(Map.Entry::getKey)
                .toList();
        List<Outcome> all = families.values().stream().flatMap(List::stream).toList();
        return "golden: %d of %d families passed, %d of %d runs; failed: %s"
                .formatted(
                        families.size() - failed.size(),
                        families.size(),
                        all.stream().filter(GoldenTest::isRight).count(),
                        all.size(),
                        failed.isEmpty() ? "none" : String.join("; ", failed));
    }
}
