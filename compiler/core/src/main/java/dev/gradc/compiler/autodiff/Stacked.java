package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Variables one behind the other as one vector, each row-major: the layout of flat gradients, directions and columns. */
final class Stacked {

    private final NodeFactory graph;
    private final List<Node> variables;
    private final List<Dim> offsets = new ArrayList<>();
    private final Dim size;

    Stacked(NodeFactory graph, List<Node> variables) {
        this.graph = graph;
        this.variables = variables;
        Dim end = Dim.ZERO;
        for (Node variable : variables) {
            offsets.add(end);
            end = end.plus(variable.shape().size());
        }
        this.size = end;
    }

    /** The number of elements. */
    Dim size() {
        return size;
    }

    Dim offset(int variable) {
        return offsets.get(variable);
    }

    /** The part of {@code vector} that belongs to each variable, in its shape. */
    Map<Node, Node> split(Node vector) {
        Map<Node, Node> parts = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            Shape shape = variables.get(i).shape();
            Affine position = flat(shape, 0, shape.rank(), offsets.get(i));
            parts.put(
                    variables.get(i),
                    new Term(graph, vector)
                            .view(new IndexMap(List.of(position), shape))
                            .node());
        }
        return parts;
    }

    /** The row-major position within {@code inner} axes of a space, from axis {@code first} of {@code rank} on. */
    static Affine flat(Shape inner, int first, int rank, Dim offset) {
        Affine position = Affine.fixed(offset, rank);
        for (int axis = 0; axis < inner.rank(); axis++) {
            position = position.plus(Affine.strided(Dim.ZERO, inner.stride(axis), first + axis, rank));
        }
        return position;
    }

    /** The elements of all {@code parts}, row-major, one part behind the other. */
    static Node joined(NodeFactory graph, List<Node> parts) {
        Stacked stacked = new Stacked(graph, parts);
        List<IndexMap> maps = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Shape shape = parts.get(i).shape();
            maps.add(new IndexMap(List.of(flat(shape, 0, shape.rank(), stacked.offset(i))), shape));
        }
        return Pack.placed(graph, Shape.of(stacked.size()), parts, maps);
    }

    /** Rows of {@code parts}, each of the shape {@code rows} and then its variable's: {@code [rows, size]}. */
    Node joinColumns(List<Node> parts, Shape rows) {
        List<IndexMap> maps = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Shape inner = variables.get(i).shape();
            Shape shape = parts.get(i).shape();
            Affine row = flat(rows, 0, shape.rank(), Dim.ZERO);
            maps.add(new IndexMap(List.of(row, flat(inner, rows.rank(), shape.rank(), offsets.get(i))), shape));
        }
        return Pack.placed(graph, Shape.of(rows.size(), size), parts, maps);
    }

    /** A matrix of blocks, block (i, j) of the shape of variable i and then that of variable j: {@code [size, size]}. */
    Node joinBlocks(List<List<Node>> blocks) {
        List<Node> parts = new ArrayList<>();
        List<IndexMap> maps = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            for (int j = 0; j < blocks.size(); j++) {
                Shape upper = variables.get(i).shape();
                Shape shape = blocks.get(i).get(j).shape();
                Affine row = flat(upper, 0, shape.rank(), offsets.get(i));
                Affine column = flat(variables.get(j).shape(), upper.rank(), shape.rank(), offsets.get(j));
                parts.add(blocks.get(i).get(j));
                maps.add(new IndexMap(List.of(row, column), shape));
            }
        }
        return Pack.placed(graph, Shape.of(size, size), parts, maps);
    }
}
