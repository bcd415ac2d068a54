package dev.gradc.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The layout of a flat vector of variables: each named, shaped, row-major, one behind the other. */
public final class ParameterLayout {

    /**
     * One variable.
     *
     * @param name as in the model
     * @param offset where its first element is
     * @param shape its extents; empty for a scalar
     */
    public record Entry(String name, int offset, List<Integer> shape) {

        public Entry {
            shape = List.copyOf(shape);
        }

        /** The number of its elements. */
        public int size() {
            return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
        }
    }

    private final List<Entry> entries;
    private final int size;

    private ParameterLayout(List<Entry> entries, int size) {
        this.entries = List.copyOf(entries);
        this.size = size;
    }

    /** A layout under way. */
    public static Builder builder() {
        return new Builder();
    }

    /** The variables in order. */
    public List<Entry> entries() {
        return entries;
    }

    /** The length of the flat vector. */
    public int size() {
        return size;
    }

    /** The variable called {@code name}. @throws IllegalArgumentException where there is none */
    public Entry entry(String name) {
        for (Entry entry : entries) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        throw new IllegalArgumentException("no variable `" + name + "` in the layout; it has "
                + entries.stream().map(Entry::name).toList());
    }

    /** Where the variable called {@code name} starts. */
    public int offset(String name) {
        return entry(name).offset();
    }

    /** A copy of the elements of {@code name} in {@code flat}. */
    public double[] slice(String name, double[] flat) {
        Checks.length("flat", flat, size, "[layout size]");
        Entry entry = entry(name);
        return Arrays.copyOfRange(flat, entry.offset(), entry.offset() + entry.size());
    }

    /** A copy of the elements of {@code name} in {@code flat}. */
    public float[] slice(String name, float[] flat) {
        Checks.length("flat", flat, size, "[layout size]");
        Entry entry = entry(name);
        return Arrays.copyOfRange(flat, entry.offset(), entry.offset() + entry.size());
    }

    /** Copies {@code values} to the elements of {@code name} in {@code flat}. */
    public void set(String name, double[] flat, double... values) {
        Checks.length("flat", flat, size, "[layout size]");
        Entry entry = entryOf(name, values);
        System.arraycopy(values, 0, flat, entry.offset(), values.length);
    }

    /** Copies {@code values}, each rounded to the nearest float, to the elements of {@code name} in {@code flat}. */
    public void set(String name, float[] flat, double... values) {
        Checks.length("flat", flat, size, "[layout size]");
        Entry entry = entryOf(name, values);
        for (int i = 0; i < values.length; i++) {
            flat[entry.offset() + i] = (float) values[i];
        }
    }

    /** The variable called {@code name}, which has as many elements as there are {@code values}. */
    private Entry entryOf(String name, double[] values) {
        Entry entry = entry(name);
        Checks.length(name, values, entry.size(), entry.shape().toString());
        return entry;
    }

    @Override
    public String toString() {
        return entries.toString();
    }

    /** Collects variables. */
    public static final class Builder {
        private final List<Entry> entries = new ArrayList<>();
        private int size;

        private Builder() {}

        /** Adds the variable {@code name} behind the others. @throws IllegalArgumentException where sizes overflow */
        public Builder add(String name, int... shape) {
            int length = Checks.size(shape);
            entries.add(new Entry(name, size, Arrays.stream(shape).boxed().toList()));
            if (length > Integer.MAX_VALUE - size) {
                throw new IllegalArgumentException(
                        "the variables together are too large for one array, from `" + name + "` on; use smaller dims");
            }
            size += length;
            return this;
        }

        public ParameterLayout build() {
            return new ParameterLayout(entries, size);
        }
    }
}
