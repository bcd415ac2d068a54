package dev.gradc.compiler.diagnostic;

import dev.gradc.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * One problem in a model, with its place, cause and cure.
 *
 * @param code stable code such as {@code GC2003}
 * @param severity how bad it is
 * @param title what is wrong, in one line
 * @param labels the places involved, the primary one first; never empty
 * @param hint how to mend it
 */
public record Diagnostic(String code, Severity severity, String title, List<Label> labels, Optional<String> hint) {

    /** How bad a problem is; only errors stop a compilation. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** A place and what is to be said of it (may be empty). */
    public record Label(Span span, String text) {}

    public Diagnostic {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a diagnostic needs a place: " + title);
        }
    }

    /** An error with one place. */
    public static Diagnostic error(String code, String title, Span span, String label, String hint) {
        return error(code, title, List.of(new Label(span, label)), hint);
    }

    /** An error with several places, the primary one first. An empty hint is no hint. */
    public static Diagnostic error(String code, String title, List<Label> labels, String hint) {
        return new Diagnostic(
                code, Severity.ERROR, title, labels, hint.isEmpty() ? Optional.empty() : Optional.of(hint));
    }

    /** The primary place. */
    public Span span() {
        return labels.get(0).span();
    }
}
