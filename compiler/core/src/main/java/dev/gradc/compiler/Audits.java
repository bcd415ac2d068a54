package dev.gradc.compiler;

import dev.gradc.compiler.diagnostic.Diagnostic;
import java.util.List;

/**
 * Models made ready for their derivatives to be checked.
 *
 * @param models none where something is wrong
 * @param diagnostics all problems
 */
public record Audits(List<Audit> models, List<Diagnostic> diagnostics) {

    public Audits {
        models = List.copyOf(models);
        diagnostics = List.copyOf(diagnostics);
    }

    /** Whether no diagnostic is an error. */
    public boolean succeeded() {
        return diagnostics.stream().noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }
}
