package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code f(x[N, 1]) → view(f(x[N]))}: gates compute without axes of extent 1, which only views put on and take off; so
 * what {@code keepdims} left behind opens no loops. A reduction over an axis of extent 1 stays.
 */
final class DropUnitAxes extends StructuralRule {

    DropUnitAxes() {
        super(
                "drop-unit-axes",
                "f(x[N, 1]) => expand(f(x[N]), 1)",
                Contract.BITWISE,
                gate -> gate instanceof Pointwise || gate instanceof Reduction);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node node = at.node();
        Shape shape = node.input(0).shape();
        if (!shape.dims().contains(Dim.ONE)) {
            return Optional.empty();
        }
        List<Integer> folded = node.gate() instanceof Reduction ? Reduction.axes(node) : List.of();
        List<Integer> units = new ArrayList<>();
        List<Integer> foldedLeft = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.dim(axis).equals(Dim.ONE) && !folded.contains(axis)) {
                units.add(axis);
            } else if (folded.contains(axis)) {
                foldedLeft.add(axis - units.size());
            }
        }
        if (units.isEmpty()) {
            return Optional.empty();
        }
        List<Term> inputs = node.inputs().stream()
                .map(input -> squeeze(new Term(at.graph(), input), units))
                .toList();
        Term smaller = node.gate() instanceof Reduction
                ? inputs.get(0).reduce(node.gate(), foldedLeft)
                : inputs.get(0)
                        .apply(node.gate(), inputs.subList(1, inputs.size()).toArray(Term[]::new));
        return Optional.of(expand(smaller, node.shape()));
    }

    private static Term squeeze(Term term, List<Integer> units) {
        Shape shape = term.node().shape();
        Shape smaller = shape.without(units);
        List<Affine> sources = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            sources.add(
                    units.contains(axis)
                            ? Affine.fixed(Dim.ZERO, smaller.rank())
                            : Affine.axis(next++, smaller.rank()));
        }
        return term.view(new IndexMap(sources, smaller));
    }

    /** Puts axes of extent 1 back where {@code shape} has them. */
    private static Term expand(Term term, Shape shape) {
        List<Integer> places = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!shape.dim(axis).equals(Dim.ONE)) {
                places.add(axis);
            }
        }
        return term.broadcast(shape, places);
    }
}
