package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Derivatives by several variables that together are one vector of n elements: gradients are vectors, Jacobians and
 * Hessians are matrices, as solvers want them. Elements of what is differentiated count row-major.
 */
public final class ByVector {

    private final NodeFactory graph;
    private final Derivatives derivatives;
    private final List<Node> variables;
    private final Stacked vector;

    /** @param variables in the order in which the vector has them */
    public ByVector(NodeFactory graph, List<Node> variables) {
        this.graph = graph;
        this.derivatives = new Derivatives(graph);
        this.variables = List.copyOf(variables);
        this.vector = new Stacked(graph, variables);
    }

    /** The vector's length. */
    public Dim size() {
        return vector.size();
    }

    /** A vector to move along, or to be weighed by: a variable of its own, called {@code name}. */
    public Node direction(String name) {
        return Leaf.variable(graph, name, Type.real(Shape.of(size())));
    }

    /** The change of {@code f} along {@code direction}: of {@code f}'s shape. */
    public Node jvp(Node f, Node direction) {
        return derivatives.jvp(f, vector.split(direction));
    }

    /** {@code seed . df/dx}: {@code [n]}. */
    public Node vjp(Node f, Node seed) {
        return Stacked.joined(graph, new Differentiator(graph).gradient(f, seed, variables));
    }

    /** The Hessian of the scalar {@code u} times {@code direction}: {@code [n]}. */
    public Node hvp(Node u, Node direction) {
        var parts = vector.split(direction);
        return Stacked.joined(
                graph,
                gradients(u).stream()
                        .map(gradient -> derivatives.jvp(gradient, parts))
                        .toList());
    }

    /** {@code J'J direction} for the Jacobian J of {@code f}: {@code [n]}. */
    public Node gaussNewtonProduct(Node f, Node direction) {
        return vjp(f, jvp(f, direction));
    }

    /** All partial derivatives of {@code f}, of m elements: {@code [m, n]}. */
    public Node jacobian(Node f) {
        return vector.joinColumns(blocks(f), f.shape());
    }

    private List<Node> blocks(Node f) {
        return variables.stream().map(x -> derivatives.jacobian(f, x)).toList();
    }

    private List<Node> gradients(Node u) {
        return new Differentiator(graph).gradient(u, Leaf.constant(graph, 1, u.type()), variables);
    }

    /** The second derivatives of the scalar {@code u}, each block above the diagonal made once: {@code [n, n]}. */
    public Node hessian(Node u) {
        List<Node> gradients = gradients(u);
        return symmetric((i, j) -> derivatives.jacobian(gradients.get(i), variables.get(j)));
    }

    /** {@code J'J} for the Jacobian J of {@code f}: {@code [n, n]}. */
    public Node gaussNewton(Node f) {
        List<Node> blocks = blocks(f);
        int rows = f.shape().rank();
        return symmetric((i, j) -> {
            int left = variables.get(i).shape().rank();
            int right = variables.get(j).shape().rank();
            Contraction.Labels labels = new Contraction.Labels(
                    range(0, rows + left),
                    concat(range(0, rows), range(rows + left, rows + left + right)),
                    range(rows, rows + left + right));
            return graph.make(Contraction.CONTRACT, labels, List.of(blocks.get(i), blocks.get(j)));
        });
    }

    /** The second derivative of the scalar {@code u} by each element: {@code [n]}. */
    public Node hessianDiagonal(Node u) {
        return Stacked.joined(
                graph,
                variables.stream().map(x -> derivatives.hessianDiagonal(u, x)).toList());
    }

    private interface Block {
        Node of(int i, int j);
    }

    private Node symmetric(Block upper) {
        List<List<Node>> blocks = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            List<Node> row = new ArrayList<>();
            for (int j = 0; j < variables.size(); j++) {
                row.add(
                        j < i
                                ? transposed(
                                        blocks.get(j).get(i),
                                        variables.get(j).shape().rank())
                                : upper.of(i, j));
            }
            blocks.add(row);
        }
        return vector.joinBlocks(blocks);
    }

    /** {@code block} with its first {@code leading} axes behind the others. */
    private Node transposed(Node block, int leading) {
        int rank = block.shape().rank();
        List<Integer> order = concat(range(leading, rank), range(0, leading));
        return new Term(graph, block)
                .view(IndexMap.permutation(block.shape(), order))
                .node();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static List<Integer> concat(List<Integer> first, List<Integer> second) {
        List<Integer> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
