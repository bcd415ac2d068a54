package dev.gradc.compiler.diagnostic;

import dev.gradc.compiler.diagnostic.Diagnostic.Label;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A diagnostic as text: place, title, the source lines with every label under its place, and the cure. */
public final class DiagnosticRenderer {

    private static final int WIDEST_LINE = 160;

    private DiagnosticRenderer() {}

    /** The text for {@code diagnostic}, several lines, no line end at the end. */
    public static String render(Diagnostic diagnostic) {
        List<String> lines = new ArrayList<>();
        String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
        lines.add(diagnostic.span() + ": " + severity + "[" + diagnostic.code() + "]: " + diagnostic.title());
        List<Label> labels = new ArrayList<>(diagnostic.labels());
        labels.sort(Comparator.comparingInt((Label l) -> l.span().start()));
        int gutter = labels.stream()
                .mapToInt(l -> Integer.toString(l.span().line()).length())
                .max()
                .orElse(1);
        String margin = " ".repeat(gutter + 1);
        lines.add(margin + "|");
        int previous = -1;
        for (Label label : labels) {
            excerpt(label, gutter, margin, previous, lines);
            previous = label.span().line();
        }
        diagnostic.hint().filter(hint -> !hint.isBlank()).ifPresent(hint -> lines.add(margin + "= help: " + hint));
        return String.join("\n", lines);
    }

    private static void excerpt(Label label, int gutter, String margin, int previous, List<String> lines) {
        Span span = label.span();
        SourceFile file = span.file();
        int line = span.line();
        String text = file.lineText(line);
        int column = Math.min(offsetInLine(span), text.length());
        int end = Math.min(text.length(), column + Math.max(1, span.end() - span.start()));
        int from = Math.max(0, Math.min(column - WIDEST_LINE / 2, text.length() - WIDEST_LINE));
        int to = Math.min(text.length(), from + WIDEST_LINE);
        boolean clipped = from > 0 || to < text.length();
        if (line != previous || clipped) {
            lines.add(String.format(Locale.ROOT, "%" + gutter + "d | %s", line, printable(text.substring(from, to))));
        }
        String before = " ".repeat(width(text.substring(from, column)));
        int marks = Math.max(1, width(text.substring(column, Math.max(column, Math.min(end, to)))));
        String note = label.text().isEmpty() ? "" : " " + label.text();
        lines.add(margin + "| " + before + "^".repeat(marks) + note);
    }

    private static int offsetInLine(Span span) {
        String text = span.file().text();
        int start = Math.min(span.start(), text.length());
        return start - (start == 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1);
    }

    /** Tabs as four spaces; other control characters as a visible stand-in. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\t') {
                shown.append("    ");
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append('\uFFFD');
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static int width(String text) {
        return text.codePoints().map(c -> c == '\t' ? 4 : isWide(c) ? 2 : 1).sum();
    }

    private static boolean isWide(int codePoint) {
        Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA
                || script == Character.UnicodeScript.HANGUL
                || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF);
    }
}
