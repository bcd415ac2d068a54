package dev.gradc.compiler;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.explain.Explanation;
import java.util.List;

/**
 * What models mean.
 *
 * @param models in source order; empty when there are errors
 * @param diagnostics errors and warnings in the order found
 */
public record Explanations(List<Explanation> models, List<Diagnostic> diagnostics) {

    public Explanations {
        models = List.copyOf(models);
        diagnostics = List.copyOf(diagnostics);
    }

    /** Whether no diagnostic is an error. */
    public boolean succeeded() {
        return diagnostics.stream().noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }
}
