package dev.gradc.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * An index: {@code offset + sum_a coefficient[a] * index[a]} over the axes of some index space.
 *
 * @param offset the constant part
 * @param coefficients one an axis
 */
public record Affine(Dim offset, List<Dim> coefficients) {

    public Affine {
        coefficients = List.copyOf(coefficients);
    }

    /** The index along {@code axis} of a space of {@code rank} axes. */
    public static Affine axis(int axis, int rank) {
        return strided(Dim.ZERO, Dim.ONE, axis, rank);
    }

    /** The indices along all axes of a space of {@code rank} axes. */
    public static List<Affine> axes(int rank) {
        return IntStream.range(0, rank).mapToObj(axis -> axis(axis, rank)).toList();
    }

    /** {@code offset + step * index[axis]}. */
    public static Affine strided(Dim offset, Dim step, int axis, int rank) {
        List<Dim> coefficients = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            coefficients.add(i == axis ? step : Dim.ZERO);
        }
        return new Affine(offset, coefficients);
    }

    /** The same index everywhere. */
    public static Affine fixed(Dim offset, int rank) {
        return strided(offset, Dim.ZERO, -1, rank);
    }

    /** The axis where it is exactly one axis' index. */
    public OptionalInt soleAxis() {
        OptionalInt found = OptionalInt.empty();
        for (int axis = 0; axis < coefficients.size(); axis++) {
            Dim coefficient = coefficients.get(axis);
            if (coefficient.equals(Dim.ZERO)) {
                continue;
            }
            if (!coefficient.equals(Dim.ONE) || found.isPresent()) {
                return OptionalInt.empty();
            }
            found = OptionalInt.of(axis);
        }
        return offset.equals(Dim.ZERO) ? found : OptionalInt.empty();
    }

    /** This index with each axis' index replaced by an index over another space. */
    public Affine compose(List<Affine> inner, int rank) {
        Affine result = fixed(offset, rank);
        for (int axis = 0; axis < coefficients.size(); axis++) {
            result = result.plus(inner.get(axis).times(coefficients.get(axis)));
        }
        return result;
    }

    /** The sum of two indices over the same space. */
    public Affine plus(Affine other) {
        List<Dim> sums = new ArrayList<>();
        for (int axis = 0; axis < coefficients.size(); axis++) {
            sums.add(coefficients.get(axis).plus(other.coefficients.get(axis)));
        }
        return new Affine(offset.plus(other.offset), sums);
    }

    /** The index scaled. */
    public Affine times(Dim factor) {
        return new Affine(
                offset.times(factor),
                coefficients.stream().map(c -> c.times(factor)).toList());
    }

    /** Its value at {@code index}. */
    public long evaluate(Map<String, Integer> dims, int[] index) {
        long value = offset.evaluate(dims);
        for (int axis = 0; axis < index.length; axis++) {
            value += coefficients.get(axis).evaluate(dims) * index[axis];
        }
        return value;
    }
}
