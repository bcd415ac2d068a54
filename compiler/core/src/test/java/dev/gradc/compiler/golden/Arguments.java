package dev.gradc.compiler.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The arguments of a call in NumPy notation. */
record Arguments(Translator translator, Ast.Call call) {

    int count() {
        return call.arguments().size();
    }

    Value value(int place) {
        return translator.value(ast(place));
    }

    List<Value> values() {
        return call.arguments().stream().map(translator::value).toList();
    }

    Ast ast(int place) {
        return optional(place, "").orElseThrow(() -> missing(place));
    }

    /** The argument at {@code place}, or called {@code name}. */
    Optional<Ast> optional(int place, String name) {
        return place < count()
                ? Optional.of(call.arguments().get(place))
                : Optional.ofNullable(call.named().get(name));
    }

    int whole(int place, String name, int otherwise) {
        return optional(place, name).map(Constants::whole).orElse(otherwise);
    }

    /** The axes at {@code place} or under {@code axis}; none for all of them. */
    List<Integer> axes(int place) {
        return optional(place, "axis").map(Constants::wholes).orElse(List.of());
    }

    /** The one axis there is where none is given. */
    int axis(int place, Value x) {
        Optional<Ast> axis = optional(place, "axis");
        if (axis.isEmpty() && x.rank() != 1) {
            throw new UntranslatableException(call.function() + " of rank " + x.rank() + " without an axis");
        }
        return axis.map(Constants::whole).orElse(0);
    }

    boolean keepsDims() {
        return call.named().containsKey("keepdims")
                && Constants.isTrue(call.named().get("keepdims"));
    }

    /** All arguments as values and {@code name = value}, the way they stand. */
    String text() {
        List<String> parts = new ArrayList<>();
        call.arguments().forEach(ast -> parts.add(text(ast)));
        call.named().forEach((name, ast) -> parts.add(name + " = " + text(ast)));
        return String.join(", ", parts);
    }

    /** Lists as lists, truth values as such, anything else as an expression. */
    String text(Ast ast) {
        if (ast instanceof Ast.Items items) {
            return items.elements().stream().map(this::text).collect(Collectors.joining(", ", "[", "]"));
        } else if (ast instanceof Ast.Name name && name.text().matches("True|False|true|false")) {
            return name.text().equalsIgnoreCase("true") ? "true" : "false";
        }
        return translator.value(ast).text();
    }

    private UntranslatableException missing(int place) {
        return new UntranslatableException(call.function() + " has no argument " + place);
    }
}
