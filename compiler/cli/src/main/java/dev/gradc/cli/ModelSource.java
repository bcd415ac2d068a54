package dev.gradc.cli;

import dev.gradc.compiler.Audit;
import dev.gradc.compiler.Audits;
import dev.gradc.compiler.Compilation;
import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.Gradc;
import dev.gradc.compiler.ImportFinder;
import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.source.SourceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Model files named on the command line, compiled, with their diagnostics on standard error. */
final class ModelSource {

    private static final long LIMIT = 16L << 20;

    private ModelSource() {}

    /** What {@code files} compile to; empty when they do not, which has been reported to {@code err} then. */
    static Optional<List<GeneratedModel>> compile(List<Path> files, CompilerOptions options, PrintWriter err) {
        List<SourceFile> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(read(file));
        }
        Compilation compilation = Gradc.compile(sources, ModelSource::imported, options);
        report(compilation.diagnostics(), err);
        return compilation.succeeded() ? Optional.of(compilation.models()) : Optional.empty();
    }

    /** The models of {@code file} ready to be checked; empty when there are none, which has been reported then. */
    static Optional<List<Audit>> audit(Path file, CompilerOptions options, PrintWriter err) {
        Audits audits = Gradc.audit(List.of(read(file)), ModelSource::imported, options);
        report(audits.diagnostics(), err);
        return audits.succeeded() ? Optional.of(audits.models()) : Optional.empty();
    }

    /** The model file {@code file}. */
    static SourceFile read(Path file) {
        return new SourceFile(file.toString(), TextFile.read(file, LIMIT));
    }

    /** Prints {@code diagnostics} to {@code err}. */
    static void report(List<Diagnostic> diagnostics, PrintWriter err) {
        diagnostics.forEach(diagnostic -> err.println(DiagnosticRenderer.render(diagnostic)));
    }

    /**
     * The model files of the package wanted: in the folders that its name says, from the folder in which the importer's
     * own package starts.
     */
    static List<SourceFile> imported(SourceFile importer, ImportFinder.Wanted wanted) {
        Path folder = Path.of(importer.name()).toAbsolutePath().getParent();
        Path own = folders(wanted.importerPackage());
        boolean isInPackage = !wanted.importerPackage().isEmpty() && folder.endsWith(own);
        for (int i = 0; isInPackage && i < own.getNameCount(); i++) {
            folder = folder.getParent();
        }
        Path of = folder.resolve(folders(wanted.packageName()));
        if (!Files.isDirectory(of)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(of)) {
            return files.filter(file -> file.toString().endsWith(".grad"))
                    .sorted()
                    .map(ModelSource::read)
                    .toList();
        } catch (IOException e) {
            throw new CommandFailure(of + ": cannot be listed: " + e.getMessage());
        }
    }

    private static Path folders(String packageName) {
        return Path.of("", packageName.split("\\."));
    }

    /**
     * The one model of {@code models}.
     *
     * @throws ParameterException where the command line must choose one of several
     */
    static GeneratedModel only(List<GeneratedModel> models, Path file, CommandLine command) {
        if (models.isEmpty()) {
            throw new CommandFailure(file + ": declares no model");
        }
        if (models.size() > 1) {
            String names = models.stream().map(m -> m.info().name()).collect(Collectors.joining(", "));
            throw new ParameterException(command, file + " has several models; choose one with --model: " + names);
        }
        return models.get(0);
    }
}
