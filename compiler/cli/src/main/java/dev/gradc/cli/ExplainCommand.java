package dev.gradc.cli;

import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.Explanations;
import dev.gradc.compiler.Gradc;
import dev.gradc.compiler.explain.Explanation;
import dev.gradc.compiler.explain.Report;
import dev.gradc.compiler.explain.UnfitDimsException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradc explain}: formulas, and what they cost. */
@Command(
        name = "explain",
        description = {
            "Prints the formulas of models and of their derivatives, what rewrites and patterns they show, and what the "
                    + "generated code costs: operations, memory, loops."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GradcCommand.Version.class)
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(
            names = "--dims",
            split = ",",
            paramLabel = "NAME=N",
            description = "Values of runtime dims, to count at; 100 unless given, where that fits.")
    private Map<String, Integer> dims = Map.of();

    @Option(names = "--json", description = "Print all as JSON.")
    private boolean json;

    @Option(names = "--latex", description = "Print the formulas as LaTeX, for the package amsmath.")
    private boolean latex;

    @Mixin
    private Differentiation differentiation;

    @Mixin
    private Simplification simplification;

    @Override
    public Integer call() {
        if (json && latex) {
            throw new ParameterException(
                    spec.commandLine(), "--json and --latex exclude each other; the JSON has the LaTeX in it");
        }
        Explanations explanations = explain();
        PrintWriter err = spec.commandLine().getErr();
        ModelSource.report(explanations.diagnostics(), err);
        if (!explanations.succeeded()) {
            return ExitStatus.FAULT;
        }
        write(explanations.models());
        return ExitStatus.DONE;
    }

    private Explanations explain() {
        CompilerOptions options = simplification.apply(differentiation.options());
        try {
            return Gradc.explain(List.of(ModelSource.read(file)), ModelSource::imported, options, dims);
        } catch (UnfitDimsException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void write(List<Explanation> models) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ExplanationWriter.write(out, models);
            return;
        }
        for (int i = 0; i < models.size(); i++) {
            out.print(i == 0 ? "" : "\n");
            out.print(latex ? Report.latex(models.get(i)) : Report.text(models.get(i)));
        }
    }
}
