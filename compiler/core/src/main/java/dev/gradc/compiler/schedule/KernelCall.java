package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Optional;

/**
 * A product computed by a runtime kernel: C[m, n] = op(A)[m, k] op(B)[k, n]; without n, y[m] = op(A) x.
 *
 * @param node the contraction
 * @param left A
 * @param right B, or the vector
 * @param leftTransposed whether A is stored as [k, m]
 * @param rightTransposed whether B is stored as [n, k]
 * @param rows m
 * @param columns n; empty for a vector
 * @param inner k
 */
public record KernelCall(
        Node node,
        Node left,
        Node right,
        boolean leftTransposed,
        boolean rightTransposed,
        Dim rows,
        Optional<Dim> columns,
        Dim inner)
        implements Item {

    /** The kernel for {@code node}; empty where none fits and loops are made instead. */
    static Optional<KernelCall> of(Node node) {
        Contraction.Labels labels = Contraction.labels(node);
        int ranks = labels.left().size() * 10 + labels.right().size();
        List<Integer> out = labels.out();
        return switch (ranks) {
            case 22 -> out.size() == 2 ? matrix(node, labels, labels.left().contains(out.get(0))) : Optional.empty();
            case 21 -> out.size() == 1 ? Optional.of(vector(node, labels.left(), out, true)) : Optional.empty();
            case 12 -> out.size() == 1 ? Optional.of(vector(node, labels.right(), out, false)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<KernelCall> matrix(Node node, Contraction.Labels labels, boolean leftHasRows) {
        List<Integer> a = leftHasRows ? labels.left() : labels.right();
        List<Integer> b = leftHasRows ? labels.right() : labels.left();
        int row = labels.out().get(0);
        int column = labels.out().get(1);
        if (a.contains(column) || b.contains(row)) {
            return Optional.empty();
        }
        int inner = a.get(a.get(0) == row ? 1 : 0);
        if (!b.contains(inner) || !b.contains(column)) {
            return Optional.empty();
        }
        Node left = node.input(leftHasRows ? 0 : 1);
        Node right = node.input(leftHasRows ? 1 : 0);
        Dim k = left.shape().dim(a.indexOf(inner));
        return Optional.of(new KernelCall(
                node,
                left,
                right,
                a.get(1) == row,
                b.get(1) == inner,
                node.shape().dim(0),
                Optional.of(node.shape().dim(1)),
                k));
    }

    private static KernelCall vector(Node node, List<Integer> matrix, List<Integer> out, boolean matrixFirst) {
        boolean transposed = matrix.get(1).equals(out.get(0));
        Node left = node.input(matrixFirst ? 0 : 1);
        Node right = node.input(matrixFirst ? 1 : 0);
        return new KernelCall(
                node,
                left,
                right,
                transposed,
                false,
                node.shape().dim(0),
                Optional.empty(),
                right.shape().dim(0));
    }
}
