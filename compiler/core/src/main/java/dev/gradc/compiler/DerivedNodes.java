package dev.gradc.compiler;

import dev.gradc.compiler.autodiff.ByVector;
import dev.gradc.compiler.autodiff.Entries;
import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.lower.Derivation;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import java.util.List;
import java.util.Optional;

/**
 * The nodes of a derivative that a model asks for.
 *
 * @param results its value; for a sparse one the row, the column and the value of each entry
 * @param vector the variable for the direction or the upstream gradient that it takes
 */
record DerivedNodes(List<Node> results, Optional<Node> vector) {

    /** The nodes of {@code derivation}, made with {@code graph}. */
    static DerivedNodes of(NodeFactory graph, Derivation derivation) {
        List<Node> variables = derivation.by().stream().map(Argument::node).toList();
        ByVector by = new ByVector(graph, variables);
        Node f = derivation.of().node();
        String own = Custom.placeholder(derivation.name());
        return switch (derivation.kind()) {
            case JACOBIAN -> plain(by.jacobian(f));
            case HESSIAN -> plain(by.hessian(f));
            case HESSIAN_DIAGONAL -> plain(by.hessianDiagonal(f));
            case GAUSS_NEWTON -> plain(by.gaussNewton(f));
            case SPARSE_JACOBIAN -> sparse(new Entries(graph, variables).jacobian(f));
            case SPARSE_HESSIAN -> sparse(new Entries(graph, variables).hessian(f));
            case JVP -> along(by.direction(own), vector -> by.jvp(f, vector));
            case HVP -> along(by.direction(own), vector -> by.hvp(f, vector));
            case GAUSS_NEWTON_PRODUCT -> along(by.direction(own), vector -> by.gaussNewtonProduct(f, vector));
            case VJP -> along(Leaf.variable(graph, own, f.type()), vector -> by.vjp(f, vector));
        };
    }

    private interface Product {
        Node with(Node vector);
    }

    private static DerivedNodes plain(Node result) {
        return new DerivedNodes(List.of(result), Optional.empty());
    }

    private static DerivedNodes sparse(Entries.Coordinates entries) {
        return new DerivedNodes(List.of(entries.rows(), entries.columns(), entries.values()), Optional.empty());
    }

    private static DerivedNodes along(Node vector, Product product) {
        return new DerivedNodes(List.of(product.with(vector)), Optional.of(vector));
    }
}
