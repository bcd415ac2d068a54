package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.ShapeMismatch;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Elements moved: {@code out[i] = in[map(i)]}, attribute {@link IndexMap}. Broadcast, transpose, slice and diagonal in
 * one gate; its adjoint is a sum where it only broadcasts and permutes, a {@link Scatter} otherwise.
 */
public final class View extends Operation {

    public static final View VIEW = new View();

    private View() {
        super("view", Kind.LAYOUT);
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        IndexMap map = (IndexMap) attribute;
        if (map.sources().size() != inputs.get(0).shape().rank()) {
            throw new ShapeMismatch("view of " + inputs.get(0).type() + " by " + map);
        }
        return new Type(inputs.get(0).type().element(), map.shape());
    }

    @Override
    public boolean canBeInfinite(List<Node> inputs) {
        return inputs.get(0).canBeInfinite();
    }

    @Override
    public boolean handsOnZeros(List<Node> inputs) {
        return inputs.stream().anyMatch(Node::isRouted);
    }

    @Override
    public Optional<Flow> flow(Node node) {
        return ((IndexMap) node.attribute()).repeats() ? Optional.of(Flow.COLLECTOR) : Optional.empty();
    }

    @Override
    public Formula formula() {
        return Formula.of("out[i] = a[f(i)]", "g summed over the i with the same f(i)")
                .note("broadcasting, transposes, slices, `permute`, `expand`; f is affine");
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        IndexMap map = (IndexMap) at.node().attribute();
        if (!map.isBroadcast(at.in(0).node().shape())) {
            return Optional.of(Scatter.to(upstream, map, at.in(0).node().shape()));
        }
        return Optional.of(sumBack(at, upstream, map));
    }

    /** Sums over the axes that were repeated, then puts the kept ones (and axes of extent 1) back in place. */
    private static Term sumBack(Site at, Term upstream, IndexMap map) {
        Set<Integer> used = new HashSet<>();
        List<Integer> order = new ArrayList<>();
        for (Affine source : map.sources()) {
            OptionalInt axis = source.soleAxis();
            axis.ifPresent(used::add);
            order.add(axis.orElse(-1));
        }
        List<Integer> repeated = new ArrayList<>();
        for (int axis = 0; axis < map.shape().rank(); axis++) {
            if (!used.contains(axis)) {
                repeated.add(axis);
            }
        }
        Term summed = upstream.reduce(Reductions.SUM, repeated);
        int rank = order.size();
        List<Affine> back = new ArrayList<>();
        for (int axis = 0; axis < map.shape().rank(); axis++) {
            if (used.contains(axis)) {
                back.add(Affine.axis(order.indexOf(axis), rank));
            }
        }
        return summed.view(new IndexMap(back, at.in(0).node().shape()));
    }
}
