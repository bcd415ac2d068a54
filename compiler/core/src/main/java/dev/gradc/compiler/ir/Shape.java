package dev.gradc.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The extents of a tensor, outermost first; a scalar has none. Layout in memory is row-major and dense. */
public record Shape(List<Dim> dims) {

    /** The shape of a scalar. */
    public static final Shape SCALAR = new Shape(List.of());

    public Shape {
        dims = List.copyOf(dims);
    }

    /** The shape with these extents. */
    public static Shape of(Dim... dims) {
        return new Shape(List.of(dims));
    }

    /** The number of axes. */
    public int rank() {
        return dims.size();
    }

    /** The extent of {@code axis}. */
    public Dim dim(int axis) {
        return dims.get(axis);
    }

    /** Whether it has no axes. */
    public boolean isScalar() {
        return dims.isEmpty();
    }

    /** The number of elements. */
    public Dim size() {
        return Dim.product(dims);
    }

    /** The number of elements where all extents are fixed. */
    public OptionalLong fixedSize() {
        return size().constant();
    }

    /** The distance in memory between neighbours along {@code axis}. */
    public Dim stride(int axis) {
        return Dim.product(dims.subList(axis + 1, dims.size()));
    }

    /** The shape left when {@code axes} are taken out. */
    public Shape without(List<Integer> axes) {
        List<Dim> rest = new ArrayList<>();
        for (int axis = 0; axis < rank(); axis++) {
            if (!axes.contains(axis)) {
                rest.add(dims.get(axis));
            }
        }
        return new Shape(rest);
    }

    /** As in a model: {@code [N, D]}; {@code scalar} for none. */
    @Override
    public String toString() {
        return isScalar() ? "scalar" : dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
