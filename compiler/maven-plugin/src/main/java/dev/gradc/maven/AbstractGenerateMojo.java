package dev.gradc.maven;

import dev.gradc.compiler.Compilation;
import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.Gradc;
import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.source.Span;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.build.BuildContext;

/**
 * What both goals do: compile the models of a directory when they, the options or gradc changed since the last
 * successful run, and write what is new. Models may import one another, so they are compiled together.
 */
abstract class AbstractGenerateMojo extends AbstractMojo {

    private final BuildContext buildContext;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    /** Where it is kept what the last run read and wrote. */
    @Parameter(defaultValue = "${project.build.directory}/gradc-status", readonly = true, required = true)
    File statusDirectory;

    /** Leaves models alone, and what was generated from them before. */
    @Parameter(property = "gradc.skip", defaultValue = "false")
    boolean skip;

    /**
     * Writes loops with the types of jdk.incubator.vector: the classes are compiled and run with {@code --add-modules
     * jdk.incubator.vector}.
     */
    @Parameter(property = "gradc.vectors", defaultValue = "false")
    boolean vectors;

    AbstractGenerateMojo(BuildContext buildContext) {
        this.buildContext = buildContext;
    }

    /** Root of the model files; need not exist. */
    abstract Path sources();

    /** Root of the generated sources. */
    abstract Path output();

    /** Has Maven compile what is in {@code directory}. */
    abstract void addSourceRoot(String directory);

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        addSourceRoot(output().toString());
        if (skip) {
            getLog().info("Skipped: gradc.skip is set.");
            return;
        }
        try {
            generate(ModelDirectory.read(sources(), project.getBasedir().toPath()));
        } catch (IOException e) {
            throw new MojoExecutionException("Models cannot be read, or sources not written: " + e, e);
        }
    }

    private void generate(List<SourceFile> models) throws IOException, MojoFailureException {
        CompilerOptions options = CompilerOptions.defaults().withVectors(vectors);
        Path statusFile = statusDirectory.toPath().resolve(execution.getGoal() + "-" + execution.getExecutionId());
        GenerationStatus last = GenerationStatus.read(statusFile);
        String inputs = GenerationStatus.digestInputs(Gradc.version(), options, models);
        if (!isSnapshot() && last.holds(inputs, output())) {
            getLog().info("Models are up to date.");
            return;
        }
        List<GeneratedModel> generated = compile(models, options);
        GenerationStatus status = GenerationStatus.of(inputs, generated);
        int written = new GeneratedSources(output(), buildContext).replace(generated, last, status);
        status.write(statusFile);
        getLog().info("Generated classes: " + generated.size() + ", files changed: " + written);
    }

    /** A snapshot keeps its version while it changes, so that only running it tells what it would generate. */
    private static boolean isSnapshot() {
        return Gradc.version().endsWith("-SNAPSHOT");
    }

    private List<GeneratedModel> compile(List<SourceFile> models, CompilerOptions options) throws MojoFailureException {
        models.forEach(model -> buildContext.removeMessages(file(model)));
        Compilation compilation = Gradc.compile(models, options);
        compilation.diagnostics().forEach(this::show);
        if (!compilation.succeeded()) {
            throw new MojoFailureException(compilation.diagnostics().stream()
                    .map(DiagnosticRenderer::render)
                    .collect(Collectors.joining("\n\n", "models do not compile\n\n", "\n")));
        }
        return compilation.models();
    }

    /** Logs {@code diagnostic} in a build; marks its place in an IDE. */
    private void show(Diagnostic diagnostic) {
        Span span = diagnostic.span();
        int severity = switch (diagnostic.severity()) {
            case ERROR -> BuildContext.SEVERITY_ERROR;
            case WARNING -> BuildContext.SEVERITY_WARNING;
        };
        String message = diagnostic.code() + ": " + diagnostic.title();
        buildContext.addMessage(file(span.file()), span.line(), span.column(), message, severity, null);
    }

    private File file(SourceFile model) {
        return project.getBasedir().toPath().resolve(model.name()).toFile();
    }
}
