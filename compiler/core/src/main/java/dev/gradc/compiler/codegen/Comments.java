package dev.gradc.compiler.codegen;

import dev.gradc.compiler.source.Span;

/**
 * Model text made safe for comments of Java source: a backslash could begin a Unicode escape, which javac reads even in
 * comments, and a slash behind a star would end one.
 */
final class Comments {

    private static final int LONGEST = 110;

    private Comments() {}

    /** One line of a {@code //} comment. */
    static String line(String text) {
        String stripped = text.strip();
        StringBuilder line = new StringBuilder();
        boolean wasBlank = false;
        for (int i = 0; i < stripped.length() && line.length() <= LONGEST; i++) {
            char c = stripped.charAt(i);
            boolean isBlank = c == ' ' || (c >= '\t' && c <= '\r');
            if (isBlank && !wasBlank) {
                line.append(' ');
            } else if (!isBlank && !Character.isISOControl(c) && c != '\u2028' && c != '\u2029') {
                line.append(c);
            }
            wasBlank = isBlank;
        }
        String printable = line.toString();
        String cut = printable.length() > LONGEST ? printable.substring(0, LONGEST) + "..." : printable;
        return cut.replace("\\", "\\\\");
    }

    /** Text inside Javadoc. */
    static String javadoc(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || !Character.isISOControl(c)) {
                safe.append(javadoc(c, before));
                before = c;
            }
        }
        return safe.toString();
    }

    private static String javadoc(char c, char before) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '@' -> "&#64;";
            case '\\' -> "&#92;";
            case '/' -> before == '*' ? "&#47;" : "/";
            default -> String.valueOf(c);
        };
    }

    /** The file's own name, without the folders, which differ between machines. */
    static String fileName(Span span) {
        String name = span.file().name().replace('\\', '/');
        return line(name.substring(name.lastIndexOf('/') + 1));
    }
}
