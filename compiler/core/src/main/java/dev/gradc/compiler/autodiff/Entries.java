package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.vectorize.LoopAxis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Jacobians and Hessians by their entries that are not zero by the model's structure. The gradient of one element of what
 * is differentiated is a sum of scatters: what lands are the entries of its row, and where they land are the columns,
 * with the element's index as a symbol in both. So the pattern holds for all runtime dims, and needs no data but the ints
 * that elements are picked by.
 */
public final class Entries {

    private final NodeFactory graph;
    private final Derivatives derivatives;
    private final List<Node> variables;
    private final Stacked vector;

    /** @param variables in the order in which their elements are columns */
    public Entries(NodeFactory graph, List<Node> variables) {
        this.graph = graph;
        this.derivatives = new Derivatives(graph);
        this.variables = List.copyOf(variables);
        this.vector = new Stacked(graph, variables);
    }

    /**
     * All entries, each with its place; entries with the same place add up.
     *
     * @param rows an int for each entry
     * @param columns an int for each entry
     * @param values a real for each entry
     */
    public record Coordinates(Node rows, Node columns, Node values) {}

    /**
     * Some entries: rows, columns and values, of one shape.
     *
     * @param order blocks of the same rows come by it, so that columns ascend as far as is known
     */
    private record Block(Node rows, Node columns, Node values, double order) {}

    /** Entries of the same rows: for each element of {@code shape}, which the axes of all blocks begin with, a row. */
    private record Rows(Shape shape, List<Block> blocks) {

        /** How many entries each row has. */
        Dim width() {
            return blocks.stream().map(block -> inner(block).size()).reduce(Dim.ZERO, Dim::plus);
        }

        /** The axes of the entries that {@code block} has for each row. */
        Shape inner(Block block) {
            List<Dim> dims = block.values().shape().dims();
            return new Shape(dims.subList(shape.rank(), dims.size()));
        }
    }

    /** The entries of the Jacobian of {@code f}: those of each part that it is put together from. */
    public Coordinates jacobian(Node f) {
        List<Rows> all = new ArrayList<>();
        new Composition(graph).parts(f).forEach(part -> {
            List<LoopAxis> element = derivatives.axes(part.node().shape(), "row");
            Node row = position(f.shape(), part.map(), element);
            List<Block> blocks = new ArrayList<>();
            for (int i = 0; i < variables.size(); i++) {
                Node seed = derivatives.unit(part.node(), element);
                blocks.addAll(blocks(part.node(), row, element, i, landings(part.node(), seed, i)));
            }
            all.add(rows(element, blocks));
        });
        return joined(all);
    }

    private static Rows rows(List<LoopAxis> element, List<Block> blocks) {
        List<Block> sorted =
                blocks.stream().sorted(Comparator.comparingDouble(Block::order)).toList();
        return new Rows(new Shape(element.stream().map(LoopAxis::extent).toList()), sorted);
    }

    /** The entries by one variable: those that land, or all, made whichever way is cheapest, where these are no more. */
    private List<Block> blocks(Node f, Node row, List<LoopAxis> element, int variable, List<Landed> landings) {
        Node x = variables.get(variable);
        double landed = landings.stream().mapToDouble(Landed::size).sum();
        Dim offset = vector.offset(variable);
        if (landed < Work.size(x.shape().dims())) {
            return landings.stream()
                    .map(landing -> block(row, landing, offset, element))
                    .toList();
        }
        Node values = derivatives.jacobian(f, x);
        Block places = block(row, Landed.whole(graph, x), offset, element);
        return List.of(new Block(places.rows(), places.columns(), values, places.order()));
    }

    /** The entries of the Hessian of the scalar {@code u}: those of each entry of its gradient. */
    public Coordinates hessian(Node u) {
        List<Rows> all = new ArrayList<>();
        Node seed = Leaf.constant(graph, 1, u.type());
        for (int i = 0; i < variables.size(); i++) {
            for (Landed entry : gradient(u, i, seed)) {
                List<LoopAxis> element = derivatives.axes(entry.shape(), "element");
                Node row = at(entry.positions(vector.offset(i)), element);
                Node unit = derivatives.unit(entry.values(), element);
                List<Block> blocks = new ArrayList<>();
                for (int j = 0; j < variables.size(); j++) {
                    Dim offset = vector.offset(j);
                    landings(entry.values(), unit, j)
                            .forEach(landing -> blocks.add(block(row, landing, offset, element)));
                }
                all.add(rows(element, blocks));
            }
        }
        return joined(all);
    }

    /** {@code node} at the element that {@code axes} stand for. */
    private Node at(Node node, List<LoopAxis> axes) {
        List<Affine> place = axes.stream()
                .map(axis -> Affine.fixed(Dim.symbol(axis.symbol()), 0))
                .toList();
        return new Term(graph, node).view(new IndexMap(place, Shape.SCALAR)).node();
    }

    /** The row-major position in {@code shape} where the element that {@code axes} stand for lands by {@code map}. */
    private Node position(Shape shape, IndexMap map, List<LoopAxis> axes) {
        Dim flat = Dim.ZERO;
        for (int axis = 0; axis < shape.rank(); axis++) {
            Affine source = map.sources().get(axis);
            Dim index = source.offset();
            for (int inner = 0; inner < axes.size(); inner++) {
                Dim symbol = Dim.symbol(axes.get(inner).symbol());
                index = index.plus(symbol.times(source.coefficients().get(inner)));
            }
            flat = flat.plus(index.times(shape.stride(axis)));
        }
        return Leaf.extent(graph, flat);
    }

    private Block block(Node row, Landed landing, Dim offset, List<LoopAxis> element) {
        Node rows = new Term(graph, row).broadcast(landing.shape(), List.of()).node();
        Dim first = landing.place(offset).offset();
        for (LoopAxis axis : element) {
            first = first.substitute(axis.symbol(), Dim.ZERO);
        }
        return new Block(
                derivatives.vectorized(rows, element),
                derivatives.vectorized(landing.positions(offset), element),
                derivatives.vectorized(landing.values(), element),
                Work.size(List.of(first)));
    }

    /** The entries of the gradient of the scalar {@code u} by one variable, those of each term on their own: places may recur. */
    private List<Landed> gradient(Node u, int variable, Node seed) {
        return parts(derivatives.vjp(u, variables.get(variable), seed));
    }

    /** Where the gradient of {@code f} by one variable, weighed by {@code seed}, is not zero by structure. */
    private List<Landed> landings(Node f, Node seed, int variable) {
        Node gradient = derivatives.vjp(f, variables.get(variable), seed);
        double all = Work.size(gradient.shape().dims());
        List<Landed> parts = parts(gradient);
        boolean isSparse = parts.stream().allMatch(part -> !part.indices().isEmpty() || part.size() < all);
        return isSparse ? LandedTogether.merged(parts) : List.of(Landed.whole(graph, gradient));
    }

    /** What the terms of {@code gradient} leave, each on its own. */
    private List<Landed> parts(Node gradient) {
        return terms(gradient)
                .map(term -> term.is(Scatter.SCATTER) ? Landed.of(graph, term) : Landed.whole(graph, term))
                .flatMap(part -> Picks.narrowed(part).stream())
                .toList();
    }

    /** The terms of a sum; none for 0. */
    private Stream<Node> terms(Node node) {
        if (node.is(Arithmetic.ADD)) {
            return node.inputs().stream().flatMap(this::terms);
        } else if (node.is(Arithmetic.SUBTRACT)) {
            return Stream.concat(terms(node.input(0)), terms(node.input(1)).map(this::negated));
        } else if (node.is(Arithmetic.NEGATE)) {
            return terms(node.input(0)).map(this::negated);
        }
        return Leaf.isConstant(node, 0) ? Stream.empty() : Stream.of(node);
    }

    private Node negated(Node term) {
        if (!term.is(Scatter.SCATTER)) {
            return graph.make(Arithmetic.NEGATE, term);
        }
        List<Node> inputs = new ArrayList<>(term.inputs());
        inputs.set(0, graph.make(Arithmetic.NEGATE, term.input(0)));
        return graph.make(Scatter.SCATTER, term.attribute(), inputs);
    }

    private Coordinates joined(List<Rows> all) {
        return new Coordinates(
                joined(all, Block::rows, ElementType.INT),
                joined(all, Block::columns, ElementType.INT),
                joined(all, Block::values, ElementType.REAL));
    }

    /** What {@code of} gives of all blocks, in one vector: row after row, block after block. */
    private Node joined(List<Rows> all, Function<Block, Node> of, ElementType element) {
        List<Node> parts = new ArrayList<>();
        List<IndexMap> maps = new ArrayList<>();
        Dim start = Dim.ZERO;
        for (Rows rows : all) {
            Dim behind = start;
            for (Block block : rows.blocks()) {
                Shape inner = rows.inner(block);
                Node part = of.apply(block);
                int rank = part.shape().rank();
                Affine place = Stacked.flat(rows.shape(), 0, rank, Dim.ZERO).times(rows.width());
                parts.add(part);
                maps.add(new IndexMap(
                        List.of(place.plus(Stacked.flat(inner, rows.shape().rank(), rank, behind))), part.shape()));
                behind = behind.plus(inner.size());
            }
            start = start.plus(rows.width().times(rows.shape().size()));
        }
        return parts.isEmpty()
                ? Leaf.constant(graph, 0, new Type(element, Shape.of(Dim.ZERO)))
                : Pack.placed(graph, Shape.of(start), parts, maps);
    }
}
