package dev.gradc.compiler.source;

import java.util.Arrays;
import java.util.Objects;

/** The text of one model file and the name under which diagnostics show it. */
public final class SourceFile {

    private final String name;
    private final String text;
    /** Where each line starts. */
    private final int[] lines;

    /**
     * @param name a path or another name the user will recognise
     * @param text the whole text
     */
    public SourceFile(String name, String text) {
        this.name = Objects.requireNonNull(name);
        this.text = Objects.requireNonNull(text);
        this.lines = lineStarts(text);
    }

    private static int[] lineStarts(String text) {
        int count = 1 + (int) text.chars().filter(c -> c == '\n').count();
        int[] starts = new int[count];
        for (int line = 1; line < count; line++) {
            starts[line] = text.indexOf('\n', starts[line - 1]) + 1;
        }
        return starts;
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** The 1-based line that holds the character at {@code offset}. */
    public int line(int offset) {
        int found = Arrays.binarySearch(lines, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The 1-based column of the character at {@code offset}, counted in code points. */
    public int column(int offset) {
        int end = Math.min(offset, text.length());
        return text.codePointCount(lines[line(end) - 1], end) + 1;
    }

    /** The 1-based line's text without its line end; empty past the last line. */
    public String lineText(int line) {
        if (line > lines.length) {
            return "";
        }
        int end = line == lines.length ? text.length() : lines[line] - 1;
        String whole = text.substring(lines[line - 1], end);
        return whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole;
    }

    /** The span from {@code start} (inclusive) to {@code end} (exclusive). */
    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceFile file && name.equals(file.name) && text.equals(file.text);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
