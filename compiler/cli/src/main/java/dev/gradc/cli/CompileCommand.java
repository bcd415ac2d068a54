package dev.gradc.cli;

import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.GeneratedModel;
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

/** {@code gradc compile}: Java sources, written only when every file compiles. */
@Command(
        name = "compile",
        description = "Writes the Java classes of models under their packages.",
        mixinStandardHelpOptions = true,
        versionProvider = GradcCommand.Version.class)
final class CompileCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "-d",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Root of the sources written; the working directory unless given.")
    private Path directory;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Model files, compiled together.")
    private List<Path> files;

    @Option(
            names = "--vectors",
            description =
                    "Write loops with the types of jdk.incubator.vector: classes are compiled and run with"
                            + " --add-modules jdk.incubator.vector; option prices and their Greeks take two thirds of the time.")
    private boolean vectors;

    @Mixin
    private Simplification simplification;

    @Override
    public Integer call() {
        Optional<List<GeneratedModel>> models = ModelSource.compile(
                files,
                simplification.apply(CompilerOptions.defaults().withVectors(vectors)),
                spec.commandLine().getErr());
        if (models.isEmpty()) {
            return ExitStatus.FAULT;
        }
        SourceTree tree = new SourceTree(directory);
        models.get().forEach(tree::write);
        return ExitStatus.DONE;
    }
}
