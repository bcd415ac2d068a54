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
            all.append(file, from, mark).append(body(parts).replace("\n", "\n" + indent));
            from = end;
        }
        return all.append(file, from, file.length()).toString();
    }

    /** @param parts the body's number, then what JavaPoet calls the classes in it */
    private String body(String[] parts) {
        int number = Integer.parseInt(parts[0]);
        Map<String, String> names = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            names.put(used.get(number).get(i - 1), parts[i]);
        }
        String text = texts.get(number);
        String[] pieces = text.substring(0, text.length() - 1).split(MARK, -1);
        for (int i = 1; i < pieces.length; i += 2) {
            pieces[i] = names.get(pieces[i]);
        }
        return String.join("", pieces);
    }
}
