package dev.gradc.cli;

import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.ir.Precision;
import dev.gradc.compiler.run.DataException;
import dev.gradc.compiler.run.ModelRunner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradc check}: a model's derivatives against finite differences. */
@Command(
        name = "check",
        description = {
            "Type-checks models and holds their derivatives against central differences.",
            "Every variable is checked at the data given, or else at sampled points with small dims."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GradcCommand.Version.class)
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(
            names = "--at",
            paramLabel = "DATA.json",
            description = "Check at these values, given as for eval; sampled unless given.")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private Differentiation differentiation;

    @Mixin
    private Simplification simplification;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        CompilerOptions options =
                simplification.apply(differentiation.options()).withPrecision(Precision.F64);
        Optional<List<GeneratedModel>> models = ModelSource.compile(List.of(file), options, err);
        if (models.isEmpty()) {
            return ExitStatus.FAULT;
        }
        if (data.isPresent()) {
            ModelSource.only(models.get(), file, spec.commandLine());
        }
        boolean passed = true;
        for (GeneratedModel model : models.get()) {
            passed &= check(model);
        }
        if (!passed) {
            err.println("gradc: error: " + file + ": derivatives do not agree with differences; see the report");
        }
        return passed ? ExitStatus.DONE : ExitStatus.FAULT;
    }

    private boolean check(GeneratedModel model) {
        String name = model.info().name();
        PrintWriter out = spec.commandLine().getOut();
        if (model.info().target().isEmpty()) {
            out.println(name + ": has no loss; choose an output to differentiate with --of");
            return true;
        }
        ModelRunner runner = ModelRunner.load(model);
        boolean passed = true;
        List<DataSet> points = data.map(
                        path -> DataFile.read(path, model.info()).sets())
                .orElseGet(() -> new SampledPoints(model.info(), runner).draw());
        for (int i = 0; i < points.size(); i++) {
            for (DerivativeCheck.Finding finding : findings(model, runner, points.get(i))) {
                out.println(name + ", point " + (i + 1) + ": " + finding.text());
                passed &= finding.passed();
            }
        }
        return passed;
    }

    private List<DerivativeCheck.Finding> findings(GeneratedModel model, ModelRunner runner, DataSet point) {
        try {
            return new DerivativeCheck(model.info(), runner, point).run();
        } catch (DataException e) {
            throw data.map(path -> new CommandFailure(path + ": " + e.getMessage(), e))
                    .orElseGet(() -> new CommandFailure(file + ": " + e.getMessage(), e));
        }
    }
}
