package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Sequences;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.vectorize.LoopAxis;
import dev.gradc.compiler.vectorize.Vectorizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Derivatives of every kind as nodes, which can be differentiated again. Products with Jacobians never materialise them;
 * a Jacobian is the product with unit vectors, for all of them at once: along new axes.
 */
public final class Derivatives {

    private final NodeFactory graph;

    /** Derivatives are made with {@code graph}, the factory of the nodes to be differentiated. */
    public Derivatives(NodeFactory graph) {
        this.graph = graph;
    }

    /** The gradient of the scalar {@code u}: of {@code x}'s shape. */
    public Node gradient(Node u, Node x) {
        return vjp(u, x, Leaf.constant(graph, 1, u.type()));
    }

    /** The vector-Jacobian product {@code seed . df/dx}: {@code seed} of {@code f}'s shape, the result of {@code x}'s. */
    public Node vjp(Node f, Node x, Node seed) {
        return new Differentiator(graph).gradient(f, seed, List.of(x)).get(0);
    }

    /** The Jacobian-vector product {@code df/dx . direction}: {@code direction} of {@code x}'s shape, the result of f's. */
    public Node jvp(Node f, Node x, Node direction) {
        return jvp(f, Map.of(x, direction));
    }

    /** The change of {@code f} as each variable moves along its direction. */
    public Node jvp(Node f, Map<Node, Node> directions) {
        Term tangent = new Tangents(graph, directions).sweep(List.of(f)).get(f);
        return tangent == null ? Leaf.constant(graph, 0, f.type()) : tangent.node();
    }

    /** The Hessian-vector product of the scalar {@code u}, forward over reverse: of {@code x}'s shape. */
    public Node hvp(Node u, Node x, Node direction) {
        return jvp(gradient(u, x), x, direction);
    }

    /** The second derivatives of the scalar {@code u}: of {@code x}'s shape and then {@code y}'s. */
    public Node hessian(Node u, Node x, Node y) {
        return jacobian(gradient(u, x), y);
    }

    /**
     * The second derivative of the scalar {@code u} by each element of {@code x}: of {@code x}'s shape. Of each part of
     * the gradient only what moves with the variable at the place where the part lands.
     */
    public Node hessianDiagonal(Node u, Node x) {
        return new Composition(graph)
                .parts(gradient(u, x))
                .map(part -> diagonal(part, x))
                .reduce(Term::plus)
                .orElseThrow()
                .node();
    }

    private Term diagonal(Composition.Part part, Node x) {
        List<LoopAxis> element = axes(part.node().shape(), "diagonal");
        Node row = vjp(part.node(), x, unit(part.node(), element));
        IndexMap place = part.map().compose(new IndexMap(positions(element), Shape.SCALAR));
        Node own = vectorized(new Term(graph, row).view(place).node(), element);
        Term values = new Term(graph, own);
        return part.map().isIdentityOn(x.shape()) ? values : Scatter.to(values, part.map(), x.shape());
    }

    /**
     * All partial derivatives: of {@code f}'s shape and then {@code x}'s. What is put together from parts has a Jacobian
     * that is put together from theirs. Of each part it is made in reverse from the unit vectors of the part or forward
     * along those of {@code x}, whichever takes less work as both come out.
     */
    public Node jacobian(Node f, Node x) {
        if (f.is(Pack.PACK)) {
            Pack.Target target = Pack.target(f);
            List<Node> parts =
                    f.inputs().stream().map(part -> jacobian(part, x)).toList();
            List<IndexMap> maps =
                    target.maps().stream().map(map -> beside(map, x.shape())).toList();
            Pack.Target wider = new Pack.Target(beside(target.shape(), x.shape()), maps, target.filled());
            return graph.make(Pack.PACK, wider, parts);
        } else if (f.is(Scatter.SCATTER) && f.inputs().size() == 1) {
            IndexMap map = ((Scatter.Target) f.attribute()).map();
            Term inner = new Term(graph, jacobian(f.input(0), x));
            return Scatter.to(inner, beside(map, x.shape()), beside(f.shape(), x.shape()))
                    .node();
        } else if (f.is(Sequences.RESHAPE)) {
            Term inner = new Term(graph, jacobian(f.input(0), x));
            return Sequences.reshape(inner, beside(f.shape(), x.shape())).node();
        } else if (Composition.isComposed(f)) {
            return graph.make(
                    f.gate(),
                    f.attribute(),
                    f.inputs().stream().map(part -> jacobian(part, x)).toList());
        }
        Node reverse = reverseJacobian(f, x);
        if (f.shape().isScalar()) {
            return reverse;
        }
        Node forward = forwardJacobian(f, x);
        Set<Node> shared = new HashSet<>(Graph.reachable(List.of(f)));
        return Work.of(forward, shared) < Work.of(reverse, shared) ? forward : reverse;
    }

    private static Shape beside(Shape left, Shape right) {
        List<Dim> dims = new ArrayList<>(left.dims());
        dims.addAll(right.dims());
        return new Shape(dims);
    }

    /** {@code map} with the axes of {@code inner} behind, which stay as they are. */
    private static IndexMap beside(IndexMap map, Shape inner) {
        int rank = map.shape().rank() + inner.rank();
        List<Affine> sources = new ArrayList<>();
        for (Affine source : map.sources()) {
            List<Dim> coefficients = new ArrayList<>(source.coefficients());
            inner.dims().forEach(dim -> coefficients.add(Dim.ZERO));
            sources.add(new Affine(source.offset(), coefficients));
        }
        for (int axis = 0; axis < inner.rank(); axis++) {
            sources.add(Affine.axis(map.shape().rank() + axis, rank));
        }
        return new IndexMap(sources, beside(map.shape(), inner));
    }

    /** {@link #jacobian} by vector-Jacobian products. */
    Node reverseJacobian(Node f, Node x) {
        List<LoopAxis> rows = axes(f.shape(), "row");
        return vectorized(vjp(f, x, unit(f, rows)), rows);
    }

    /** {@link #jacobian} by Jacobian-vector products. */
    Node forwardJacobian(Node f, Node x) {
        List<LoopAxis> columns = axes(x.shape(), "column");
        Node transposed = vectorized(jvp(f, x, unit(x, columns)), columns);
        int width = x.shape().rank();
        List<Integer> order = new ArrayList<>();
        IntStream.range(width, transposed.shape().rank()).forEach(order::add);
        IntStream.range(0, width).forEach(order::add);
        return new Term(graph, transposed)
                .view(IndexMap.permutation(transposed.shape(), order))
                .node();
    }

    /** An index for each axis of {@code shape}, with a symbol that no model has. */
    List<LoopAxis> axes(Shape shape, String name) {
        return IntStream.range(0, shape.rank())
                .mapToObj(axis -> new LoopAxis(name + "#d" + axis, Dim.ZERO, shape.dim(axis), 0))
                .toList();
    }

    /** Zeros of the shape of {@code like} but for a 1 at the position that {@code axes} stand for. */
    Node unit(Node like, List<LoopAxis> axes) {
        Term one = new Term(graph, Leaf.constant(graph, 1, Type.real(Shape.SCALAR)));
        return axes.isEmpty()
                ? one.node()
                : Scatter.to(one, new IndexMap(positions(axes), Shape.SCALAR), like.shape())
                        .node();
    }

    private static List<Affine> positions(List<LoopAxis> axes) {
        return axes.stream()
                .map(axis -> Affine.fixed(Dim.symbol(axis.symbol()), 0))
                .toList();
    }

    /** {@code node} for all values of {@code axes}, which come first. */
    Node vectorized(Node node, List<LoopAxis> axes) {
        Node value = node;
        for (int axis = axes.size() - 1; axis >= 0; axis--) {
            value = Vectorizer.apply(graph, axes.get(axis), value);
        }
        return value;
    }
}
