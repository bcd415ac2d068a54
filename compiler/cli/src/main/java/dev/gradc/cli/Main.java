package dev.gradc.cli;

import dev.gradc.compiler.run.DataException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the command. */
public final class Main {

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        // UTF-8 whatever the platform says: models have Unicode names, and JSON is UTF-8 by definition.
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs the command on the given streams; the exit code comes back. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new GradcCommand())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Main::reportUsage)
                .setExecutionExceptionHandler(Main::reportFailure);
        int status = execute(line, args);
        out.flush();
        if (out.checkError()) {
            err.println("gradc: error: cannot write to standard output: it is closed, or its disk is full");
            return ExitStatus.FAULT;
        }
        return status;
    }

    private static int execute(CommandLine line, String... args) {
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            line.getErr().println("gradc: error: memory is exhausted; give Java more with -Xmx, or take smaller data");
            return ExitStatus.FAULT;
        } catch (StackOverflowError e) {
            return reportFailure(new IllegalStateException("the stack is exhausted", e), line);
        }
    }

    private static int reportUsage(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("gradc: error: " + exception.getMessage());
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitStatus.USAGE;
    }

    private static int reportFailure(Exception exception, CommandLine command, ParseResult result) {
        return reportFailure(exception, command);
    }

    private static int reportFailure(Exception exception, CommandLine command) {
        PrintWriter err = command.getErr();
        if (exception instanceof CommandFailure || exception instanceof DataException) {
            err.println("gradc: error: " + exception.getMessage());
        } else {
            err.println("gradc: internal error: " + exception);
            err.println("This is a fault of gradc, not of the model. Please report it, with the model"
                    + " and what --stacktrace prints.");
        }
        if (command.getCommandSpec().root().userObject() instanceof GradcCommand gradc && gradc.stackTrace) {
            exception.printStackTrace(err);
        }
        return ExitStatus.FAULT;
    }
}
