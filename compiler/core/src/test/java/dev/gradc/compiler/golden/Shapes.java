package dev.gradc.compiler.golden;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** NumPy's rules for extents. */
final class Shapes {

    private Shapes() {}

    static int axis(int axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new UntranslatableException("there is no axis " + axis + " of " + rank);
        }
        return axis < 0 ? axis + rank : axis;
    }

    static int[] broadcast(int[]... shapes) {
        int rank = Arrays.stream(shapes).mapToInt(s -> s.length).max().orElse(0);
        int[] result = new int[rank];
        Arrays.fill(result, 1);
        for (int[] shape : shapes) {
            for (int i = 0; i < shape.length; i++) {
                int place = rank - shape.length + i;
                if (shape[i] != 1 && result[place] != 1 && result[place] != shape[i]) {
                    throw new UntranslatableException("extents " + result[place] + " and " + shape[i] + " meet");
                }
                result[place] = shape[i] == 1 ? result[place] : shape[i];
            }
        }
        return result;
    }

    static int[] product(int[] left, int[] right) {
        int[] a = left.length == 1 ? new int[] {1, left[0]} : left;
        int[] b = right.length == 1 ? new int[] {right[0], 1} : right;
        if (a.length < 2 || b.length < 2 || a[a.length - 1] != b[b.length - 2]) {
            throw new UntranslatableException(
                    "a product of " + Arrays.toString(left) + " and " + Arrays.toString(right));
        }
        int[] batch = broadcast(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
        int[] rows = left.length == 1 ? new int[0] : new int[] {a[a.length - 2]};
        int[] columns = right.length == 1 ? new int[0] : new int[] {b[b.length - 1]};
        return join(batch, rows, columns);
    }

    /** {@code shape} folded over {@code axes}, over all where there are none. */
    static int[] reduced(int[] shape, List<Integer> axes, boolean keep) {
        List<Integer> places = axes.stream().map(a -> axis(a, shape.length)).toList();
        return IntStream.range(0, shape.length)
                .filter(i -> keep || !(axes.isEmpty() || places.contains(i)))
                .map(i -> axes.isEmpty() || places.contains(i) ? 1 : shape[i])
                .toArray();
    }

    static int[] join(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    static int[] with(int[] shape, int axis, int extent) {
        int[] changed = shape.clone();
        changed[axis(axis, shape.length)] = extent;
        return changed;
    }

    static int[] insert(int[] shape, int axis, int extent) {
        int place = axis(axis, shape.length + 1);
        return join(Arrays.copyOf(shape, place), new int[] {extent}, Arrays.copyOfRange(shape, place, shape.length));
    }

    static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
