package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.Ast.At;
import dev.gradc.compiler.golden.Ast.NewAxis;
import dev.gradc.compiler.golden.Ast.Slice;
import dev.gradc.compiler.golden.Ast.Subscript;
import dev.gradc.compiler.golden.Value.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Translates NumPy's subscripts: positions, slices, {@code None}, lists of positions, and tensors of positions. */
final class Subscripts {

    private final Translator translator;
    private final Value target;
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> shape = new ArrayList<>();
    private final List<Integer> newAxes = new ArrayList<>();

    private Subscripts(Translator translator, Value target) {
        this.translator = translator;
        this.target = target;
    }

    static Value translate(Translator translator, Value target, List<Subscript> subscripts) {
        Optional<List<Ast>> rows = rows(subscripts);
        if (rows.isPresent()) {
            return selected(translator, target, rows.get());
        }
        List<Value> tensors = tensors(translator, subscripts);
        return tensors.size() > 1
                ? IndexFunctions.gather(translator, target, tensors)
                : new Subscripts(translator, target).lower(subscripts);
    }

    /** {@code [[2, 0, 2]]}: the positions written out. */
    private static Optional<List<Ast>> rows(List<Subscript> subscripts) {
        boolean isList =
                subscripts.size() == 1 && subscripts.get(0) instanceof At at && at.position() instanceof Ast.Items;
        return isList ? Optional.of(((Ast.Items) ((At) subscripts.get(0)).position()).elements()) : Optional.empty();
    }

    private static Value selected(Translator translator, Value target, List<Ast> rows) {
        Value named = translator.named(target);
        List<Value> values = rows.stream()
                .map(row -> translate(translator, named, List.of(new At(row))))
                .toList();
        String list = values.stream().map(Value::text).collect(Collectors.joining(", ", "[", "]"));
        return Value.atom("stack(" + list + ", axis = 0)", Shapes.with(target.shape(), 0, rows.size()));
    }

    /** The subscripts, where each is a tensor of positions. */
    private static List<Value> tensors(Translator translator, List<Subscript> subscripts) {
        List<Value> tensors = new ArrayList<>();
        for (Subscript subscript : subscripts) {
            if (subscript instanceof At at && at.position() instanceof Ast.Name) {
                tensors.add(translator.value(at.position()));
            }
        }
        return tensors.size() == subscripts.size() ? tensors : List.of();
    }

    private Value lower(List<Subscript> subscripts) {
        int axis = 0;
        for (Subscript subscript : subscripts) {
            if (subscript instanceof NewAxis) {
                newAxes.add(shape.size());
                shape.add(1);
            } else if (subscript instanceof Slice slice) {
                slice(slice, target.extent(axis++));
            } else {
                position(((At) subscript).position(), target.extent(axis++));
            }
        }
        while (axis < target.rank()) {
            shape.add(target.extent(axis++));
        }
        return result();
    }

    private Value result() {
        boolean isWhole = texts.stream().allMatch(":"::equals);
        String text = isWhole ? target.text() : target.as(Level.ATOM) + "[" + String.join(", ", texts) + "]";
        for (int place : newAxes) {
            text = "expand(" + text + ", " + place + ")";
        }
        boolean isOperand = isWhole && newAxes.isEmpty();
        int[] extents = shape.stream().mapToInt(Integer::intValue).toArray();
        return Value.of(isOperand ? target.level() : Level.ATOM, text, extents);
    }

    private void slice(Slice slice, int extent) {
        if (slice.low().isEmpty() && slice.high().isEmpty() && slice.step().isEmpty()) {
            texts.add(":");
            shape.add(extent);
            return;
        }
        int step = slice.step().map(Constants::whole).orElse(1);
        if (slice.low().isPresent() || slice.high().isPresent() || Math.abs(step) != 1) {
            translator.fixExtents();
        }
        texts.add(bound(slice.low(), extent) + ":" + bound(slice.high(), extent) + (step == 1 ? "" : ":" + step));
        shape.add(length(slice, extent, step));
    }

    /** A bound, counted from the start. */
    private static String bound(Optional<Ast> bound, int extent) {
        return bound.map(b -> Integer.toString(fromStart(b, extent))).orElse("");
    }

    private static int fromStart(Ast bound, int extent) {
        int value = Constants.whole(bound);
        return Math.max(0, Math.min(extent, value < 0 ? value + extent : value));
    }

    private static int length(Slice slice, int extent, int step) {
        int low = slice.low().map(b -> fromStart(b, extent)).orElse(step > 0 ? 0 : extent - 1);
        int high = slice.high().map(b -> fromStart(b, extent)).orElse(step > 0 ? extent : -1);
        return Math.max(0, Math.floorDiv(high - low + step - Integer.signum(step), step));
    }

    private void position(Ast position, int extent) {
        if (position instanceof Ast.Name) {
            Value tensor = translator.value(position);
            translator.indexes(tensor, extent);
            texts.add(tensor.text());
            for (int axis = 0; axis < tensor.rank(); axis++) {
                shape.add(tensor.extent(axis));
            }
            return;
        }
        int place = Constants.whole(position);
        if (place != 0 && place != -1) {
            translator.fixExtents();
        }
        texts.add(Integer.toString(place));
    }
}
