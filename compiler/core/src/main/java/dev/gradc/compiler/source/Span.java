package dev.gradc.compiler.source;

/**
 * A stretch of a source file, for diagnostics and for comments in generated code.
 *
 * @param file the file
 * @param start offset of the first character
 * @param end offset behind the last character
 */
public record Span(SourceFile file, int start, int end) {

    /** The 1-based line of the first character. */
    public int line() {
        return file.line(start);
    }

    /** The 1-based column of the first character. */
    public int column() {
        return file.column(start);
    }

    /** The text of the span. */
    public String text() {
        return file.text().substring(start, end);
    }

    /** The smallest span that covers this one and {@code other}. */
    public Span to(Span other) {
        return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
    }

    @Override
    public String toString() {
        return file.name() + ":" + line() + ":" + column();
    }
}
