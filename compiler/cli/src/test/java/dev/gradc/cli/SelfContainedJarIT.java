package dev.gradc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the packaged jar as a user does. */
class SelfContainedJarIT {

    private static final Path JAR = Path.of(System.getProperty("basedir", ""), "target", "gradc.jar");

    private static final Path COMMAND = JAR.resolveSibling("gradc").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void evaluatesAModelOnItsOwn() throws Exception {
        Path model = Files.writeString(
                directory.resolve("circuit.grad"), "model Circuit { param x, y, z : real; loss = (x + y) * z; }");
        Path data = Files.writeString(directory.resolve("data.json"), "{\"x\": -2, \"y\": 5, \"z\": -4}");

        Run run = java("eval", model.toString(), "--at", data.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(0);
        assertThat(run.out()).contains("\"loss\" : -12.0", "\"z\" : 3.0");
    }

    @Test
    void endsWithTheExitCodeOfTheCommand() throws Exception {
        assertThat(java("compile", directory.resolve("none.grad").toString()).status())
                .isEqualTo(1);
        assertThat(java("complie").status()).isEqualTo(2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isACommandOfItsOwn() throws Exception {
        Path model =
                Files.writeString(directory.resolve("circuit.grad"), "model Circuit { param x : real; loss = x^2; }");

        Run compiled = run(COMMAND.toString(), "compile", "-d", directory.toString(), model.toString());

        assertThat(compiled.status()).as(compiled.err()).isEqualTo(0);
        assertThat(directory.resolve("Circuit.java")).exists();
        assertThat(run(COMMAND.toString(), "complie").status()).isEqualTo(2);
    }

    private Run java(String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line = new ArrayList<>(List.of(java, "-jar", JAR.toString()));
        Stream.of(arguments).forEach(line::add);
        return run(line.toArray(String[]::new));
    }

    private Run run(String... line) throws IOException, InterruptedException {
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        int status = new ProcessBuilder(line)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Run(status, Files.readString(out), Files.readString(err));
    }
}
