package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Gates on the order of elements: the same elements in another shape, running sums, sorting. */
public final class Sequences {

    /** The shape to give to the elements. */
    public record Target(Shape shape) implements Attribute {
        @Override
        public String toString() {
            return "to " + shape;
        }
    }

    /**
     * A running sum.
     *
     * @param axisFromEnd the axis, counted from the last one, which is 0
     * @param reverse whether it runs from the last element to the first
     */
    public record Direction(int axisFromEnd, boolean reverse) implements Attribute {
        @Override
        public String toString() {
            return "axis=" + (-1 - axisFromEnd) + (reverse ? " reverse" : "");
        }
    }

    /** The same elements, row-major, in another shape; attribute {@link Target}. Its adjoint gives them the old one. */
    public static final Kernel RESHAPE = Kernel.declare("reshape")
            .type((attribute, inputs) -> {
                Shape target = ((Target) attribute).shape();
                Kernel.require(target.size().equals(inputs.get(0).shape().size()), "reshape to " + target, inputs);
                return new Type(inputs.get(0).element(), target);
            })
            .java(
                    "java.lang.System",
                    "arraycopy",
                    node -> List.of(
                            new Kernel.Tensor(node.input(0)),
                            new Kernel.Tensor(node),
                            new Kernel.Extent(node.shape().size())))
            .meaning((attribute, extents, inputs) -> inputs[0].clone())
            .adjoint((at, upstream, input) ->
                    Optional.of(reshape(upstream, at.in(0).node().shape())))
            .along(extent -> attribute -> new Target(prepended(extent, ((Target) attribute).shape())))
            .cost(node -> Dim.ZERO)
            .formula("reshape(a, shape)", "g in the shape of a")
            .define();

    /** Running sums along an axis; attribute {@link Direction}. Its adjoint runs the other way. */
    public static final Kernel CUMSUM = Kernel.declare("cumsum")
            .type((attribute, inputs) -> {
                int rank = inputs.get(0).shape().rank();
                boolean fits = ((Direction) attribute).axisFromEnd() < rank
                        && inputs.get(0).element() == ElementType.REAL;
                Kernel.require(fits, "cumsum takes reals along one of their axes", inputs);
                return inputs.get(0);
            })
            .java("dev.gradc.runtime.DoubleCumulative", "sum", Sequences::runningSum)
            .meaning((attribute, extents, inputs) -> runningSum((Direction) attribute, extents[0], inputs[0]))
            .adjoint((at, upstream, input) -> {
                Direction direction = (Direction) at.node().attribute();
                Direction back = new Direction(direction.axisFromEnd(), !direction.reverse());
                return Optional.of(upstream.make(Sequences.CUMSUM, back));
            })
            .cost(node -> node.shape().size())
            .formula("cumsum(a, axis)", "cumsum(g), from the last element to the first")
            .define();

    /** The positions of each row's elements, smallest first, equal ones in their order, NaN last. */
    public static final Kernel ARGSORT = Kernel.declare("argsort")
            .type((attribute, inputs) -> {
                boolean fits = inputs.get(0).element() == ElementType.REAL
                        && !inputs.get(0).shape().isScalar();
                Kernel.require(fits, "argsort takes real[..., N]", inputs);
                return new Type(ElementType.INT, inputs.get(0).shape());
            })
            .java("dev.gradc.runtime.DoubleSorting", "argsort", node -> {
                Dim last = node.shape().dim(node.shape().rank() - 1);
                return List.of(
                        new Kernel.Extent(Kernel.batch(node.shape(), 1)),
                        new Kernel.Extent(last),
                        new Kernel.Tensor(node.input(0)),
                        new Kernel.Tensor(node),
                        new Kernel.Work(ElementType.INT, last));
            })
            .meaning((attribute, extents, inputs) -> order(extents[0][extents[0].length - 1], inputs[0]))
            .cost(node -> node.shape().size())
            .formula("argsort(a)")
            .note("positions, smallest first; equal ones keep their order, NaN last")
            .define();

    /** In the order of the reference page. */
    static final List<Operation> ALL = List.of(RESHAPE, CUMSUM, ARGSORT);

    private Sequences() {}

    /** The elements of {@code term} in {@code shape}, which has as many. */
    public static Term reshape(Term term, Shape shape) {
        Shape own = term.node().shape();
        if (own.equals(shape)) {
            return term;
        }
        return longAxes(own).equals(longAxes(shape))
                ? withUnitAxes(term, shape)
                : term.make(RESHAPE, new Target(shape));
    }

    /** Where elements of {@code shape} are after a reshape that merges neighbouring axes; empty for one that splits some. */
    public static Optional<IndexMap> merging(Shape shape, Shape merged) {
        List<Affine> sources = new ArrayList<>();
        int axis = 0;
        for (Dim extent : merged.dims()) {
            int first = axis;
            Dim product = Dim.ONE;
            while (axis < shape.rank() && (axis == first || !product.equals(extent))) {
                product = product.times(shape.dim(axis++));
            }
            if (!product.equals(extent)) {
                return Optional.empty();
            }
            Affine position = Affine.fixed(Dim.ZERO, shape.rank());
            Shape run = new Shape(shape.dims().subList(first, axis));
            for (int inner = first; inner < axis; inner++) {
                position = position.plus(Affine.strided(Dim.ZERO, run.stride(inner - first), inner, shape.rank()));
            }
            sources.add(position);
        }
        return axis == shape.rank() ? Optional.of(new IndexMap(sources, shape)) : Optional.empty();
    }

    private static List<Dim> longAxes(Shape shape) {
        return shape.dims().stream().filter(dim -> !dim.equals(Dim.ONE)).toList();
    }

    /** The same axes but for those of extent 1: nothing moves. */
    private static Term withUnitAxes(Term term, Shape shape) {
        List<Affine> sources = new ArrayList<>();
        int axis = 0;
        for (Dim extent : term.node().shape().dims()) {
            while (!extent.equals(Dim.ONE) && shape.dim(axis).equals(Dim.ONE)) {
                axis++;
            }
            sources.add(
                    extent.equals(Dim.ONE) ? Affine.fixed(Dim.ZERO, shape.rank()) : Affine.axis(axis++, shape.rank()));
        }
        return term.view(new IndexMap(sources, shape));
    }

    private static Shape prepended(Dim extent, Shape shape) {
        List<Dim> dims = new ArrayList<>(List.of(extent));
        dims.addAll(shape.dims());
        return new Shape(dims);
    }

    private static List<Kernel.Argument> runningSum(Node node) {
        Direction direction = (Direction) node.attribute();
        int axis = node.shape().rank() - 1 - direction.axisFromEnd();
        return List.of(
                new Kernel.Extent(Kernel.batch(node.shape(), direction.axisFromEnd() + 1)),
                new Kernel.Extent(node.shape().dim(axis)),
                new Kernel.Extent(node.shape().stride(axis)),
                new Kernel.Flag(direction.reverse()),
                new Kernel.Tensor(node.input(0)),
                new Kernel.Tensor(node));
    }

    private static double[] runningSum(Direction direction, int[] extents, double[] x) {
        int axis = extents.length - 1 - direction.axisFromEnd();
        int stride =
                IntStream.range(axis + 1, extents.length).map(i -> extents[i]).reduce(1, (a, b) -> a * b);
        double[] sums = new double[x.length];
        for (int flat = 0; flat < x.length; flat++) {
            int position = flat / stride % extents[axis];
            int count = direction.reverse() ? extents[axis] - position : position + 1;
            for (int step = 0; step < count; step++) {
                sums[flat] += x[flat + (direction.reverse() ? step : -step) * stride];
            }
        }
        return sums;
    }

    private static double[] order(int columns, double[] x) {
        double[] order = new double[x.length];
        for (int start = 0; start < x.length; start += columns) {
            int row = start;
            List<Integer> sorted = IntStream.range(0, columns)
                    .boxed()
                    .sorted(Comparator.comparingDouble(column -> x[row + column]))
                    .toList();
            for (int column = 0; column < columns; column++) {
                order[start + column] = sorted.get(column);
            }
        }
        return order;
    }
}
