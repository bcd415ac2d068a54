package dev.gradc.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The extents of a tensor, outermost first; a scalar has none. Layout in memory is row-major and dense. */
public final class Shape {

    /** The shape of a scalar. */
    public static final Shape SCALAR = new Shape(List.of());

    private final List<Dim> dims;

    /** Found when it is first asked for, which passes do for each node. */
    private Dim size;

    /** The shape with these extents. */
    public Shape(List<Dim> dims) {
        this.dims = List.copyOf(dims);
    }

    /** The shape with these extents. */
    public static Shape of(Dim... dims) {
        return new Shape(List.of(dims));
    }

    /** The extents. */
    public List<Dim> dims() {
        return dims;
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
        Dim known = size;
        if (known == null) {
            known = Dim.product(dims);
            size = known;
        }
        return known;
    }

    /** The number of elements where all extents are fixed. */
    public OptionalLong fixedSize() {
        return size().constant();
    }

    /** The distance in memory between neighbours along {@code axis}. */
    public Dim stride(int axis) {
        if (axis == dims.size() - 1) {
            return Dim.ONE;
        }
        return axis == 0 && dims.size() == 2 ? dims.get(1) : Dim.product(dims.subList(axis + 1, dims.size()));
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

    @Override
    public boolean equals(Object other) {
        return other == this || (other instanceof Shape shape && dims.equals(shape.dims));
    }

    @Override
    public int hashCode() {
        return dims.hashCode();
    }

    /** As in a model: {@code [N, D]}; {@code scalar} for none. */
    @Override
    public String toString() {
        return isScalar() ? "scalar" : dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
