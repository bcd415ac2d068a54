package dev.gradc.compiler.explain;

import dev.gradc.compiler.ir.Dim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses values for runtime dims at which a model makes sense: all its extents are whole numbers from 1 on. */
public final class NominalDims {

    private static final int NOMINAL = 100;

    /** Tried in this order where the first does not fit, first for all dims alike, then for one dim or two. */
    private static final List<Integer> CANDIDATES = List.of(NOMINAL, 120, 128, 64, 50, 20, 10, 5, 3, 2, 1, 200, 1000);

    private NominalDims() {}

    /**
     * A value for each of {@code dims}: the one given, else 100 where that fits.
     *
     * @param extents what must come to at least 1
     * @return empty where none of the values tried fit
     */
    public static Optional<Map<String, Integer>> choose(
            List<String> dims, Map<String, Integer> given, Collection<Dim> extents) {
        List<String> open = dims.stream().filter(dim -> !given.containsKey(dim)).toList();
        for (Map<String, Integer> attempt : attempts(open)) {
            Map<String, Integer> values = new LinkedHashMap<>();
            dims.forEach(dim -> values.put(dim, given.containsKey(dim) ? given.get(dim) : attempt.get(dim)));
            if (extents.stream().allMatch(extent -> fits(extent, values))) {
                return Optional.of(values);
            }
        }
        return Optional.empty();
    }

    private static List<Map<String, Integer>> attempts(List<String> dims) {
        List<Map<String, Integer>> attempts = new ArrayList<>();
        for (int value : CANDIDATES) {
            attempts.add(filled(dims, value));
        }
        for (String first : dims) {
            for (String second : dims) {
                for (int one : CANDIDATES) {
                    for (int other : CANDIDATES) {
                        Map<String, Integer> attempt = filled(dims, NOMINAL);
                        attempt.put(first, one);
                        attempt.put(second, other);
                        attempts.add(attempt);
                    }
                }
            }
        }
        return attempts;
    }

    private static Map<String, Integer> filled(List<String> dims, int value) {
        Map<String, Integer> values = new LinkedHashMap<>();
        dims.forEach(dim -> values.put(dim, value));
        return values;
    }

    private static boolean fits(Dim extent, Map<String, Integer> dims) {
        try {
            return extent.evaluate(dims) >= 1;
        } catch (ArithmeticException e) {
            return false;
        }
    }
}
