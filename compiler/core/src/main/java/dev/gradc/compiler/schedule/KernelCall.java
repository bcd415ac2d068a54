package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        if (isWrittenOut(node)) {
            return Optional.empty();
        }
        Contraction.Labels labels = Contraction.labels(node);
        Optional<ProductShape> straight = ProductShape.of(labels.left(), labels.right(), labels.out());
        if (straight.isPresent()) {
            return straight.map(shape -> product(node, shape, node.input(0), node.input(1)));
        }
        return ProductShape.of(labels.right(), labels.left(), labels.out())
                .map(shape -> product(node, shape, node.input(1), node.input(0)));
    }

    /** Whether it is the product of a matrix and a vector whose loops take less than a call, since they are written out. */
    private static boolean isWrittenOut(Node node) {
        List<Dim> extents = Statement.contraction(node).extents();
        return extents.size() == 2 && Loop.isShort(extents.get(1)) && Loop.isSmall(extents);
    }

    /** C[m, n] = op(A)[m, k] op(B)[k, n], for each of a batch; y[m] = op(A) x where there are no columns and no batch. */
    private static KernelCall product(Node node, ProductShape shape, Node a, Node b) {
        Map<Integer, Dim> extents = Contraction.extents(Contraction.labels(node), node.inputs());
        boolean isVector = shape.batch().isEmpty() && shape.columns().isEmpty();
        List<Kernel.Argument> arguments = new ArrayList<>();
        if (!shape.batch().isEmpty()) {
            arguments.add(extent(extents, shape.batch()));
        }
        arguments.add(extent(extents, shape.rows()));
        if (!isVector) {
            arguments.add(extent(extents, shape.columns()));
        }
        arguments.add(extent(extents, shape.inner()));
        arguments.add(new Kernel.Tensor(a));
        arguments.add(new Kernel.Flag(shape.leftTransposed()));
        arguments.add(new Kernel.Tensor(b));
        if (!isVector) {
            arguments.add(new Kernel.Flag(shape.rightTransposed()));
        }
        arguments.add(new Kernel.Tensor(node));
        String method = isVector ? "multiplyVector" : shape.batch().isEmpty() ? "multiply" : "multiplyBatch";
        return new KernelCall(node, MATRIX_PRODUCT, method, arguments);
    }

    private static Kernel.Extent extent(Map<Integer, Dim> extents, List<Integer> labels) {
        return new Kernel.Extent(Dim.product(labels.stream().map(extents::get).toList()));
    }
}
