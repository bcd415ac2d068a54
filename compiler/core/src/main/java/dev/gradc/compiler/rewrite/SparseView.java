package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A view of a sparse tensor, out[i] = sum of data[j] where map(j) = view(i), solved axis by axis: an axis that the view
 * takes whole stays a place to land; along an axis that the data fill, the view's index picks from the data; where both
 * are single places, they are the same or not.
 */
final class SparseView {

    private final Sparse sparse;
    private final IndexMap view;
    private final int dataRank;

    /** For each of the view's axes, the axis of the sparse tensor that it takes whole, or -1. */
    private final int[] lands;

    /** For each axis of the data, the index of the view that picks from it; null where there is none. */
    private final Affine[] picked;

    private final List<Dim> differences = new ArrayList<>();

    private boolean misses;

    private SparseView(Sparse sparse, IndexMap view) {
        this.sparse = sparse;
        this.view = view;
        this.dataRank = sparse.map().shape().rank();
        this.lands = new int[view.shape().rank()];
        Arrays.fill(lands, -1);
        this.picked = new Affine[dataRank];
    }

    /** The view of {@code sparse}; empty where its places cannot be told. */
    static Optional<Term> of(Sparse sparse, IndexMap view) {
        SparseView solver = new SparseView(sparse, view);
        for (int axis = 0; axis < view.sources().size(); axis++) {
            if (!solver.solve(axis)) {
                return Optional.empty();
            }
        }
        return solver.isSolved() ? Optional.of(solver.result()) : Optional.empty();
    }

    private boolean solve(int axis) {
        Affine to = sparse.map().sources().get(axis);
        Affine from = view.sources().get(axis);
        OptionalInt whole = from.soleAxis();
        boolean isWhole = whole.isPresent()
                && view.shape().dim(whole.getAsInt()).equals(sparse.shape().dim(axis))
                && isUsedOnce(view.sources(), whole.getAsInt());
        if (isWhole) {
            lands[whole.getAsInt()] = axis;
            return true;
        }
        if (isFixed(to)) {
            differences.add(to.offset().minus(from.offset()));
            return isFixed(from);
        }
        return pick(axis, to, from);
    }

    /** Where data run along an axis, the view picks from them, or provably passes them by. */
    private boolean pick(int place, Affine to, Affine from) {
        Affine run = new Affine(Dim.ZERO, to.coefficients());
        OptionalInt axis = run.soleAxis();
        if (axis.isEmpty() || !isUsedOnce(sparse.map().sources(), axis.getAsInt())) {
            return false;
        }
        Dim extent = sparse.map().shape().dim(axis.getAsInt());
        if (to.offset().equals(Dim.ZERO) && extent.equals(sparse.shape().dim(place))) {
            picked[axis.getAsInt()] = from;
            return true;
        }
        Affine index = from.plus(
                Affine.fixed(Dim.ZERO.minus(to.offset()), from.coefficients().size()));
        Dim low = index.offset();
        Dim high = low;
        for (int i = 0; i < index.coefficients().size(); i++) {
            Dim step = index.coefficients().get(i);
            if (!step.isAtLeast(Dim.ZERO)) {
                return false;
            }
            high = high.plus(step.times(view.shape().dim(i).minus(Dim.ONE)));
        }
        if (!isExtent(low) || !isExtent(high)) {
            return false;
        }
        picked[axis.getAsInt()] = index;
        misses |= low.isAtLeast(extent) || Dim.of(-1).isAtLeast(high);
        return misses || (low.isAtLeast(Dim.ZERO) && extent.minus(Dim.ONE).isAtLeast(high));
    }

    /** Whether {@code dim} is made of extents alone, which are 1 or more; of a loop's index nothing is known. */
    private boolean isExtent(Dim dim) {
        Set<String> known = new HashSet<>();
        List<Shape> shapes = List.of(sparse.shape(), view.shape());
        shapes.forEach(shape -> shape.dims().forEach(extent -> known.addAll(extent.symbols())));
        return known.containsAll(dim.symbols());
    }

    private static boolean isFixed(Affine index) {
        return index.coefficients().stream().allMatch(Dim.ZERO::equals);
    }

    private static boolean isUsedOnce(List<Affine> sources, int axis) {
        return sources.stream()
                        .filter(source -> !source.coefficients().get(axis).equals(Dim.ZERO))
                        .count()
                == 1;
    }

    /** What is picked by may not depend on an axis of the view that is a place to land. */
    private boolean isSolved() {
        for (Affine index : picked) {
            for (int axis = 0; index != null && axis < lands.length; axis++) {
                if (lands[axis] >= 0 && !index.coefficients().get(axis).equals(Dim.ZERO)) {
                    return false;
                }
            }
        }
        return true;
    }

    private Term result() {
        if (misses
                || differences.stream()
                        .anyMatch(d -> d.constant().isPresent() && d.constant().getAsLong() != 0)) {
            return sparse.zero(view.shape());
        }
        List<Integer> rest = new ArrayList<>();
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < dataRank; axis++) {
            if (picked[axis] == null) {
                rest.add(axis);
                dims.add(sparse.map().shape().dim(axis));
            }
        }
        List<Integer> added = new ArrayList<>();
        for (int axis = 0; axis < lands.length; axis++) {
            if (lands[axis] < 0) {
                added.add(axis);
                dims.add(view.shape().dim(axis));
            }
        }
        int rank = dims.size();
        List<Affine> reads = new ArrayList<>();
        for (int axis = 0; axis < dataRank; axis++) {
            reads.add(
                    picked[axis] == null
                            ? Affine.axis(rest.indexOf(axis), rank)
                            : moved(picked[axis], added, rest.size(), rank));
        }
        List<Affine> places = new ArrayList<>();
        for (int axis = 0; axis < lands.length; axis++) {
            places.add(
                    lands[axis] < 0
                            ? Affine.axis(rest.size() + added.indexOf(axis), rank)
                            : moved(sparse.map().sources().get(lands[axis]), rest, 0, rank));
        }
        Shape space = new Shape(dims);
        Term data = sparse.data().view(new IndexMap(reads, space));
        return Sparse.placed(where(data), new IndexMap(places, space), view.shape());
    }

    /** {@code index} over other axes: its axis {@code axes[k]} becomes axis {@code first + k} of {@code rank}. */
    private static Affine moved(Affine index, List<Integer> axes, int first, int rank) {
        Affine result = Affine.fixed(index.offset(), rank);
        for (int k = 0; k < axes.size(); k++) {
            result = result.plus(Affine.strided(Dim.ZERO, index.coefficients().get(axes.get(k)), first + k, rank));
        }
        return result;
    }

    /** {@code data} where all single places are the same, else 0. */
    private Term where(Term data) {
        Term result = data;
        for (Dim difference : differences) {
            if (!difference.equals(Dim.ZERO)) {
                Node distance = Leaf.extent(data.graph(), difference);
                Node nothing = Leaf.constant(data.graph(), 0, distance.type());
                Term same = new Term(data.graph(), data.graph().make(Logic.EQUAL, distance, nothing));
                Shape shape = data.node().shape();
                result = same.broadcast(shape, List.of()).select(result, result.constant(0));
            }
        }
        return result;
    }
}
