package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** NumPy's broadcasting, made explicit: shapes are aligned from the last axis, extents of 1 repeat. */
final class Broadcasting {

    private Broadcasting() {}

    /** The shape that two shapes broadcast to; empty where they do not fit. */
    static Optional<Shape> join(Shape left, Shape right) {
        int rank = Math.max(left.rank(), right.rank());
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            Dim a = aligned(left, rank, axis);
            Dim b = aligned(right, rank, axis);
            if (!a.equals(b) && !a.equals(Dim.ONE) && !b.equals(Dim.ONE)) {
                return Optional.empty();
            }
            dims.add(a.equals(Dim.ONE) ? b : a);
        }
        return Optional.of(new Shape(dims));
    }

    private static Dim aligned(Shape shape, int rank, int axis) {
        int own = axis - (rank - shape.rank());
        return own < 0 ? Dim.ONE : shape.dim(own);
    }

    /** {@code node} repeated to {@code shape}. */
    static Node to(NodeFactory graph, Node node, Shape shape) {
        if (node.shape().equals(shape)) {
            return node;
        }
        if (node.attribute() instanceof Leaf.Constant constant) {
            return Leaf.constant(graph, constant.value(), new Type(node.type().element(), shape));
        }
        int rank = shape.rank();
        int lead = rank - node.shape().rank();
        List<Affine> sources = new ArrayList<>();
        for (int axis = 0; axis < node.shape().rank(); axis++) {
            boolean repeats = node.shape().dim(axis).equals(Dim.ONE)
                    && !shape.dim(axis + lead).equals(Dim.ONE);
            sources.add(repeats ? Affine.fixed(Dim.ZERO, rank) : Affine.axis(axis + lead, rank));
        }
        return graph.make(View.VIEW, new IndexMap(sources, shape), List.of(node));
    }
}
