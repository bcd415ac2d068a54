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
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A tensor put together from parts: {@code out[map_k(i)] = part_k[i]}, attribute {@link Target}. No two parts meet, and
 * they cover the output, or zeros fill the rest. A tensor literal's parts are scalars.
 */
public final class Pack extends Operation {

    public static final Pack PACK = new Pack();

    /**
     * Where the parts lie.
     *
     * @param shape of the output
     * @param maps for each part, from its index space to the axes of {@code shape}; each injective, none meets another
     * @param filled whether zeros fill what the parts leave; they cover everything where it is false
     */
    public record Target(Shape shape, List<IndexMap> maps, boolean filled) implements Attribute {
        public Target {
            maps = List.copyOf(maps);
        }

        @Override
        public String toString() {
            return maps + " into " + shape + (filled ? " of zeros" : "");
        }
    }

    private Pack() {
        super("pack", Kind.PACK);
    }

    /** Where the parts of {@code node} lie. */
    public static Target target(Node node) {
        return (Target) node.attribute();
    }

    /** A tensor of fixed {@code shape} from its elements, row-major. */
    public static Node elements(NodeFactory graph, Shape shape, List<Node> scalars) {
        return placed(graph, shape, scalars, positions(shape, scalars.size()));
    }

    /** {@code parts} of one shape but for {@code axis}, one behind the other along it. */
    public static Node joined(NodeFactory graph, List<Node> parts, int axis) {
        List<IndexMap> maps = new ArrayList<>();
        Dim start = Dim.ZERO;
        for (Node part : parts) {
            int rank = part.shape().rank();
            List<Affine> sources = new ArrayList<>(Affine.axes(rank));
            sources.set(axis, Affine.strided(start, Dim.ONE, axis, rank));
            maps.add(new IndexMap(sources, part.shape()));
            start = start.plus(part.shape().dim(axis));
        }
        List<Dim> dims = new ArrayList<>(parts.get(0).shape().dims());
        dims.set(axis, start);
        return placed(graph, new Shape(dims), parts, maps);
    }

    /** {@code parts} of one shape along a new axis, which is {@code axis} of the result. */
    public static Node stacked(NodeFactory graph, List<Node> parts, int axis) {
        Shape shape = parts.get(0).shape();
        List<IndexMap> maps = new ArrayList<>();
        for (int place = 0; place < parts.size(); place++) {
            List<Affine> sources = new ArrayList<>(Affine.axes(shape.rank()));
            sources.add(axis, Affine.fixed(Dim.of(place), shape.rank()));
            maps.add(new IndexMap(sources, shape));
        }
        List<Dim> dims = new ArrayList<>(shape.dims());
        dims.add(axis, Dim.of(parts.size()));
        return placed(graph, new Shape(dims), parts, maps);
    }

    /**
     * A tensor of {@code shape} that {@code parts} cover.
     *
     * @param maps where each part lies: injective, over the part's shape, to the axes of {@code shape}; none meets another
     */
    public static Node placed(NodeFactory graph, Shape shape, List<Node> parts, List<IndexMap> maps) {
        boolean isWhole = parts.size() == 1 && maps.get(0).isIdentityOn(shape);
        return isWhole ? parts.get(0) : graph.make(PACK, new Target(shape, maps, false), parts);
    }

    /** {@code part} in a tensor of {@code shape} that is zero elsewhere; {@code map} as for {@link #placed}. */
    public static Node padded(NodeFactory graph, Shape shape, Node part, IndexMap map) {
        return map.isIdentityOn(shape) ? part : graph.make(PACK, new Target(shape, List.of(map), true), List.of(part));
    }

    /** The items of the list {@code [a, b, ...]} that {@code node} is: scalars in order; empty for other nodes. */
    public static Optional<List<Node>> list(Node node) {
        boolean isList = node.is(PACK)
                && node.shape().rank() == 1
                && !target(node).filled()
                && node.inputs().stream().allMatch(input -> input.shape().isScalar());
        return isList
                        && target(node)
                                .maps()
                                .equals(positions(node.shape(), node.inputs().size()))
                ? Optional.of(node.inputs())
                : Optional.empty();
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        Target target = (Target) attribute;
        boolean fits = target.maps().size() == inputs.size();
        Dim size = Dim.ZERO;
        for (int i = 0; fits && i < inputs.size(); i++) {
            IndexMap map = target.maps().get(i);
            fits = map.shape().equals(inputs.get(i).shape())
                    && map.sources().size() == target.shape().rank()
                    && inputs.get(i).type().element() == inputs.get(0).type().element();
            size = size.plus(map.shape().size());
        }
        if (!fits || (!target.filled() && !size.equals(target.shape().size()))) {
            throw new ShapeMismatch("pack of " + inputs.stream().map(Node::type).toList() + " by " + target);
        }
        ElementType element =
                inputs.isEmpty() ? ElementType.INT : inputs.get(0).type().element();
        return new Type(element, target.shape());
    }

    @Override
    public boolean handsOnZeros(List<Node> inputs) {
        return inputs.stream().anyMatch(Node::isRouted);
    }

    @Override
    public Formula formula() {
        return Formula.of("[a, b, ...]", "each part of g to the input it came from")
                .note("tensor literals, `concat`, `stack`, `pad`");
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        return Optional.of(upstream.view(target(at.node()).maps().get(input)));
    }

    /** Where each of {@code count} elements, row-major, of a tensor of fixed shape is. */
    private static List<IndexMap> positions(Shape shape, int count) {
        return IntStream.range(0, count).mapToObj(flat -> position(flat, shape)).toList();
    }

    private static IndexMap position(int flat, Shape shape) {
        List<Affine> sources = new ArrayList<>();
        int rest = flat;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            int extent = Math.toIntExact(shape.dim(axis).constant().orElseThrow());
            sources.add(0, Affine.fixed(Dim.of(rest % extent), 0));
            rest /= extent;
        }
        return new IndexMap(sources, Shape.SCALAR);
    }
}
