package dev.gradc.cli;

import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.ModelInfo;
import dev.gradc.compiler.run.DataException;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelInstance;
import dev.gradc.compiler.run.ModelRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradc eval}: outputs and gradients of a model at given data. */
@Command(
        name = "eval",
        description =
                "Compiles a model in memory, runs it and prints outputs, gradients and what its `derive` clauses ask "
                        + "for as JSON.",
        mixinStandardHelpOptions = true,
        versionProvider = GradcCommand.Version.class)
final class EvalCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(
            names = "--at",
            required = true,
            paramLabel = "DATA.json",
            description = "Values of inputs and params by name; \"dims\" gives dims, \"seed\" the upstream gradient, "
                    + "\"vectors\" those that derivatives take, as in {\"hvp\": [1, 0]}. "
                    + "An array of such objects gives an array of results.")
    private Path data;

    @Option(
            names = "--seed",
            description = "Require the upstream gradient under \"seed\" in the data; taken whenever it is there.")
    private boolean seeded;

    @Mixin
    private Differentiation differentiation;

    @Mixin
    private Simplification simplification;

    @Override
    public Integer call() {
        CompilerOptions options = simplification.apply(differentiation.options());
        Optional<List<GeneratedModel>> models =
                ModelSource.compile(List.of(file), options, spec.commandLine().getErr());
        if (models.isEmpty()) {
            return ExitStatus.FAULT;
        }
        GeneratedModel model = ModelSource.only(models.get(), file, spec.commandLine());
        DataFile content = DataFile.read(data, model.info());
        boolean isScalar = model.info()
                .target()
                .flatMap(model.info()::output)
                .map(ModelInfo.Variable::isScalar)
                .orElse(true);
        boolean needsSeed = seeded || (options.of().isPresent() && !isScalar);
        List<Evaluation> evaluations = evaluate(ModelRunner.load(model), content, needsSeed);
        ResultWriter.write(spec.commandLine().getOut(), model.info(), evaluations, content.array());
        return ExitStatus.DONE;
    }

    private List<Evaluation> evaluate(ModelRunner runner, DataFile content, boolean needsSeed) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (DataSet set : content.sets()) {
            try {
                if (needsSeed && set.seed().isEmpty()) {
                    throw new DataException("no upstream gradient for the differentiated output;"
                            + " give one of its shape under \"seed\"");
                }
                ModelInstance instance = runner.instance(set.arguments(), set.dims());
                evaluations.add(instance.evaluate(set.arguments(), set.seed())
                        .with(instance.derivatives(set.arguments(), set.vectors())));
            } catch (DataException e) {
                String place = content.array() ? "[" + evaluations.size() + "]: " : "";
                throw new CommandFailure(data + ": " + place + e.getMessage(), e);
            }
        }
        return evaluations;
    }
}
