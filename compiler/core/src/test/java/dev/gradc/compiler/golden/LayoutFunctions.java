package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.Functions.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Functions that place elements elsewhere. */
final class LayoutFunctions {

    private LayoutFunctions() {}

    static Map<String, Function> byName() {
        Map<String, Function> functions = new HashMap<>();
        functions.put("reshape", LayoutFunctions::reshape);
        functions.put("ravel", LayoutFunctions::flatten);
        functions.put("flatten", LayoutFunctions::flatten);
        functions.put("concatenate", LayoutFunctions::concatenate);
        functions.put("stack", LayoutFunctions::stack);
        functions.put("expand_dims", (translator, a) -> expand(a));
        functions.put("squeeze", (translator, a) -> squeeze(a));
        functions.put("broadcast_to", LayoutFunctions::broadcastTo);
        functions.put("tile", LayoutFunctions::tile);
        functions.put("repeat", LayoutFunctions::repeat);
        functions.put("roll", LayoutFunctions::roll);
        functions.put("pad", (translator, a) -> pad(a));
        functions.put("sort", (translator, a) -> sort(a));
        return functions;
    }

    private static Value reshape(Translator translator, Arguments a) {
        Value x = a.value(0);
        List<Integer> wanted = a.count() > 2
                ? a.call().arguments().stream().skip(1).map(Constants::whole).toList()
                : Constants.wholes(a.ast(1));
        return reshape(translator, x, wanted);
    }

    private static Value flatten(Translator translator, Arguments a) {
        return reshape(translator, a.value(0), List.of(-1));
    }

    /** {@code x} with the extents {@code wanted}, of which one may be -1: what remains. */
    private static Value reshape(Translator translator, Value x, List<Integer> wanted) {
        if (wanted.equals(List.of(-1))) {
            String size = Arrays.stream(x.shape())
                    .mapToObj(translator.extents()::text)
                    .collect(Collectors.joining(" * "));
            String known = translator.extents().dims().isEmpty() ? Integer.toString(Shapes.size(x.shape())) : size;
            return Value.atom("reshape(" + x.text() + ", [" + known + "])", Shapes.size(x.shape()));
        }
        int product = wanted.stream().filter(e -> e != -1).reduce(1, Math::multiplyExact);
        int[] shape = wanted.stream()
                .mapToInt(e -> e == -1 ? Shapes.size(x.shape()) / product : e)
                .toArray();
        if (Shapes.size(shape) != Shapes.size(x.shape())) {
            throw new UntranslatableException("a reshape from " + Arrays.toString(x.shape()) + " to " + wanted);
        }
        return Value.atom("reshape(" + x.text() + ", " + Arrays.toString(shape) + ")", shape);
    }

    private static List<Value> list(Translator translator, Ast ast) {
        if (ast instanceof Ast.Items items) {
            return items.elements().stream().map(translator::value).toList();
        }
        throw new UntranslatableException("no list is " + ast);
    }

    private static Value concatenate(Translator translator, Arguments a) {
        List<Value> values = list(translator, a.ast(0));
        int axis = a.whole(1, "axis", 0);
        int extent = values.stream().mapToInt(v -> v.extent(axis)).sum();
        int[] shape = Shapes.with(values.get(0).shape(), axis, extent);
        for (Value value : values) {
            if (!Arrays.equals(Shapes.with(value.shape(), axis, extent), shape)) {
                throw new UntranslatableException("parts of different shapes");
            }
        }
        return joined("concat", values, axis, shape);
    }

    private static Value stack(Translator translator, Arguments a) {
        List<Value> values = list(translator, a.ast(0));
        int axis = a.whole(1, "axis", 0);
        return joined("stack", values, axis, Shapes.insert(values.get(0).shape(), axis, values.size()));
    }

    private static Value joined(String function, List<Value> values, int axis, int... shape) {
        String list = values.stream().map(Value::text).collect(Collectors.joining(", ", "[", "]"));
        return Value.atom(function + "(" + list + ", axis = " + axis + ")", shape);
    }

    /** What a call of {@code split}, or a list, gives to several names. */
    static List<Value> parts(Translator translator, Ast ast) {
        if (!(ast instanceof Ast.Call call) || !call.function().equals("split")) {
            return list(translator, ast);
        }
        translator.fixExtents();
        Arguments a = new Arguments(translator, call);
        Value x = translator.named(a.value(0));
        int axis = Shapes.axis(a.whole(2, "axis", 0), x.rank());
        int size = x.extent(axis) / Constants.whole(a.ast(1));
        List<Value> parts = new ArrayList<>();
        for (int low = 0; low + size <= x.extent(axis); low += size) {
            String text = x.text() + "[" + ":, ".repeat(axis) + low + ":" + (low + size) + "]";
            parts.add(Value.atom(text, Shapes.with(x.shape(), axis, size)));
        }
        return parts;
    }

    private static Value expand(Arguments a) {
        Value x = a.value(0);
        int axis = Constants.whole(a.optional(1, "axis").orElseThrow());
        return Value.atom("expand(" + x.text() + ", " + axis + ")", Shapes.insert(x.shape(), axis, 1));
    }

    /** Without the axes of extent 1. */
    private static Value squeeze(Arguments a) {
        Value x = a.value(0);
        List<Integer> axes =
                a.axes(1).stream().map(axis -> Shapes.axis(axis, x.rank())).toList();
        List<String> subscripts = IntStream.range(0, x.rank())
                .mapToObj(i -> (axes.isEmpty() ? x.extent(i) == 1 : axes.contains(i)) ? "0" : ":")
                .toList();
        int[] kept = IntStream.range(0, x.rank())
                .filter(i -> subscripts.get(i).equals(":"))
                .map(x::extent)
                .toArray();
        return Value.atom(x.as(Value.Level.ATOM) + "[" + String.join(", ", subscripts) + "]", kept);
    }

    private static Value broadcastTo(Translator translator, Arguments a) {
        translator.fixExtents();
        Value x = a.value(0);
        int[] wanted =
                Constants.wholes(a.ast(1)).stream().mapToInt(Integer::intValue).toArray();
        String text = x.text();
        for (int i = x.rank(); i < wanted.length; i++) {
            text = "expand(" + text + ", 0)";
        }
        int[] before = IntStream.range(0, wanted.length)
                .map(i -> i < wanted.length - x.rank() ? 1 : x.extent(i - (wanted.length - x.rank())))
                .toArray();
        int[] times = IntStream.range(0, wanted.length)
                .map(i -> wanted[i] / before[i])
                .toArray();
        return Value.atom("tile(" + text + ", " + Arrays.toString(times) + ")", wanted);
    }

    private static Value tile(Translator translator, Arguments a) {
        Value x = a.value(0);
        List<Integer> times = new ArrayList<>(Constants.wholes(a.ast(1)));
        while (times.size() < x.rank()) {
            times.add(0, 1);
        }
        String text = x.text();
        for (int i = x.rank(); i < times.size(); i++) {
            text = "expand(" + text + ", 0)";
        }
        int added = times.size() - x.rank();
        int[] shape = IntStream.range(0, times.size())
                .map(i -> times.get(i) * (i < added ? 1 : x.extent(i - added)))
                .toArray();
        return Value.atom("tile(" + text + ", " + times + ")", shape);
    }

    private static Value repeat(Translator translator, Arguments a) {
        boolean isFlat = a.optional(2, "axis").isEmpty();
        Value x = isFlat && a.value(0).rank() != 1 ? flatten(translator, a) : a.value(0);
        int times = Constants.whole(a.ast(1));
        int axis = a.whole(2, "axis", 0);
        int[] shape = Shapes.with(x.shape(), axis, x.extent(axis) * times);
        return Value.atom("repeat(" + x.text() + ", " + times + ", axis = " + axis + ")", shape);
    }

    private static Value roll(Translator translator, Arguments a) {
        translator.fixExtents();
        Value x = a.value(0);
        int axis = a.axis(2, x);
        return Value.atom("roll(" + x.text() + ", " + Constants.whole(a.ast(1)) + ", axis = " + axis + ")", x.shape());
    }

    private static Value pad(Arguments a) {
        Value x = a.value(0);
        int[] shape = x.shape().clone();
        List<Ast> widths = ((Ast.Items) a.ast(1)).elements();
        List<String> texts = new ArrayList<>();
        for (int axis = 0; axis < shape.length; axis++) {
            List<Integer> width = Constants.wholes(widths.get(axis));
            shape[axis] += width.get(0) + width.get(1);
            texts.add(width.toString());
        }
        return Value.atom("pad(" + x.text() + ", " + texts + ")", shape);
    }

    private static Value sort(Arguments a) {
        Value x = a.value(0);
        int axis = Shapes.axis(a.whole(1, "axis", -1), x.rank());
        String text = axis == x.rank() - 1 ? "" : ", axis = " + axis;
        return Value.atom("sort(" + x.text() + text + ")", x.shape());
    }
}
