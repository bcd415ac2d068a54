package dev.gradc.compiler.reference;

import dev.gradc.compiler.run.Tensor;
import java.util.List;

/**
 * A value as the reference writes it.
 *
 * @param numbers elements, row-major, as written; {@code 0.731...} is cut off there
 * @param extents the shape
 */
public record Written(List<String> numbers, List<Integer> extents) {

    private static final String CUT = "...";

    /** The shape. */
    public int[] shape() {
        return extents.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The value, for data. */
    public Tensor tensor() {
        return new Tensor(numbers.stream().mapToDouble(Written::number).toArray(), shape());
    }

    /** Whether element {@code i} is written as {@code value} may be: to its last bits, or to where it is cut off. */
    public boolean isShownBy(int i, double value) {
        String text = numbers.get(i);
        double expected = number(text);
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
            return Double.compare(expected, value) == 0;
        }
        int digits = text.length() - CUT.length() - text.indexOf('.') - 1;
        double tolerance = text.endsWith(CUT) ? Math.pow(10, -digits) : 1e-12 * Math.max(1, Math.abs(expected));
        return Math.abs(value - expected) <= tolerance;
    }

    private static double number(String text) {
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "true" -> 1;
            case "false" -> 0;
            default -> Double.parseDouble(text.endsWith(CUT) ? text.substring(0, text.length() - CUT.length()) : text);
        };
    }
}
