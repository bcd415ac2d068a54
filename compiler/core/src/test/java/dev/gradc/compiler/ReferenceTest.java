package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.lower.BuiltinNames;
import dev.gradc.compiler.reference.Example;
import dev.gradc.compiler.reference.Promise;
import dev.gradc.compiler.reference.Tables;
import dev.gradc.compiler.reference.Written;
import dev.gradc.compiler.run.DataException;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The language reference is true: its examples compile and have the values they promise, or are refused as they say; its
 * tables are those of the declarations, which {@code -Dgolden=update} writes.
 */
class ReferenceTest {

    private static final Path PAGE = Path.of("../../grammar/LANGUAGE.md");

    @TestFactory
    Stream<DynamicTest> examplesDoWhatIsSaidOfThem() throws IOException {
        List<Example> examples = Example.of(Files.readString(PAGE));
        assertThat(examples).isNotEmpty();
        return examples.stream().map(example -> dynamicTest(example.toString(), () -> check(example, examples)));
    }

    private static void check(Example example, List<Example> all) {
        Compilation compilation = Gradc.compile(
                List.of(example.source()),
                (importer, wanted) -> all.stream()
                        .filter(other -> other.packageName().equals(Optional.of(wanted.packageName())))
                        .map(Example::source)
                        .toList(),
                CompilerOptions.defaults());
        String problems = compilation.diagnostics().stream()
                .map(DiagnosticRenderer::render)
                .collect(Collectors.joining("\n"));
        if (example.error().isPresent()) {
            assertThat(compilation.diagnostics().stream().map(Diagnostic::code).distinct())
                    .as(problems)
                    .containsExactly(example.error().get());
            return;
        }
        assertThat(problems).isEmpty();
        if (!example.promises().isEmpty()) {
            assertThat(compilation.models()).as("models in a block with values").hasSize(1);
            GeneratedModel model = compilation.models().get(0);
            ModelRunner runner = ModelRunner.load(model);
            example.promises().forEach(promise -> check(promise, model.info(), runner));
        }
    }

    private static void check(Promise promise, ModelInfo model, ModelRunner runner) {
        if (promise.results().isPresent()) {
            promise.check(evaluate(promise, model, runner));
        } else {
            assertThatThrownBy(() -> evaluate(promise, model, runner))
                    .as(promise.written())
                    .isInstanceOf(DataException.class);
        }
    }

    private static Evaluation evaluate(Promise promise, ModelInfo model, ModelRunner runner) {
        Map<String, Tensor> data = new LinkedHashMap<>();
        Map<String, Integer> dims = new LinkedHashMap<>();
        for (Map.Entry<String, Written> given : promise.data().entrySet()) {
            Tensor value = given.getValue().tensor();
            if (model.dims().contains(given.getKey())) {
                dims.put(given.getKey(), (int) value.values()[0]);
            } else {
                data.put(given.getKey(), value);
            }
        }
        return runner.evaluate(data, dims, Optional.empty());
    }

    @Test
    void theTableOfGatesIsThatOfTheirDeclarations() throws IOException {
        requireBetween("gates", Tables.gates());
    }

    @Test
    void theTablesOfTheLibraryAreThoseOfItsFiles() throws IOException {
        requireBetween("library", Tables.library(Library.modules()));
    }

    @Test
    void theTableOfRulesIsThatOfTheSimplifier() throws IOException {
        requireBetween("rules", Tables.rules());
    }

    private static void requireBetween(String name, String expected) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- begin " + name + " -->\n";
        String end = "<!-- end " + name + " -->";
        assertThat(page).contains(begin, end);
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        if ("update".equals(System.getProperty("golden"))) {
            assertThat(System.getenv("CI"))
                    .as("golden files are not rewritten on CI")
                    .isNull();
            Files.writeString(PAGE, page.substring(0, from) + expected + page.substring(to));
        } else {
            assertThat(page.substring(from, to)).isEqualTo(expected);
        }
    }

    @Test
    void everyFunctionThatIsBuiltInIsDescribed() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(BuiltinNames.all().stream()
                        .filter(name -> !page.contains("`" + name + "(") && !page.contains("`" + name + "`")))
                .isEmpty();
    }
}
