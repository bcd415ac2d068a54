package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.Functions.Function;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Functions that fold axes, and functions along an axis. */
final class ReductionFunctions {

    private ReductionFunctions() {}

    static Map<String, Function> byName() {
        Map<String, Function> functions = new HashMap<>();
        for (String name : List.of("sum", "prod", "mean", "logsumexp", "std", "norm")) {
            functions.put(name, (translator, a) -> fold(name, a));
        }
        functions.put("var", (translator, a) -> fold("variance", a));
        for (String name : List.of("max", "min")) {
            functions.put(name, (translator, a) -> extremum(name, a));
        }
        for (String name : List.of("softmax", "log_softmax")) {
            functions.put(name, (translator, a) -> along(name, a, a.whole(1, "axis", -1)));
        }
        for (String name : List.of("cumsum", "cumprod")) {
            functions.put(name, (translator, a) -> along(name, a, a.axis(1, a.value(0))));
        }
        functions.put("count", ReductionFunctions::count);
        return functions;
    }

    private static Value fold(String name, Arguments a) {
        Value x = a.value(0);
        List<Integer> axes = a.axes(1);
        String text = x.text() + axisText(axes) + (a.keepsDims() ? ", keepdims = true" : "");
        return Value.atom(name + "(" + text + ")", Shapes.reduced(x.shape(), axes, a.keepsDims()));
    }

    private static String axisText(List<Integer> axes) {
        if (axes.isEmpty()) {
            return "";
        }
        return ", axis = " + (axes.size() == 1 ? axes.get(0).toString() : axes.toString());
    }

    /** Python's function of two numbers, or NumPy's of an array. */
    private static Value extremum(String name, Arguments a) {
        boolean isPair = a.count() == 2 && (a.value(0).rank() == 0 || !Constants.isWhole(a.ast(1)));
        return isPair ? PointwiseFunctions.call(name, a.values()) : fold(name, a);
    }

    private static Value along(String name, Arguments a, int axis) {
        Value x = a.value(0);
        return Value.atom(name + "(" + x.text() + ", axis = " + axis + ")", x.shape());
    }

    /** How many elements are folded into one: {@code count(x, axis)}. */
    private static Value count(Translator translator, Arguments a) {
        Value x = a.value(0);
        List<Integer> axes =
                a.axes(1).stream().map(axis -> Shapes.axis(axis, x.rank())).toList();
        String product = IntStream.range(0, x.rank())
                .filter(axis -> axes.isEmpty() || axes.contains(axis))
                .mapToObj(axis -> translator.extents().text(x.extent(axis)))
                .collect(Collectors.joining(" * "));
        return Value.of(Value.Level.PRODUCT, product);
    }
}
