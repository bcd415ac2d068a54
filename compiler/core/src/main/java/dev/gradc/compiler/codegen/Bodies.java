package dev.gradc.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bodies of methods, and members by the thousand, beside the file that JavaPoet writes: a line of it stands for each and
 * names the classes that are used there, so that they are imported. JavaPoet looks at every character of a file twice, and
 * this is most of it. Several threads may write bodies at the same time.
 */
final class Bodies {

    private static final String MARK = JavaText.MARK;

    private static final String INDENT = "    ";

    /** One part in so many is how much indents may make texts longer without more room for the file. */
    private static final int MARGIN = 8;

    /** Where the text goes that a line in a method stands for. */
    private enum Place {
        HERE,
        BEHIND_METHOD,
        INSTEAD_OF_METHOD
    }

    /**
     * What a line stands for.
     *
     * @param texts a body, or members of a class
     * @param classes those in the texts, in the order of their first use
     */
    private record Slot(Place place, List<String> texts, List<String> classes) {}

    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, ClassName> classes = new HashMap<>();

    /** How methods are called for which a {@link JavaText#method(String) tag} stands in the texts. */
    private final Map<String, String> methods = new HashMap<>();

    /** Stands for {@code text}, whole lines of {@link JavaText}. */
    CodeBlock code(String text) {
        return text.isEmpty() ? CodeBlock.of("") : line(new Slot(Place.HERE, List.of(text), JavaText.references(text)));
    }

    /** Stands for {@code methods}, each whole lines of {@link JavaText}: they follow the one that this line is the last of. */
    CodeBlock behind(List<String> methods) {
        return methods.isEmpty() ? CodeBlock.of("") : line(new Slot(Place.BEHIND_METHOD, methods, references(methods)));
    }

    /** Stands for {@code members} of a class, each whole lines of {@link JavaText}, the first of its members. */
    MethodSpec members(List<String> members) {
        CodeBlock line = line(new Slot(Place.INSTEAD_OF_METHOD, members, references(members)));
        return MethodSpec.methodBuilder("members").addCode(line).build();
    }

    /** The method for which {@code reference} stands is called {@code method}, behind what it is called on. */
    void name(String reference, String method) {
        methods.put(reference.substring(1, reference.length() - 1), method);
    }

    private static List<String> references(List<String> texts) {
        Set<String> names = new LinkedHashSet<>();
        texts.forEach(text -> names.addAll(JavaText.references(text)));
        return List.copyOf(names);
    }

    private synchronized CodeBlock line(Slot slot) {
        CodeBlock.Builder line = CodeBlock.builder().add("$L$L", MARK, slots.size());
        slot.classes().forEach(name -> line.add("$L$T", MARK, classes.computeIfAbsent(name, ClassName::bestGuess)));
        slots.add(slot);
        return line.add("\n").build();
    }

    /** {@code file} with the texts in their places. */
    String in(String file) {
        int length = slots.stream()
                .flatMap(slot -> slot.texts().stream())
                .mapToInt(String::length)
                .sum();
        StringBuilder all = new StringBuilder(file.length() + length + length / MARGIN);
        int from = 0;
        for (int mark = file.indexOf(MARK); mark >= 0; mark = file.indexOf(MARK, from)) {
            int line = file.lastIndexOf('\n', mark) + 1;
            int end = file.indexOf('\n', mark);
            String indent = file.substring(line, mark);
            String[] parts = file.substring(mark + 1, end).split(MARK);
            Slot slot = slots.get(Integer.parseInt(parts[0]));
            Map<String, String> names = names(slot, parts);
            if (slot.place() == Place.HERE) {
                all.append(file, from, mark);
                append(slot.texts().get(0), names, indent, all);
                from = end;
                continue;
            }
            int next = file.indexOf('\n', end + 1) + 1;
            if (slot.place() == Place.BEHIND_METHOD) {
                all.append(file, from, line).append(file, end + 1, next).append('\n');
            } else {
                all.append(file, from, file.lastIndexOf('\n', line - 2) + 1);
            }
            members(slot.texts(), names, indent.substring(INDENT.length()), all);
            from = next;
        }
        return all.append(file, from, file.length()).toString();
    }

    private void members(List<String> members, Map<String, String> names, String indent, StringBuilder all) {
        String before = "";
        for (String member : members) {
            all.append(before).append(indent);
            append(member, names, indent, all);
            all.append('\n');
            before = "\n";
        }
    }

    /** @param parts the slot's number, then what JavaPoet calls the classes in it */
    private static Map<String, String> names(Slot slot, String[] parts) {
        Map<String, String> names = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            names.put(slot.classes().get(i - 1), parts[i]);
        }
        return names;
    }

    /** Appends {@code text} without its last line end, all lines but the first with {@code indent} before them. */
    private void append(String text, Map<String, String> names, String indent, StringBuilder all) {
        int last = text.length() - 1;
        int open = before(last, text.indexOf(MARK));
        int end = text.indexOf('\n');
        int from = 0;
        while (open < last || end < last) {
            if (open < end) {
                int close = text.indexOf(MARK, open + 1);
                String marked = text.substring(open + 1, close);
                Map<String, String> table = JavaText.isMethod(marked) ? methods : names;
                all.append(text, from, open).append(table.get(marked));
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
