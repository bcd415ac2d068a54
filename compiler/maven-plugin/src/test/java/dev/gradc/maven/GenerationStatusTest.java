package dev.gradc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationStatusTest {

    private static final CompilerOptions OPTIONS = CompilerOptions.defaults();

    /** {@code printf '3:abc' | sha256sum}. */
    private static final String DIGEST_OF_ABC = "aab5f9ae99b2e38fb462025c8f72f570c9c811705d2a4277dc855d7fa293fe97";

    @TempDir
    private Path directory;

    @Test
    void readsBackWhatItWrote() throws IOException {
        GenerationStatus status = new GenerationStatus("i", new TreeMap<>(Map.of("a b/C.java", "d")));
        Path file = directory.resolve("status/generate");

        status.write(file);

        assertThat(GenerationStatus.read(file)).isEqualTo(status);
    }

    @Test
    void takesAFileItCannotMakeOutForNoRun() throws IOException {
        Path file = Files.writeString(directory.resolve("status"), "digest\nno separator\n");

        assertThat(GenerationStatus.read(file)).isEqualTo(new GenerationStatus("", new TreeMap<>()));
        assertThat(GenerationStatus.read(directory.resolve("missing"))).isEqualTo(GenerationStatus.read(file));
    }

    @Test
    void holdsWhileInputsAndFilesAreTheSame() throws IOException {
        GenerationStatus status = new GenerationStatus("i", new TreeMap<>(Map.of("A.java", DIGEST_OF_ABC)));
        Path file = Files.writeString(directory.resolve("A.java"), "abc");

        assertThat(status.holds("i", directory)).isTrue();
        assertThat(status.holds("other", directory)).isFalse();
        Files.writeString(file, "abd");
        assertThat(status.holds("i", directory)).isFalse();
        Files.delete(file);
        assertThat(status.holds("i", directory)).isFalse();
    }

    @Test
    void changesWithVersionOptionsNamesAndTexts() {
        List<SourceFile> models = List.of(new SourceFile("a", "b"));

        assertThat(List.of(
                        GenerationStatus.digestInputs("1", OPTIONS, models),
                        GenerationStatus.digestInputs("2", OPTIONS, models),
                        GenerationStatus.digestInputs("1", OPTIONS.withSimplify(false), models),
                        GenerationStatus.digestInputs("1", OPTIONS, List.of(new SourceFile("a", "c"))),
                        GenerationStatus.digestInputs("1", OPTIONS, List.of(new SourceFile("c", "b"))),
                        GenerationStatus.digestInputs("1", OPTIONS, List.of(new SourceFile("ab", ""))),
                        GenerationStatus.digestInputs("1", OPTIONS, List.of())))
                .doesNotHaveDuplicates();
        assertThat(GenerationStatus.digestInputs("1", OPTIONS, models))
                .isEqualTo(GenerationStatus.digestInputs("1", OPTIONS, List.of(new SourceFile("a", "b"))));
    }
}
