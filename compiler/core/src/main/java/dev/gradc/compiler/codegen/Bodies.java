package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bodies of methods, beside the file that JavaPoet writes: a line of it stands for each and names the classes that are
 * used there, so that they are imported. JavaPoet looks at every character of a file twice, and bodies are most of it.
 */
final class Bodies {

    private static final String MARK = JavaText.MARK;

    /** The texts, and the classes in each in the order of their first use. */
    private final List<String> texts = new ArrayList<>();

    private final List<List<String>> used = new ArrayList<>();
    private final Map<String, ClassName> classes = new HashMap<>();

    /** Stands for {@code text}, whole lines of {@link JavaText}. */
    CodeBlock code(String text) {
        if (text.isEmpty()) {
            return CodeBlock.of("");
        }
        CodeBlock.Builder line = CodeBlock.builder().add("$L$L", MARK, texts.size());
        List<String> names = JavaText.references(text);
        names.forEach(name -> line.add("$L$T", MARK, classes.computeIfAbsent(name, ClassName::bestGuess)));
        texts.add(text);
        used.add(names);
        return line.add("\n").build();
    }

    /** {@code file} with the bodies in their places. */
    String in(String file) {
        int length = texts.stream().mapToInt(String::length).sum();
        StringBuilder all = new StringBuilder(file.length() + 2 * length);
        int from = 0;
        for (int mark = file.indexOf(MARK); mark >= 0; mark = file.indexOf(MARK, from)) {
            int line = file.lastIndexOf('\n', mark) + 1;
            int end = file.indexOf('\n', mark);
            String indent = file.substring(line, mark);
            String[] parts = file.substring(mark + 1, end).split(MARK);
            int number = Integer.parseInt(parts[0]);
            all.append(file, from, mark);
            append(texts.get(number), names(number, parts), indent, all);
            from = end;
        }
        return all.append(file, from, file.length()).toString();
    }

    /** @param parts the body's number, then what JavaPoet calls the classes in it */
    private Map<String, String> names(int number, String[] parts) {
        Map<String, String> names = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            names.put(used.get(number).get(i - 1), parts[i]);
        }
        return names;
    }

    /** Appends {@code text} without its last line end, all lines but the first with {@code indent} before them. */
    private static void append(String text, Map<String, String> names, String indent, StringBuilder all) {
        int last = text.length() - 1;
        int open = before(last, text.indexOf(MARK));
        int end = text.indexOf('\n');
        int from = 0;
        while (open < last || end < last) {
            if (open < end) {
                int close = text.indexOf(MARK, open + 1);
                all.append(text, from, open).append(names.get(text.substring(open + 1, close)));
                from = close + 1;
                open = before(last, text.indexOf(MARK, from));
            } else {
                all.append(text, from, end + 1).append(indent);
                from = end + 1;
                end = text.indexOf('\n', from);
            }
        }
        all.append(text, from, last);
    }

    /** {@code found}, or {@code last} where nothing was found. */
    private static int before(int last, int found) {
        return found < 0 ? last : found;
    }
}
