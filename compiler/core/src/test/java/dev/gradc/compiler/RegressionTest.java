package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gradc.compiler.reference.Promise;
import dev.gradc.compiler.reference.Written;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Where systems for derivatives go wrong: guards, ties, singular points, saturation, single elements. The models of
 * {@code src/test/golden/regressions.txt}, each with a title and promises as in the reference of the language, whose
 * conventions they hold; values and gradients are closed forms. All of it with the simplifier and without, in one pass
 * and in two.
 */
class RegressionTest {

    private static final Path FILE = Path.of("src/test/golden/regressions.txt");

    @TestFactory
    Stream<DynamicTest> valuesAndGradientsAreThoseOfClosedForms() throws IOException {
        List<String> cases = List.of(Files.readString(FILE).strip().split("\n\n+", -1));
        assertThat(cases).isNotEmpty().allMatch(text -> text.startsWith("# "));
        List<ModelRunner> simplified = load(cases, "Simplified", true);
        List<ModelRunner> plain = load(cases, "Plain", false);
        return IntStream.range(0, cases.size()).mapToObj(i -> {
            String text = cases.get(i);
            String title = text.substring(2, text.indexOf('\n'));
            return dynamicTest(title, () -> check(text, List.of(simplified.get(i), plain.get(i))));
        });
    }

    /** The classes of all cases, from one run of the Java compiler. */
    private static List<ModelRunner> load(List<String> cases, String name, boolean simplify) {
        CompilerOptions options = CompilerOptions.defaults().withSimplify(simplify);
        List<GeneratedModel> models = new ArrayList<>();
        for (String text : cases) {
            String statements = text.substring(text.indexOf('\n'));
            String header = "model " + name + models.size() + dims(statements);
            models.add(TestModels.compile(header + " {" + statements + "\n}", options));
        }
        return ModelRunner.loadAll(models);
    }

    private static void check(String text, List<ModelRunner> runners) {
        List<Promise> promises =
                text.lines().flatMap(line -> Promise.in(line).stream()).toList();
        assertThat(promises).as(text).isNotEmpty();
        for (ModelRunner runner : runners) {
            for (Promise promise : promises) {
                promise.check(runner.evaluate(data(promise), Map.of(), Optional.empty()));
                promise.check(runner.evaluate(data(promise), Map.of(), Optional.of(Tensor.scalar(1))));
            }
        }
    }

    /** The dims that the types of {@code statements} name. */
    private static String dims(String statements) {
        List<String> used = Stream.of("N", "M", "T")
                .filter(dim -> statements.contains("[" + dim) || statements.contains(", " + dim + "]"))
                .toList();
        return used.isEmpty() ? "" : "(" + String.join(", ", used) + ")";
    }

    private static Map<String, Tensor> data(Promise promise) {
        Map<String, Tensor> data = new LinkedHashMap<>();
        for (Map.Entry<String, Written> given : promise.data().entrySet()) {
            data.put(given.getKey(), given.getValue().tensor());
        }
        return data;
    }
}
