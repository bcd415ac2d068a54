package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where elements come from: for each axis of a tensor an affine index over the axes of {@code shape}. One notion for
 * broadcast, transpose, slice, diagonal and window.
 *
 * @param sources one index for each axis of the indexed tensor
 * @param shape the space of the indices
 */
public record IndexMap(List<Affine> sources, Shape shape) implements Attribute {

    public IndexMap {
        sources = List.copyOf(sources);
    }

    /** Axis k of the source becomes axis {@code axes[k]} of {@code shape}; the other axes repeat. */
    public static IndexMap broadcast(Shape shape, List<Integer> axes) {
        return new IndexMap(
                axes.stream().map(axis -> Affine.axis(axis, shape.rank())).toList(), shape);
    }

    /** Axis k of the result is axis {@code order[k]} of {@code source}. */
    public static IndexMap permutation(Shape source, List<Integer> order) {
        Shape shape = new Shape(order.stream().map(source::dim).toList());
        List<Affine> sources = new ArrayList<>();
        for (int axis = 0; axis < source.rank(); axis++) {
            sources.add(Affine.axis(order.indexOf(axis), source.rank()));
        }
        return new IndexMap(sources, shape);
    }

    /** Whether it moves nothing on a tensor of {@code source}'s shape. */
    public boolean isIdentityOn(Shape source) {
        if (!source.equals(shape)) {
            return false;
        }
        for (int axis = 0; axis < sources.size(); axis++) {
            if (!sources.get(axis).equals(Affine.axis(axis, shape.rank()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether each source axis is a whole axis of {@link #shape}, none twice (or has extent 1 and is read at 0): a
     * broadcast and permutation, with no slicing.
     */
    public boolean isBroadcast(Shape source) {
        Set<Integer> used = new HashSet<>();
        for (int axis = 0; axis < sources.size(); axis++) {
            OptionalInt sole = sources.get(axis).soleAxis();
            boolean whole = sole.isPresent()
                    && source.dim(axis).equals(shape.dim(sole.getAsInt()))
                    && used.add(sole.getAsInt());
            if (!whole && !readsOnlyZero(axis, source)) {
                return false;
            }
        }
        return true;
    }

    /** Whether some elements are read more than once: an axis of {@link #shape} that no source depends on. */
    public boolean repeats() {
        for (int axis = 0; axis < shape.rank(); axis++) {
            int k = axis;
            boolean isUsed = sources.stream()
                    .anyMatch(source -> !source.coefficients().get(k).equals(Dim.ZERO));
            if (!isUsed && !shape.dim(axis).is(1)) {
                return true;
            }
        }
        return false;
    }

    private boolean readsOnlyZero(int axis, Shape source) {
        return source.dim(axis).equals(Dim.ONE) && sources.get(axis).equals(Affine.fixed(Dim.ZERO, shape.rank()));
    }

    /**
     * Whether all its indices are provably within a tensor of {@code source}'s shape. Symbols of extents are 1 or more;
     * where other symbols are left, such as a loop's index, nothing is proved.
     */
    public boolean staysWithin(Shape source) {
        Set<String> dims = new HashSet<>();
        Stream.of(source, shape).forEach(s -> s.dims().forEach(dim -> dims.addAll(dim.symbols())));
        for (int axis = 0; axis < sources.size(); axis++) {
            Optional<Dim> low = first(axis);
            Optional<Dim> high = last(axis);
            Dim end = source.dim(axis).minus(Dim.ONE);
            boolean isWithin = low.isPresent()
                    && high.isPresent()
                    && dims.containsAll(low.get().symbols())
                    && dims.containsAll(high.get().symbols())
                    && low.get().isAtLeast(Dim.ZERO)
                    && end.isAtLeast(high.get());
            if (!isWithin) {
                return false;
            }
        }
        return true;
    }

    /** The smallest index along {@code axis} of the indexed tensor; empty where a coefficient's sign is not known. */
    public Optional<Dim> first(int axis) {
        return end(axis, false);
    }

    /** The largest index along {@code axis} of the indexed tensor; empty where a coefficient's sign is not known. */
    public Optional<Dim> last(int axis) {
        return end(axis, true);
    }

    private Optional<Dim> end(int axis, boolean upper) {
        Dim end = sources.get(axis).offset();
        for (int k = 0; k < shape.rank(); k++) {
            Dim coefficient = sources.get(axis).coefficients().get(k);
            boolean rises = coefficient.isAtLeast(Dim.ZERO);
            if (!rises && !Dim.ZERO.isAtLeast(coefficient)) {
                return Optional.empty();
            }
            if (rises == upper) {
                end = end.plus(coefficient.times(shape.dim(k).minus(Dim.ONE)));
            }
        }
        return Optional.of(end);
    }

    /**
     * This map with an axis in front for the values of {@code symbol} from {@code low} on.
     *
     * @param moves whether the indexed tensor has that axis, too
     */
    public IndexMap along(String symbol, Dim low, Dim extent, boolean moves) {
        int rank = shape.rank() + 1;
        List<Dim> dims = new ArrayList<>(List.of(extent));
        dims.addAll(shape.dims());
        List<Affine> extended = new ArrayList<>();
        if (moves) {
            extended.add(Affine.axis(0, rank));
        }
        for (Affine source : sources) {
            Dim offset = source.offset();
            List<Dim> coefficients = new ArrayList<>();
            coefficients.add(offset.degreeIn(symbol) > 0 ? offset.coefficientOf(symbol) : Dim.ZERO);
            coefficients.addAll(source.coefficients());
            extended.add(new Affine(offset.substitute(symbol, low), coefficients));
        }
        return new IndexMap(extended, new Shape(dims));
    }

    /** This map behind {@code outer}: outer's space to this map's sources. */
    public IndexMap compose(IndexMap outer) {
        int rank = outer.shape.rank();
        return new IndexMap(
                sources.stream()
                        .map(source -> source.compose(outer.sources, rank))
                        .toList(),
                outer.shape);
    }

    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        for (Affine source : sources) {
            StringBuilder text = new StringBuilder(source.offset().toString());
            for (int axis = 0; axis < source.coefficients().size(); axis++) {
                if (!source.coefficients().get(axis).equals(Dim.ZERO)) {
                    text.append(" + (")
                            .append(source.coefficients().get(axis))
                            .append(")*i")
                            .append(axis);
                }
            }
            texts.add(text.toString());
        }
        return texts + " over " + shape;
    }
}
