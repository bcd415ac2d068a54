package dev.gradc.compiler.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How extents are written: as numbers, or as runtime dims, one for each distinct extent above 1. With dims, the shapes
 * that a program is translated for are not the case's own: every distinct extent is another large number, so that
 * extents that agree by chance do not agree, and a text that depends on them shows.
 *
 * @param dims symbol by extent; empty for numbers
 */
record Extents(Map<Integer, String> dims) {

    static final Extents NUMBERS = new Extents(Map.of());

    /** Inputs with other extents, and how these are written. */
    record Renamed(GoldenCase original, Extents extents) {}

    /** {@code original} with its extents replaced by {@code first}, {@code first + step} and so on. */
    static Optional<Renamed> rename(GoldenCase original, int first, int step) {
        Map<Integer, Integer> replacement = new LinkedHashMap<>();
        Map<Integer, String> symbols = new LinkedHashMap<>();
        Map<String, GoldenCase.Input> inputs = new LinkedHashMap<>();
        original.inputs().forEach((name, input) -> {
            int[] shape = input.shape().clone();
            for (int i = 0; i < shape.length; i++) {
                if (shape[i] > 1) {
                    replacement.putIfAbsent(shape[i], first + step * replacement.size());
                    symbols.put(replacement.get(shape[i]), "D" + shape[i]);
                    shape[i] = replacement.get(shape[i]);
                }
            }
            inputs.put(name, new GoldenCase.Input(input.element(), shape, input.data()));
        });
        return symbols.isEmpty()
                ? Optional.empty()
                : Optional.of(new Renamed(original.withInputs(inputs), new Extents(symbols)));
    }

    String text(int extent) {
        return dims.getOrDefault(extent, Integer.toString(extent));
    }

    List<String> symbols() {
        return dims.values().stream().sorted().toList();
    }
}
