package dev.gradc.compiler.diagnostic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the diagnostics of one compilation, each once, in the order reported. */
public final class Diagnostics {

    private final Set<Diagnostic> reported = new LinkedHashSet<>();

    /** Adds {@code diagnostic} unless the same one was reported before. */
    public void report(Diagnostic diagnostic) {
        reported.add(diagnostic);
    }

    /** Whether an error was reported; a pipeline stops at the stage boundary then. */
    public boolean hasErrors() {
        return reported.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }

    /** What was reported so far. */
    public List<Diagnostic> list() {
        return List.copyOf(new ArrayList<>(reported));
    }
}
