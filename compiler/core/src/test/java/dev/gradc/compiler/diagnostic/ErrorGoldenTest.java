package dev.gradc.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.Compilation;
import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.Gradc;
import dev.gradc.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users are told, word for word: one folder a mistake, with the model and the text expected. After a change of
 * wording, {@code -Dgolden=update} rewrites the expected texts, to be read in the diff.
 */
class ErrorGoldenTest {

    private static final Path FOLDER = Path.of("src/test/golden/errors");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theMistakeIsExplainedInTheseWords(String name) throws IOException {
        Path folder = FOLDER.resolve(name);
        SourceFile source = new SourceFile("model.grad", Files.readString(folder.resolve("model.grad")));
        Compilation compilation = Gradc.compile(List.of(source), CompilerOptions.defaults());
        String text = compilation.diagnostics().stream()
                .map(DiagnosticRenderer::render)
                .collect(Collectors.joining("\n\n", "", "\n"));
        Path expected = folder.resolve("expected.txt");
        if ("update".equals(System.getProperty("golden"))) {
            assertThat(System.getenv("CI"))
                    .as("golden files are not rewritten on CI")
                    .isNull();
            Files.writeString(expected, text);
        }
        assertThat(compilation.models()).isEmpty();
        assertThat(text).isEqualTo(Files.readString(expected));
    }
}
