package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.Functions.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Functions that become index notation. */
final class IndexFunctions {

    private IndexFunctions() {}

    static Map<String, Function> byName() {
        return Map.of(
                "einsum", IndexFunctions::einsum,
                "transpose", IndexFunctions::transpose,
                "swap_last", (translator, a) -> swapLast(a.value(0)),
                "take_along_axis", IndexFunctions::takeAlongAxis,
                "scatter_add", IndexFunctions::scatterAdd);
    }

    /** {@code "ij,jk->ik"}: sums over all letters that the result does not have. */
    private static Value einsum(Translator translator, Arguments a) {
        String[] sides = ((Ast.Str) a.ast(0)).text().replace(" ", "").split("->", -1);
        String[] terms = sides[0].split(",", -1);
        String result = sides.length > 1 ? sides[1] : implicit(sides[0]);
        Map<String, Integer> extents = new LinkedHashMap<>();
        List<String> factors = new ArrayList<>();
        for (int i = 0; i < terms.length; i++) {
            Value operand = translator.named(a.value(i + 1));
            List<String> letters = letters(terms[i]);
            for (int axis = 0; axis < operand.rank(); axis++) {
                Integer known = extents.put(letters.get(axis), operand.extent(axis));
                if (known != null && known != operand.extent(axis)) {
                    throw new UntranslatableException("two extents of " + letters.get(axis));
                }
            }
            factors.add(operand.text() + subscript(translator, letters));
        }
        List<String> summed =
                extents.keySet().stream().filter(l -> !result.contains(l)).toList();
        String sum = summed.isEmpty() ? "" : "sum" + subscript(translator, summed) + " ";
        int[] shape = letters(result).stream().mapToInt(extents::get).toArray();
        return translator.defineByIndices(
                indices(translator, letters(result)), sum + String.join(" * ", factors), shape);
    }

    /** The letters that occur once, sorted. */
    private static String implicit(String operands) {
        return letters(operands.replace(",", "")).stream()
                .filter(l -> operands.indexOf(l) == operands.lastIndexOf(l))
                .sorted()
                .collect(Collectors.joining());
    }

    private static List<String> letters(String term) {
        return term.isEmpty()
                ? List.of()
                : term.chars().mapToObj(c -> Character.toString((char) c)).toList();
    }

    private static List<String> indices(Translator translator, List<String> letters) {
        return letters.stream().map(translator::index).toList();
    }

    private static String subscript(Translator translator, List<String> letters) {
        return letters.isEmpty() ? "" : indices(translator, letters).toString();
    }

    private static Value transpose(Translator translator, Arguments a) {
        Value x = a.value(0);
        return a.optional(1, "axes").isEmpty()
                ? transpose(translator, x)
                : permute(translator, x, Constants.wholes(a.optional(1, "axes").get()));
    }

    /** {@code x} with its axes in the opposite order. */
    static Value transpose(Translator translator, Value x) {
        if (x.rank() < 2) {
            return x;
        } else if (x.rank() == 2) {
            return swapLast(x);
        }
        return permute(
                translator,
                x,
                IntStream.range(0, x.rank()).mapToObj(i -> x.rank() - 1 - i).toList());
    }

    /** {@code x} with its last two axes swapped. */
    private static Value swapLast(Value x) {
        int[] shape = Shapes.with(Shapes.with(x.shape(), -1, x.extent(-2)), -2, x.extent(-1));
        return Value.atom(x.as(Value.Level.ATOM) + "'", shape);
    }

    private static Value permute(Translator translator, Value x, List<Integer> axes) {
        Value named = translator.named(x);
        List<String> indices = translator.indices(x.rank());
        List<Integer> places =
                axes.stream().map(axis -> Shapes.axis(axis, x.rank())).toList();
        return translator.defineByIndices(
                places.stream().map(indices::get).toList(),
                named.text() + indices,
                places.stream().mapToInt(x::extent).toArray());
    }

    /** {@code x[a, b, ...]} for tensors of positions of one shape. */
    static Value gather(Translator translator, Value x, List<Value> positions) {
        Value named = translator.named(x);
        int[] shape = positions.get(0).shape();
        List<String> indices = translator.indices(shape.length + x.rank() - positions.size());
        List<String> bound = indices.subList(0, shape.length);
        List<String> subscripts = new ArrayList<>();
        for (int axis = 0; axis < positions.size(); axis++) {
            if (!Arrays.equals(positions.get(axis).shape(), shape)) {
                throw new UntranslatableException("positions of different shapes");
            }
            translator.indexes(positions.get(axis), x.extent(axis));
            subscripts.add(positions.get(axis).text() + bound);
        }
        subscripts.addAll(indices.subList(shape.length, indices.size()));
        int[] rest = Arrays.copyOfRange(x.shape(), positions.size(), x.rank());
        return translator.defineByIndices(indices, named.text() + subscripts, Shapes.join(shape, rest));
    }

    private static Value takeAlongAxis(Translator translator, Arguments a) {
        Value x = translator.named(a.value(0));
        Value positions = a.value(1);
        int axis = Shapes.axis(a.axis(2, x), x.rank());
        translator.indexes(positions, x.extent(axis));
        List<String> indices = translator.indices(x.rank());
        List<String> subscripts = new ArrayList<>(indices);
        subscripts.set(axis, positions.text() + indices);
        return translator.defineByIndices(indices, x.text() + subscripts, positions.shape());
    }

    /** {@code scatter_add(x, positions, extent)}: sums of the rows of x, by position. */
    private static Value scatterAdd(Translator translator, Arguments a) {
        Value x = a.value(0);
        Value positions = a.value(1);
        int extent = Constants.whole(a.ast(2));
        translator.indexes(positions, extent);
        return Value.atom(
                "scatter_add(" + x.text() + ", " + positions.text() + ", " + extent + ")",
                Shapes.join(new int[] {extent}, Arrays.copyOfRange(x.shape(), positions.rank(), x.rank())));
    }
}
