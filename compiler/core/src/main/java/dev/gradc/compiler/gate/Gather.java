package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.ShapeMismatch;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Elements picked by positions known at run time: {@code out[i] = in[map(i) + index(i)]}, attribute {@link Selection}.
 * The first input is the data, the others are int tensors of the output's shape. Its adjoint adds up where elements came
 * from ({@link Scatter}); where it takes one entry a row, it is a router.
 */
public final class Gather extends Operation {

    public static final Gather GATHER = new Gather();

    /**
     * Where elements come from.
     *
     * @param map the affine part of each data axis' index
     * @param loaded for each data axis the input whose elements are added to its index, or 0 for none
     */
    public record Selection(IndexMap map, List<Integer> loaded) implements Attribute {
        public Selection {
            loaded = List.copyOf(loaded);
        }

        /** What {@code map} alone selects, with nothing loaded. */
        public static Selection of(IndexMap map) {
            return new Selection(map, Collections.nCopies(map.sources().size(), 0));
        }

        @Override
        public String toString() {
            return map + loaded.stream().map(Object::toString).collect(Collectors.joining(", ", " + inputs [", "]"));
        }
    }

    private Gather() {
        super("gather", Kind.GATHER);
    }

    /** {@code data[..., index[...]]}: one entry of each row along the last axis. */
    public static Node pick(NodeFactory graph, Node data, Node index) {
        Shape rows = index.shape();
        List<Affine> sources = new ArrayList<>();
        List<Integer> loaded = new ArrayList<>();
        for (int axis = 0; axis < rows.rank(); axis++) {
            sources.add(Affine.axis(axis, rows.rank()));
            loaded.add(0);
        }
        sources.add(Affine.fixed(Dim.ZERO, rows.rank()));
        loaded.add(1);
        return graph.make(GATHER, new Selection(new IndexMap(sources, rows), loaded), List.of(data, index));
    }

    /** What {@code node} selects. */
    public static Selection selection(Node node) {
        return (Selection) node.attribute();
    }

    /**
     * The data axis along which {@code node} takes one entry of each row: every other axis is a whole axis of the output,
     * each once, and none of the output's is left.
     */
    public static OptionalInt pickedAxis(Node node) {
        Selection selection = selection(node);
        Shape data = node.input(0).shape();
        Set<Integer> rows = new HashSet<>();
        OptionalInt picked = OptionalInt.empty();
        for (int axis = 0; axis < data.rank(); axis++) {
            Affine source = selection.map().sources().get(axis);
            if (selection.loaded().get(axis) > 0) {
                boolean isPlain =
                        source.equals(Affine.fixed(Dim.ZERO, node.shape().rank()));
                if (picked.isPresent() || !isPlain) {
                    return OptionalInt.empty();
                }
                picked = OptionalInt.of(axis);
            } else {
                OptionalInt sole = source.soleAxis();
                boolean isWhole = sole.isPresent()
                        && node.shape().dim(sole.getAsInt()).equals(data.dim(axis))
                        && rows.add(sole.getAsInt());
                if (!isWhole) {
                    return OptionalInt.empty();
                }
            }
        }
        return rows.size() == node.shape().rank() ? picked : OptionalInt.empty();
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        Selection selection = (Selection) attribute;
        Type data = inputs.get(0).type();
        boolean fits = selection.loaded().size() == data.shape().rank()
                && selection.map().sources().size() == data.shape().rank();
        for (Node index : inputs.subList(1, inputs.size())) {
            fits = fits
                    && index.type().element() == ElementType.INT
                    && index.shape().equals(selection.map().shape());
        }
        if (!fits) {
            throw new ShapeMismatch("gather by " + attribute + " of "
                    + inputs.stream().map(Node::type).toList());
        }
        return new Type(data.element(), selection.map().shape());
    }

    @Override
    public boolean handsOnZeros(List<Node> inputs) {
        return inputs.stream().anyMatch(Node::isRouted);
    }

    @Override
    public Optional<Flow> flow(Node node) {
        return Optional.of(Flow.ROUTER);
    }

    @Override
    public Formula formula() {
        return Formula.of("out[i] = a[b[i]]", "g added up at b[i]")
                .note("`pick`, `sort`, subscripts by int tensors; b gets none");
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        if (input != 0) {
            return Optional.empty();
        }
        OptionalInt picked = pickedAxis(at.node());
        return Optional.of(picked.isPresent() ? route(at, upstream, picked.getAsInt()) : scatter(at, upstream));
    }

    private static Term route(Site at, Term upstream, int picked) {
        Shape shape = at.in(0).node().shape();
        List<Affine> sources = selection(at.node()).map().sources();
        List<Integer> rows =
                new ArrayList<>(Collections.nCopies(at.node().shape().rank(), 0));
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (axis != picked) {
                rows.set(sources.get(axis).soleAxis().orElseThrow(), axis);
            }
        }
        Term here = new Term(at.graph(), Leaf.position(at.graph(), picked, shape));
        return here.equalTo(at.in(selection(at.node()).loaded().get(picked)).broadcast(shape, rows))
                .select(upstream.broadcast(shape, rows), at.in(0).constant(0));
    }

    private static Term scatter(Site at, Term upstream) {
        List<Node> inputs = new ArrayList<>(at.node().inputs());
        inputs.set(0, upstream.node());
        Scatter.Target target =
                new Scatter.Target(selection(at.node()), at.in(0).node().shape());
        return new Term(at.graph(), at.graph().make(Scatter.SCATTER, target, inputs));
    }
}
