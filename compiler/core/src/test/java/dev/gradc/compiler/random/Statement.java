package dev.gradc.compiler.random;

import dev.gradc.compiler.run.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A definition: how it is written, and what it means.
 *
 * @param head what is behind {@code let}: the name, and its indices where it has some
 * @param meaning its value, from those of all names
 */
record Statement(
        String name, String head, String text, List<Extent> shape, Function<Map<String, Tensor>, Tensor> meaning) {

    int[] extents() {
        return shape.stream().mapToInt(Extent::value).toArray();
    }

    String definition() {
        return "let " + head + " = " + text + ";";
    }

    /** The same name as something that is given. */
    String given() {
        String dims = shape.stream().map(Extent::text).collect(Collectors.joining(", "));
        return "param " + name + " : real" + (shape.isEmpty() ? "" : "[" + dims + "]") + ";";
    }

    boolean uses(String other) {
        return text.matches("(?s).*\\b" + other + "\\b.*");
    }
}
