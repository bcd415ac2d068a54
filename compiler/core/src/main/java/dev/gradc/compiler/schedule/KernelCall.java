package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node computed by one call of a runtime method on whole tensors.
 *
 * @param node what is computed
 * @param owner fully qualified name of the method's class
 * @param method its name
 * @param arguments in order
 */
public record KernelCall(Node node, String owner, String method, List<Kernel.Argument> arguments) implements Item {

    private static final String MATRIX_PRODUCT = "dev.gradc.runtime.MatrixProduct";

    public KernelCall {
        arguments = List.copyOf(arguments);
    }

    /** The tensors it reads, whole. */
    public List<Node> operands() {
        return arguments.stream()
                .filter(Kernel.Tensor.class::isInstance)
                .map(argument -> ((Kernel.Tensor) argument).node())
                .filter(operand -> operand != node)
                .toList();
    }

    /** The call for {@code node}; empty where there is none and loops are made instead. */
    static Optional<KernelCall> of(Node node) {
        return switch (node.gate().kind()) {
            case KERNEL -> {
                Kernel kernel = (Kernel) node.gate();
                yield Optional.of(new KernelCall(node, kernel.owner(), kernel.method(), kernel.arguments(node)));
            }
            case CONTRACTION -> product(node);
            case LEAF, POINTWISE, REDUCTION, LAYOUT, SCATTER, GATHER, SCAN, CUSTOM, PACK -> Optional.empty();
        };
    }

    private static Optional<KernelCall> product(Node node) {
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

    /** C[m, n] = op(A)[m, k] op(B)[k, n]. */
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
        List<Dim> extents =
                List.of(node.shape().dim(0), node.shape().dim(1), left.shape().dim(a.indexOf(inner)));
        List<Kernel.Argument> arguments = new ArrayList<>();
        extents.forEach(extent -> arguments.add(new Kernel.Extent(extent)));
        arguments.add(new Kernel.Tensor(left));
        arguments.add(new Kernel.Flag(a.get(1) == row));
        arguments.add(new Kernel.Tensor(right));
        arguments.add(new Kernel.Flag(b.get(1) == inner));
        arguments.add(new Kernel.Tensor(node));
        return Optional.of(new KernelCall(node, MATRIX_PRODUCT, "multiply", arguments));
    }

    /** y[m] = op(A) x. */
    private static KernelCall vector(Node node, List<Integer> matrix, List<Integer> out, boolean matrixFirst) {
        Node left = node.input(matrixFirst ? 0 : 1);
        Node right = node.input(matrixFirst ? 1 : 0);
        List<Kernel.Argument> arguments = List.of(
                new Kernel.Extent(node.shape().dim(0)),
                new Kernel.Extent(right.shape().dim(0)),
                new Kernel.Tensor(left),
                new Kernel.Flag(matrix.get(1).equals(out.get(0))),
                new Kernel.Tensor(right),
                new Kernel.Tensor(node));
        return new KernelCall(node, MATRIX_PRODUCT, "multiplyVector", arguments);
    }
}
