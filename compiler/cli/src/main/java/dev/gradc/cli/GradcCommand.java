package dev.gradc.cli;

import dev.gradc.compiler.Gradc;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself; what it does is in its subcommands. */
@Command(
        name = "gradc",
        description = "Compiles differentiable models (.grad files) to Java classes.",
        subcommands = {
            CompileCommand.class,
            EvalCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = GradcCommand.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a model or its data are at fault",
            "2:the command line is at fault",
        })
final class GradcCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in gradc an error arose, for reports.")
    boolean stackTrace;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is needed: " + String.join(", ", spec.subcommands().keySet()));
    }

    /** {@code gradc 1.2.3}. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"gradc " + Gradc.version()};
        }
    }
}
