package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the terms of a sum of {@link Sparse} tensors land, taken together.
 *
 * @param places for each axis of {@code shape} the single place where all of them land, where there is one
 * @param shape of the whole
 */
record Landing(List<Optional<Dim>> places, Shape shape) {

    Landing {
        places = List.copyOf(places);
    }

    /** Where the one term lands that {@code map} places in {@code shape}. */
    static Landing of(IndexMap map, Shape shape) {
        return new Landing(map.sources().stream().map(Landing::place).toList(), shape);
    }

    private static Optional<Dim> place(Affine source) {
        boolean isSingle = source.coefficients().stream().allMatch(Dim.ZERO::equals);
        return isSingle ? Optional.of(source.offset()) : Optional.empty();
    }

    /** Where both land together. */
    Landing and(Landing other) {
        return new Landing(
                IntStream.range(0, places.size())
                        .mapToObj(axis -> places.get(axis)
                                .filter(place -> other.places
                                        .get(axis)
                                        .filter(place::equals)
                                        .isPresent()))
                        .toList(),
                shape);
    }

    /** The axes along which they land at several places, or are spread. */
    List<Integer> spread() {
        return IntStream.range(0, places.size())
                .filter(axis -> places.get(axis).isEmpty())
                .boxed()
                .toList();
    }

    /** The map of one sparse tensor that holds them all; empty where it would be no smaller than the whole. */
    Optional<IndexMap> map() {
        List<Integer> spread = spread();
        Shape inner = new Shape(spread.stream().map(shape::dim).toList());
        if (!Sparse.isSmaller(inner, shape)) {
            return Optional.empty();
        }
        List<Affine> sources = new ArrayList<>();
        for (int axis = 0; axis < places.size(); axis++) {
            int own = spread.indexOf(axis);
            sources.add(
                    own < 0
                            ? Affine.fixed(places.get(axis).orElseThrow(), inner.rank())
                            : Affine.axis(own, inner.rank()));
        }
        return Optional.of(new IndexMap(sources, inner));
    }
}
