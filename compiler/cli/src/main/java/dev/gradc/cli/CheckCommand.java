package dev.gradc.cli;

import dev.gradc.compiler.Audit;
import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.ModelInfo;
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
            "Type-checks models and holds all their derivatives against central differences: gradients, products with the "
                    + "Jacobian of every output, and what `derive` clauses ask for.",
            "They are checked at the data given, or else at sampled points with small dims; where one disagrees, the gate "
                    + "at fault is named."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GradcCommand.Version.class)
final class CheckCommand implements Callable<Integer> {

    /** Elements of a model of which one sampled point is checked. */
    private static final long LARGE = 10_000;

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
        Optional<List<Audit>> audits = ModelSource.audit(file, options, err);
        if (audits.isEmpty()) {
            return ExitStatus.FAULT;
        }
        if (data.isPresent()) {
            ModelSource.only(audits.get().stream().map(Audit::model).toList(), file, spec.commandLine());
        }
        boolean passed = true;
        for (Audit audit : audits.get()) {
            passed &= check(audit);
        }
        if (!passed) {
            err.println("gradc: error: " + file + ": derivatives do not agree with differences; see the report");
        }
        return passed ? ExitStatus.DONE : ExitStatus.FAULT;
    }

    private boolean check(Audit audit) {
        ModelInfo model = audit.model().info();
        if (model.derivatives().isEmpty()) {
            say(model.name() + ": has no real output and real argument to differentiate");
            return true;
        }
        try {
            ModelRunner runner = ModelRunner.load(audit.model());
            List<DataSet> points = data.map(path -> DataFile.read(path, model).sets())
                    .orElseGet(() -> new SampledPoints(model, runner).draw());
            int count = isLarge(points.get(0)) && data.isEmpty() ? 1 : points.size();
            boolean passed = true;
            for (int i = 0; i < count; i++) {
                String prefix = model.name() + ", point " + (i + 1) + ": ";
                passed &= new PointCheck(audit, runner, points.get(i), text -> say(prefix + text)).run();
            }
            return passed;
        } catch (DataException e) {
            throw new CommandFailure(data.orElse(file) + ": " + e.getMessage(), e);
        }
    }

    /** Whether one sampled point of the size of {@code point} must do, for time. */
    private static boolean isLarge(DataSet point) {
        return point.arguments().values().stream()
                        .mapToLong(tensor -> tensor.values().length)
                        .sum()
                > LARGE;
    }

    /** At once, since the next line may take its time. */
    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
