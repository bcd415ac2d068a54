package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
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
import java.util.List;
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

    /** What lands in one variable: elements, and for each its flat position among all variables. */
    private record Landing(Node values, Node columns) {}

    /** Some entries: rows, columns and values, of one shape. */
    private record Block(Node rows, Node columns, Node values) {}

    /** The entries of the Jacobian of {@code f}: those of each part that it is put together from. */
    public Coordinates jacobian(Node f) {
        List<Block> blocks = new ArrayList<>();
        new Composition(graph).parts(f).forEach(part -> {
            List<LoopAxis> element = derivatives.axes(part.node().shape(), "row");
            Node row = position(f.shape(), part.map(), element);
            for (int i = 0; i < variables.size(); i++) {
                Node seed = derivatives.unit(part.node(), element);
                blocks.addAll(blocks(part.node(), row, element, i, landings(part.node(), seed, i)));
            }
        });
        return joined(blocks);
    }

    /** The entries by one variable: those that land, or all, made whichever way is cheapest, where these are fewer. */
    private List<Block> blocks(Node f, Node row, List<LoopAxis> element, int variable, List<Landing> landings) {
        Node x = variables.get(variable);
        double landed = landings.stream()
                .mapToDouble(landing -> Work.size(landing.values().shape().dims()))
                .sum();
        if (landed <= Work.size(x.shape().dims())) {
            return landings.stream()
                    .map(landing -> block(row, landing, element))
                    .toList();
        }
        Node values = derivatives.jacobian(f, x);
        Landing whole = whole(x, vector.offset(variable));
        Block places = block(row, whole, element);
        return List.of(new Block(places.rows(), places.columns(), values));
    }

    /** The entries of the Hessian of the scalar {@code u}: those of each entry of its gradient. */
    public Coordinates hessian(Node u) {
        List<Block> blocks = new ArrayList<>();
        for (Landing entry : gradient(u)) {
            List<LoopAxis> element = derivatives.axes(entry.values().shape(), "element");
            Node row = at(entry.columns(), element);
            for (Landing landing : allLandings(entry.values(), derivatives.unit(entry.values(), element))) {
                blocks.add(block(row, landing, element));
            }
        }
        return joined(blocks);
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

    private Block block(Node row, Landing landing, List<LoopAxis> element) {
        Shape shape = landing.values().shape();
        Node rows = new Term(graph, row).broadcast(shape, List.of()).node();
        return new Block(
                derivatives.vectorized(rows, element),
                derivatives.vectorized(landing.columns(), element),
                derivatives.vectorized(landing.values(), element));
    }

    /** The entries of the gradient of the scalar {@code u}, those of each term on their own: places may recur. */
    private List<Landing> gradient(Node u) {
        Node seed = Leaf.constant(graph, 1, u.type());
        List<Landing> landings = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            Dim offset = vector.offset(i);
            terms(derivatives.vjp(u, variables.get(i), seed))
                    .map(term -> term.is(Scatter.SCATTER) ? scattered(term, offset) : whole(term, offset))
                    .forEach(landings::add);
        }
        return landings;
    }

    private List<Landing> allLandings(Node f, Node seed) {
        List<Landing> landings = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            landings.addAll(landings(f, seed, i));
        }
        return landings;
    }

    /** Where the gradient of {@code f} by one variable, weighed by {@code seed}, is not zero by structure. */
    private List<Landing> landings(Node f, Node seed, int variable) {
        Node gradient = derivatives.vjp(f, variables.get(variable), seed);
        Dim offset = vector.offset(variable);
        List<Node> terms = terms(gradient).toList();
        return terms.stream().allMatch(term -> term.is(Scatter.SCATTER))
                ? terms.stream().map(term -> scattered(term, offset)).toList()
                : List.of(whole(gradient, offset));
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

    private Landing scattered(Node term, Dim offset) {
        Scatter.Target target = (Scatter.Target) term.attribute();
        Gather.Selection selection = target.selection();
        Affine place = Affine.fixed(offset, target.map().shape().rank());
        Node loaded = null;
        for (int axis = 0; axis < target.shape().rank(); axis++) {
            Dim stride = target.shape().stride(axis);
            place = place.plus(selection.map().sources().get(axis).times(stride));
            int input = selection.loaded().get(axis);
            if (input > 0) {
                Node moved = times(term.input(input), stride);
                loaded = loaded == null ? moved : graph.make(Arithmetic.ADD, loaded, moved);
            }
        }
        Node affine = affine(place, target.map().shape());
        return new Landing(term.input(0), loaded == null ? affine : graph.make(Arithmetic.ADD, affine, loaded));
    }

    private Landing whole(Node gradient, Dim offset) {
        Shape shape = gradient.shape();
        Affine place = Affine.fixed(offset, shape.rank());
        for (int axis = 0; axis < shape.rank(); axis++) {
            place = place.plus(Affine.strided(Dim.ZERO, shape.stride(axis), axis, shape.rank()));
        }
        return new Landing(gradient, affine(place, shape));
    }

    /** {@code index} at every position of {@code shape}, as ints. */
    private Node affine(Affine index, Shape shape) {
        Node sum = new Term(graph, Leaf.extent(graph, index.offset()))
                .broadcast(shape, List.of())
                .node();
        for (int axis = 0; axis < shape.rank(); axis++) {
            Dim coefficient = index.coefficients().get(axis);
            if (!coefficient.equals(Dim.ZERO)) {
                Node moved = times(Leaf.position(graph, axis, shape), coefficient);
                sum = Leaf.isConstant(sum, 0) ? moved : graph.make(Arithmetic.ADD, sum, moved);
            }
        }
        return sum;
    }

    private Node times(Node node, Dim factor) {
        if (factor.equals(Dim.ONE)) {
            return node;
        }
        Node scale = new Term(graph, Leaf.extent(graph, factor))
                .broadcast(node.shape(), List.of())
                .node();
        return graph.make(Arithmetic.MULTIPLY, node, scale);
    }

    private Coordinates joined(List<Block> blocks) {
        return new Coordinates(
                joined(blocks.stream().map(Block::rows).toList(), ElementType.INT),
                joined(blocks.stream().map(Block::columns).toList(), ElementType.INT),
                joined(blocks.stream().map(Block::values).toList(), ElementType.REAL));
    }

    private Node joined(List<Node> parts, ElementType element) {
        return parts.isEmpty()
                ? Leaf.constant(graph, 0, new Type(element, Shape.of(Dim.ZERO)))
                : Stacked.joined(graph, parts);
    }
}
