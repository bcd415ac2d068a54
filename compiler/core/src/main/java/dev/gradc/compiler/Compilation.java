package dev.gradc.compiler;

import dev.gradc.compiler.diagnostic.Diagnostic;
import java.util.List;

/**
 * The result of a compilation.
 *
 * @param models what was generated, in source order; empty when there are errors
 * @param diagnostics errors and warnings in the order found
 */
public record Compilation(List<GeneratedModel> models, List<Diagnostic> diagnostics) {

    public Compilation {
        models = List.copyOf(models);
        diagnostics = List.copyOf(diagnostics);
    }

    /** Whether no diagnostic is an error. */
    public boolean succeeded() {
        return diagnostics.stream().noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }
}
