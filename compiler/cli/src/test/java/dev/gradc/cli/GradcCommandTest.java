package dev.gradc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.Gradc;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradcCommandTest {

    @Test
    void tellsItsVersion() {
        assertThat(Run.of("--version")).isEqualTo(new Run(0, "gradc " + Gradc.version() + System.lineSeparator(), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help"})
    void listsItsCommandsWhenAskedForHelp(String argument) {
        Run run = Run.of(argument);

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("compile", "eval", "check", "Exit codes");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void explainsACommand() {
        Run run = Run.of("help", "eval");

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).contains("--at", "--wrt");
    }

    @Test
    void wantsACommand() {
        Run run = Run.of();

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).startsWith("gradc: error: a command is needed: compile, eval, check, explain, help");
    }

    @Test
    void blamesTheCommandLineForWhatItDoesNotKnow() {
        assertThat(Run.of("evla").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(Run.of("evla").err()).contains("evla", "eval");
        assertThat(Run.of("eval", "x.grad", "--att", "d.json").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(Run.of("eval", "x.grad").err()).contains("--at");
        assertThat(Run.of("compile").status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void noticesThatItsOutputCannotBeWritten() {
        PrintWriter full = new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int start, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });

        assertThat(Main.run(full, new PrintWriter(Writer.nullWriter()), "--version"))
                .isEqualTo(ExitStatus.FAULT);
    }
}
