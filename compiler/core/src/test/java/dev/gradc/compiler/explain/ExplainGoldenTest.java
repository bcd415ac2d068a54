package dev.gradc.compiler.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is put on the board, word for word; {@code -Dgolden=update} rewrites it, to be read in the diff. */
class ExplainGoldenTest {

    private static final Path FOLDER = Path.of("src/test/golden/explain");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theModelIsExplainedInTheseFormulas(String name) throws IOException {
        Path folder = FOLDER.resolve(name);
        Explanation explanation = ExplainedModels.explain(Files.readString(folder.resolve("model.grad")));

        assertSame(folder.resolve("expected.txt"), Report.text(explanation));
        assertSame(folder.resolve("expected.tex"), Report.latex(explanation));
    }

    private static void assertSame(Path file, String text) throws IOException {
        if ("update".equals(System.getProperty("golden"))) {
            assertThat(System.getenv("CI"))
                    .as("golden files are not rewritten on CI")
                    .isNull();
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
