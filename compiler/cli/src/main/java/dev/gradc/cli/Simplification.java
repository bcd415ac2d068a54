package dev.gradc.cli;

import dev.gradc.compiler.CompilerOptions;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that switches rules of the simplifier off. */
final class Simplification {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "RULE",
            description = "Switch these rules of the simplifier off, to see what they do.")
    private List<String> rules = List.of();

    /** {@code options} without the rules named. */
    CompilerOptions apply(CompilerOptions options) {
        try {
            return options.withoutRules(new LinkedHashSet<>(rules));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--without: " + e.getMessage(), e);
        }
    }
}
