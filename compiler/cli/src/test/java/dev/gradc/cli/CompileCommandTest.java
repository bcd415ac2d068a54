package dev.gradc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCommandTest {

    private static final String CIRCUIT =
            "package com.acme;\nmodel Circuit { param x, y, z : real; loss = (x + y) * z; }\n";

    @TempDir
    private Path directory;

    private Path output;
    private Path model;

    @BeforeEach
    void writeModel() throws IOException {
        output = directory.resolve("out");
        model = Files.writeString(directory.resolve("circuit.grad"), CIRCUIT);
    }

    @Test
    void writesSourcesUnderTheirPackages() throws IOException {
        Path square = Files.writeString(
                directory.resolve("square.grad"),
                "package org.other;\nmodel Square { param x : real; loss = x * x; }\n");

        Run run = Run.of("compile", "-d", output, model, square);

        assertThat(run).isEqualTo(new Run(0, "", ""));
        assertThat(files()).containsExactly("com/acme/Circuit.java", "org/other/Square.java");
        assertThat(output.resolve("com/acme/Circuit.java")).content().contains("package com.acme;", "class Circuit");
    }

    @Test
    void leavesAFileThatWouldNotChangeUntouched() throws IOException {
        Run.of("compile", "-d", output, model);
        FileTime longAgo = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
        Path java = Files.setLastModifiedTime(output.resolve("com/acme/Circuit.java"), longAgo);

        assertThat(Run.of("compile", "-d", output, model).status()).isEqualTo(ExitStatus.DONE);

        assertThat(Files.getLastModifiedTime(java)).isEqualTo(longAgo);
    }

    @Test
    void leavesOutRulesThatAreSwitchedOff() throws IOException {
        Path square =
                Files.writeString(directory.resolve("square.grad"), "model Square { param x : real; loss = x^2; }");

        Run.of("compile", "-d", output, square);
        assertThat(output.resolve("Square.java")).content().contains("x * x").doesNotContain("Math.pow");

        Run.of("compile", "--without", "square,double", "-d", output, square);
        assertThat(output.resolve("Square.java")).content().contains("Math.pow(x, 2");
    }

    @Test
    void writesLoopsWithVectorsWhereItIsAskedTo() throws IOException {
        Path lanes = Files.writeString(
                directory.resolve("lanes.grad"),
                "model Lanes(N) { param x : real[N]; loss = sum(exp(x * x - x / 3)); }");

        Run.of("compile", "-d", output, lanes);
        assertThat(output.resolve("Lanes.java")).content().doesNotContain("DoubleVector");

        Run.of("compile", "--vectors", "-d", output, lanes);
        assertThat(output.resolve("Lanes.java")).content().contains("import jdk.incubator.vector.DoubleVector;");
    }

    @Test
    void refusesToSwitchOffWhatIsNoRule() {
        Run run = Run.of("compile", "--without", "sqare", model);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith(
                        "gradc: error: --without: no rule is called `sqare` (did you mean `square`?); the rules are");
    }

    @Test
    void writesNothingWhenAnyModelIsAtFault() throws IOException {
        Path broken = Files.writeString(
                directory.resolve("broken.grad"),
                "package com.acme;\nmodel Broken { param x : real; loss = x * oops; }\n");

        Run run = Run.of("compile", "-d", output, model, broken);

        assertThat(run.status()).isEqualTo(ExitStatus.FAULT);
        assertThat(run.err()).contains(broken + ":2:43: error[GC", "oops").doesNotContain("\tat ");
        assertThat(output).doesNotExist();
    }

    @Test
    void namesFilesItCannotRead() throws IOException {
        Path binary = Files.write(directory.resolve("binary.grad"), new byte[] {(byte) 0xFF, 0});
        Path large = directory.resolve("large.grad");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((16L << 20) + 1);
        }

        assertThat(Run.of("compile", directory.resolve("none.grad")).err())
                .isEqualToNormalizingNewlines(
                        "gradc: error: " + directory.resolve("none.grad") + ": no such file; check the path\n");
        assertThat(Run.of("compile", directory).err()).contains(directory + ": is a directory");
        assertThat(Run.of("compile", binary).err()).contains(binary + ": is not UTF-8");
        assertThat(Run.of("compile", large).err()).contains(large + ": is too large: 16777217 bytes");
        assertThat(Run.of("compile", large).status()).isEqualTo(ExitStatus.FAULT);
    }

    @Test
    void namesWhatIsInTheWayOfItsOutput() throws IOException {
        Files.writeString(output, "a file");

        Run run = Run.of("compile", "-d", output, model);

        assertThat(run.status()).isEqualTo(ExitStatus.FAULT);
        assertThat(run.err())
                .startsWith("gradc: error: " + output)
                .contains("-d")
                .doesNotContain("\tat ");
        assertThat(output).hasContent("a file");
    }

    @Test
    void replacesEarlierOutputLeavingNothingBeside() throws IOException {
        Run.of("compile", "-d", output, model);
        Files.writeString(output.resolve("com/acme/Circuit.java"), "edited");

        Run.of("compile", "-d", output, model);

        assertThat(output.resolve("com/acme/Circuit.java")).content().contains("class Circuit");
        assertThat(files()).containsExactly("com/acme/Circuit.java");
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> output.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
