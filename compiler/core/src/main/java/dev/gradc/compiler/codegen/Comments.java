package dev.gradc.compiler.codegen;

import dev.gradc.compiler.source.Span;
import java.util.stream.Collectors;

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
        return text.codePoints()
                .filter(c -> c == '\n' || !Character.isISOControl(c))
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("*/", "*&#47;")
                .replace("\\", "&#92;");
    }

    /** The file's own name, without the folders, which differ between machines. */
    static String fileName(Span span) {
        String name = span.file().name().replace('\\', '/');
        return line(name.substring(name.lastIndexOf('/') + 1));
    }
}
