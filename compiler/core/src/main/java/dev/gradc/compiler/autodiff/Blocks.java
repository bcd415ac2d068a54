package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/** Tensors that begin with the same axes, as one vector: for each index along those one tensor behind the other. */
final class Blocks {

    private final NodeFactory graph;
    private final Shape rows;

    /** @param rows the axes in common */
    Blocks(NodeFactory graph, Shape rows) {
        this.graph = graph;
        this.rows = rows;
    }

    /** All elements of {@code parts}. */
    Node joined(List<Node> parts) {
        Dim width = Dim.ZERO;
        for (Node part : parts) {
            width = width.plus(inner(part).size());
        }
        Shape shape = Shape.of(rows.size().times(width));
        List<IndexMap> maps = new ArrayList<>();
        Dim offset = Dim.ZERO;
        for (Node part : parts) {
            maps.add(place(part, width, offset));
            offset = offset.plus(inner(part).size());
        }
        return Pack.placed(graph, shape, parts, maps);
    }

    private Shape inner(Node part) {
        return new Shape(part.shape().dims().subList(rows.rank(), part.shape().rank()));
    }

    private IndexMap place(Node part, Dim width, Dim offset) {
        int rank = part.shape().rank();
        Affine position = Affine.fixed(offset, rank);
        for (int axis = 0; axis < rank; axis++) {
            Dim stride = axis < rows.rank()
                    ? rows.stride(axis).times(width)
                    : inner(part).stride(axis - rows.rank());
            position = position.plus(Affine.strided(Dim.ZERO, stride, axis, rank));
        }
        return new IndexMap(List.of(position), part.shape());
    }
}
