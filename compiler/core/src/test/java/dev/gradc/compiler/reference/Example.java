package dev.gradc.compiler.reference;

import dev.gradc.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A block of model text in the reference. One that begins with {@code package}, {@code import}, {@code model}, {@code fn},
 * {@code gate} or documentation is a whole file; any other is the statements of a model whose dims are N, M, K and T.
 *
 * @param line of the page where the block begins
 * @param error the code that it must be refused with; empty for a block that must compile
 * @param text the block
 */
public record Example(int line, Optional<String> error, String text) {

    private static final Pattern FENCE = Pattern.compile("```grad(?: error (GC\\d{4}))?");
    private static final Pattern FILE = Pattern.compile("(package|import|model|fn|gate|///).*", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

    /** The blocks of {@code page}. */
    public static List<Example> of(String page) {
        List<Example> examples = new ArrayList<>();
        List<String> lines = page.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int begin = i + 1;
                int end = begin + lines.subList(begin, lines.size()).indexOf("```");
                String text = lines.subList(begin, end).stream().collect(Collectors.joining("\n", "", "\n"));
                examples.add(new Example(begin + 1, Optional.ofNullable(fence.group(1)), text));
                i = end;
            }
        }
        return examples;
    }

    /** The file that the block is, or stands for. */
    public SourceFile source() {
        return new SourceFile(
                "LANGUAGE.md:" + line, isFile() ? text : "model Fragment" + dims() + " {\n" + text + "}\n");
    }

    /** The package that the block declares. */
    public Optional<String> packageName() {
        Matcher declared = PACKAGE.matcher(text);
        return declared.find() ? Optional.of(declared.group(1)) : Optional.empty();
    }

    /** What the block says of its values. */
    public List<Promise> promises() {
        return text.lines().flatMap(written -> Promise.in(written).stream()).toList();
    }

    private boolean isFile() {
        return FILE.matcher(text).matches();
    }

    private String dims() {
        return Stream.of("N", "M", "K", "T")
                .filter(dim ->
                        Pattern.compile("\\b" + dim + "\\b").matcher(text).find())
                .collect(Collectors.joining(", ", "(", ")"))
                .replace("()", "");
    }

    @Override
    public String toString() {
        return "line " + line + ": " + text.lines().findFirst().orElse("");
    }
}
