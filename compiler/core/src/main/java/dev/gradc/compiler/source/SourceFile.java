package dev.gradc.compiler.source;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of one model file and the name under which diagnostics show it.
 *
 * @param name a path or another name the user will recognise
 * @param text the whole text
 */
public record SourceFile(String name, String text) {

    /** The 1-based line that holds the character at {@code offset}. */
    public int line(int offset) {
        int line = 1;
        int end = Math.min(offset, text.length());
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    /** The 1-based column of the character at {@code offset}, counted in code points. */
    public int column(int offset) {
        int end = Math.min(offset, text.length());
        int start = end == 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
        return text.codePointCount(start, end) + 1;
    }

    /** The 1-based line's text without its line end; empty past the last line. */
    public String lineText(int line) {
        List<String> lines = lines();
        return line <= lines.size() ? lines.get(line - 1) : "";
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            lines.add("");
        }
        return lines;
    }

    /** The span from {@code start} (inclusive) to {@code end} (exclusive). */
    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    @Override
    public String toString() {
        return name;
    }
}
