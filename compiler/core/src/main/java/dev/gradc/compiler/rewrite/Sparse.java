package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A tensor that is zero but where {@code data} lands: what a row of a Jacobian is, or an upstream gradient of one slice.
 * What is linear in it is computed of the data alone, and lands afterwards.
 *
 * @param data what lands
 * @param map where: an affine index over data's axes for each axis of {@code shape}
 * @param shape of the whole
 */
record Sparse(Term data, IndexMap map, Shape shape) {

    /** What a runtime dim is taken for where sizes are compared. */
    static final double TYPICAL_EXTENT = 1000;

    /** The sparse tensor that {@code term} is, where that has fewer elements than the whole. */
    static Optional<Sparse> of(Term term) {
        Node node = term.node();
        return isSparse(node)
                ? Optional.of(new Sparse(
                        new Term(term.graph(), node.input(0)),
                        Scatter.target(node).map(),
                        node.shape()))
                : Optional.empty();
    }

    /** Whether {@code node} is data that land at places known to the compiler, fewer than the whole has. */
    static boolean isSparse(Node node) {
        return Scatter.isAffine(node) && isSmaller(node.input(0).shape(), node.shape());
    }

    /**
     * The sum of sparse tensors of one shape as one: axes along which all land at the same single place stay so, along
     * the others the data are spread out.
     *
     * @param landing where they land together, on less than the whole
     */
    static Sparse joined(List<Sparse> terms, Landing landing) {
        IndexMap whole = landing.map().orElseThrow();
        Term sum = null;
        for (Sparse term : terms) {
            List<Affine> places =
                    landing.spread().stream().map(term.map.sources()::get).toList();
            Term part = placed(term.data, new IndexMap(places, term.map.shape()), whole.shape());
            sum = sum == null ? part : sum.plus(part);
        }
        return new Sparse(sum, whole, landing.shape());
    }

    /** Whether what lands has fewer elements than the whole. */
    static boolean isSmaller(Shape data, Shape whole) {
        return size(data) < size(whole);
    }

    static double size(Shape shape) {
        return shape.size().typical(TYPICAL_EXTENT);
    }

    /** {@code data} placed; summed first along axes that have no say in where, and not scattered where it fills all. */
    static Term placed(Term data, IndexMap map, Shape shape) {
        int rank = data.node().shape().rank();
        List<Integer> idle = IntStream.range(0, rank)
                .filter(axis -> map.sources().stream()
                        .allMatch(source -> source.coefficients().get(axis).equals(Dim.ZERO)))
                .boxed()
                .toList();
        if (!idle.isEmpty()) {
            List<Integer> kept = IntStream.range(0, rank)
                    .filter(axis -> !idle.contains(axis))
                    .boxed()
                    .toList();
            return placed(
                    data.reduce(Reductions.SUM, idle),
                    onAxes(map, kept, data.node().shape()),
                    shape);
        }
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            OptionalInt sole = map.sources().get(axis).soleAxis();
            boolean isWhole = sole.isPresent()
                    && data.node().shape().dim(sole.getAsInt()).equals(shape.dim(axis))
                    && !order.contains(sole.getAsInt());
            if (!isWhole) {
                return Scatter.to(data, map, shape);
            }
            order.add(sole.getAsInt());
        }
        return data.view(IndexMap.permutation(data.node().shape(), order));
    }

    /** {@code map} over the axes {@code kept} alone; the others have no say in it. */
    private static IndexMap onAxes(IndexMap map, List<Integer> kept, Shape shape) {
        List<Affine> sources = map.sources().stream()
                .map(source -> new Affine(
                        source.offset(),
                        kept.stream().map(source.coefficients()::get).toList()))
                .toList();
        return new IndexMap(sources, new Shape(kept.stream().map(shape::dim).toList()));
    }

    /** The sum along {@code axes}. */
    Term sum(List<Integer> axes) {
        List<Affine> rest = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                rest.add(map.sources().get(axis));
            }
        }
        return placed(data, new IndexMap(rest, map.shape()), shape.without(axes));
    }

    /** The contraction with {@code other}: of the data with what of {@code other} is where they land. */
    Term contract(Node other, List<Integer> own, List<Integer> others, List<Integer> out, Shape outShape) {
        int rank = map.shape().rank();
        List<Integer> free =
                others.stream().filter(label -> !own.contains(label)).toList();
        List<Dim> dims = new ArrayList<>(map.shape().dims());
        free.forEach(label -> dims.add(other.shape().dim(others.indexOf(label))));
        int wide = dims.size();
        List<Affine> whole =
                map.sources().stream().map(source -> widened(source, wide)).toList();
        List<Affine> reads = new ArrayList<>();
        for (int label : others) {
            reads.add(
                    own.contains(label)
                            ? whole.get(own.indexOf(label))
                            : Affine.axis(rank + free.indexOf(label), wide));
        }
        List<Affine> lands = new ArrayList<>();
        for (int label : out) {
            lands.add(
                    own.contains(label)
                            ? whole.get(own.indexOf(label))
                            : Affine.axis(rank + free.indexOf(label), wide));
        }
        return placed(product(other, reads, lands, dims), kept(lands, dims), outShape);
    }

    private static Affine widened(Affine source, int rank) {
        List<Dim> coefficients = new ArrayList<>(source.coefficients());
        while (coefficients.size() < rank) {
            coefficients.add(Dim.ZERO);
        }
        return new Affine(source.offset(), coefficients);
    }

    /** data[j] * other[reads(j, r)], summed along the axes that {@code lands} does not look at. */
    private Term product(Node other, List<Affine> reads, List<Affine> lands, List<Dim> dims) {
        int rank = map.shape().rank();
        List<Integer> left = IntStream.range(0, rank).boxed().toList();
        List<Integer> right = looked(reads, dims.size());
        List<Integer> out = looked(lands, dims.size());
        List<Integer> idle = left.stream()
                .filter(axis -> !right.contains(axis) && !out.contains(axis))
                .toList();
        List<Integer> summed =
                left.stream().filter(axis -> !idle.contains(axis)).toList();
        Shape shape = new Shape(right.stream().map(dims::get).toList());
        Term operand = new Term(data.graph(), other)
                .view(onAxes(new IndexMap(reads, new Shape(dims)), right, new Shape(dims)));
        Contraction.Labels labels = new Contraction.Labels(summed, right, out);
        assert operand.node().shape().equals(shape);
        return data.reduce(Reductions.SUM, idle).make(Contraction.CONTRACT, labels, operand);
    }

    private static IndexMap kept(List<Affine> lands, List<Dim> dims) {
        return onAxes(new IndexMap(lands, new Shape(dims)), looked(lands, dims.size()), new Shape(dims));
    }

    private static List<Integer> looked(List<Affine> sources, int rank) {
        return IntStream.range(0, rank)
                .filter(axis -> sources.stream()
                        .anyMatch(source -> !source.coefficients().get(axis).equals(Dim.ZERO)))
                .boxed()
                .toList();
    }

    /** The constant 0 of {@code shape}. */
    Term zero(Shape of) {
        return new Term(
                data.graph(),
                Leaf.constant(data.graph(), 0, new Type(data.node().type().element(), of)));
    }
}
