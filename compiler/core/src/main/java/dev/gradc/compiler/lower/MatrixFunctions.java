package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.gate.LinearAlgebra;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.ShapeMismatch;
import java.util.ArrayList;
import java.util.List;

/** Factorisations and solves, along leading axes as a batch. */
final class MatrixFunctions {

    private MatrixFunctions() {}

    static void define(Builtins.Table table) {
        table.define("cholesky", List.of("A"), 1, (graph, a) -> onMatrix(graph, a, LinearAlgebra.CHOLESKY));
        table.define("inverse", List.of("A"), 1, (graph, a) -> onMatrix(graph, a, LinearAlgebra.INVERSE));
        table.define("det", List.of("A"), 1, (g, a) -> dropLast(g, onMatrix(g, a, LinearAlgebra.DETERMINANT)));
        table.define("logdet", List.of("A"), 1, (g, a) -> dropLast(g, onMatrix(g, a, LinearAlgebra.LOG_DETERMINANT)));
        table.define(
                "solve",
                List.of("A", "b"),
                2,
                (graph, a) -> solve(graph, a, LinearAlgebra.SOLVE, new LinearAlgebra.Transposed(false)));
        table.define("solve_triangular", List.of("T", "b", "lower", "transposed"), 2, (graph, a) -> {
            boolean lower = !a.has("lower") || a.flag("lower");
            return solve(
                    graph, a, LinearAlgebra.SOLVE_TRIANGULAR, new LinearAlgebra.Triangle(lower, a.flag("transposed")));
        });
    }

    private static Node onMatrix(NodeFactory graph, Arguments a, Kernel kernel) {
        return make(graph, a, kernel, Attribute.NONE, List.of(a.real("A")));
    }

    private static Node make(NodeFactory graph, Arguments a, Kernel kernel, Attribute attribute, List<Node> inputs) {
        try {
            return graph.make(kernel, attribute, inputs);
        } catch (ShapeMismatch mismatch) {
            throw a.lowering().report(LoweringDiagnostics.gateMismatch(mismatch, a.span()));
        }
    }

    /** A right-hand side of one axis less than the matrix is a vector, which becomes a column. */
    private static Node solve(NodeFactory graph, Arguments a, Kernel kernel, Attribute attribute) {
        Node matrix = a.real(a.parameters().get(0));
        Node right = a.real("b");
        boolean isVector = right.shape().rank() == matrix.shape().rank() - 1;
        Node columns = isVector ? addLast(graph, right) : right;
        Node solution = make(graph, a, kernel, attribute, List.of(matrix, columns));
        return isVector ? dropLast(graph, solution) : solution;
    }

    private static Node addLast(NodeFactory graph, Node node) {
        List<Dim> dims = new ArrayList<>(node.shape().dims());
        dims.add(Dim.ONE);
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < node.shape().rank(); axis++) {
            axes.add(axis);
        }
        return new Term(graph, node).broadcast(new Shape(dims), axes).node();
    }

    /** {@code node} without its last axis, of extent 1. */
    private static Node dropLast(NodeFactory graph, Node node) {
        int rank = node.shape().rank() - 1;
        List<Affine> sources = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            sources.add(Affine.axis(axis, rank));
        }
        sources.add(Affine.fixed(Dim.ZERO, rank));
        Shape shape = new Shape(node.shape().dims().subList(0, rank));
        return new Term(graph, node).view(new IndexMap(sources, shape)).node();
    }
}
