package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lines of a method's body, written as text. */
final class JavaText {

    /**
     * Stands before and behind the name of a class, which JavaPoet imports, and what stands for a method that has no name yet; no
     * Java source has this character.
     */
    static final String MARK = "\0";

    /** What marked text begins with that stands for a method. */
    private static final String METHOD = "#";

    private static final String INDENT = "    ";

    /** What ends the head of a method. */
    private static final String END = ") {";

    private final StringBuilder text = new StringBuilder();
    private final List<String> declared = new ArrayList<>();
    private String indent;

    /** Lines of the outermost block. */
    JavaText() {
        this("");
    }

    private JavaText(String indent) {
        this.indent = indent;
    }

    /** Lines of the body of a method whose head stands before them in the same text. */
    static JavaText ofMethod() {
        return new JavaText(INDENT);
    }

    /** The class with this qualified name, in text. */
    static String reference(String className) {
        return MARK + className + MARK;
    }

    /** A method that gets its name, and what it is called on, once all are written. */
    static String method(String tag) {
        return MARK + METHOD + tag + MARK;
    }

    /** Whether {@code marked}, the text between two marks, stands for a method. */
    static boolean isMethod(String marked) {
        return marked.startsWith(METHOD);
    }

    /** The names of the classes in {@code text}, in the order of their first use. */
    static List<String> references(String text) {
        Set<String> names = new LinkedHashSet<>();
        int open = text.indexOf(MARK);
        while (open >= 0) {
            int close = text.indexOf(MARK, open + 1);
            String marked = text.substring(open + 1, close);
            if (!isMethod(marked)) {
                names.add(marked);
            }
            open = text.indexOf(MARK, close + 1);
        }
        return List.copyOf(names);
    }

    /** {@code text}, the classes in it imported. */
    static CodeBlock code(String text) {
        String[] pieces = text.split(MARK, -1);
        StringBuilder format = new StringBuilder();
        List<Object> arguments = new ArrayList<>();
        for (int i = 0; i < pieces.length; i++) {
            boolean isClass = i % 2 == 1;
            format.append(isClass ? "$T" : "$L");
            arguments.add(isClass ? ClassName.bestGuess(pieces[i]) : pieces[i]);
        }
        return CodeBlock.of(format.toString(), arguments.toArray());
    }

    /** A private method whose head is in lines of at most {@code width} characters, as JavaPoet breaks them. */
    static String method(String name, List<String> parameters, String body, int width) {
        StringBuilder method = new StringBuilder("private void ").append(name).append('(');
        int column = method.length();
        int last = parameters.size() - 1;
        for (int i = 0; i <= last; i++) {
            String part = parameters.get(i) + (i == last ? "" : ",");
            boolean isNext = column + 1 + part.length() + (i == last ? END.length() : 0) > width;
            if (i > 0) {
                method.append(isNext ? "\n" + INDENT + INDENT : " ");
                column = isNext ? 2 * INDENT.length() : column + 1;
            }
            method.append(part);
            column += part.length();
        }
        return method.append(END).append('\n').append(body).append("}\n").toString();
    }

    /** A line as it is. */
    void line(String line) {
        text.append(indent).append(line).append('\n');
    }

    /** A statement of {@code parts}, which gets its semicolon. */
    void statement(String... parts) {
        text.append(indent);
        for (String part : parts) {
            text.append(part);
        }
        text.append(";\n");
    }

    /** Declares a variable that keeps its {@code value}. */
    void declare(String type, String name, String value) {
        statement("final ", type, " ", name, " = ", value);
        declared.add(name);
    }

    /** Opens a block, such as that of a loop, behind {@code head}. */
    void open(String head) {
        text.append(indent).append(head).append(" {\n");
        indent += INDENT;
    }

    /** Closes the innermost open block. */
    void close() {
        indent = indent.substring(INDENT.length());
        line("}");
    }

    /** What has been written since it was last taken. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        declared.clear();
        return taken;
    }

    /** The variables that {@link #declare} has declared since what was written was last taken. */
    List<String> declared() {
        return List.copyOf(declared);
    }

    /**
     * {@code text} with the number of each of {@code variables} in place of its name: texts that differ in these names alone
     * become the same.
     */
    static String unnamed(String text, List<String> variables) {
        String unnamed = text;
        for (int i = 0; i < variables.size(); i++) {
            unnamed = replaced(unnamed, variables.get(i), MARK + i);
        }
        return unnamed;
    }

    private static String replaced(String text, String variable, String replacement) {
        StringBuilder replaced = new StringBuilder(text.length());
        int copied = 0;
        for (int at = text.indexOf(variable); at >= 0; at = text.indexOf(variable, at + 1)) {
            int end = at + variable.length();
            if (isVariable(text, at, end)) {
                replaced.append(text, copied, at).append(replacement);
                copied = end;
            }
        }
        return replaced.append(text, copied, text.length()).toString();
    }

    /** Whether this part of {@code text} is a whole word, and none with a point before it or arguments behind, as members have. */
    private static boolean isVariable(String text, int from, int end) {
        char before = from == 0 ? ' ' : text.charAt(from - 1);
        char behind = end == text.length() ? ' ' : text.charAt(end);
        return before != '.'
                && behind != '('
                && !Character.isJavaIdentifierPart(before)
                && !Character.isJavaIdentifierPart(behind);
    }
}
