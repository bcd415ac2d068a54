package dev.gradc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gradc check}. */
@Command(name = "check")
final class CheckCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return ExitStatus.DONE;
    }
}
