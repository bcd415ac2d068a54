package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Type;
import java.util.OptionalDouble;

/** Implicit conversions (int to real, never bool), and values known at compile time. */
final class Conversions {

    private Conversions() {}

    /** {@code node} as a real; a bool stays as it is, for the gate to refuse. */
    static Node toReal(NodeFactory graph, Node node) {
        if (node.type().element() != ElementType.INT) {
            return node;
        }
        return Leaf.constantValue(node).isPresent()
                ? Leaf.constant(graph, Leaf.constantValue(node).getAsDouble(), Type.real(node.shape()))
                : graph.make(Arithmetic.TO_REAL, node);
    }

    /** The value of {@code node} where it is a constant expression of the same number everywhere. */
    static OptionalDouble staticValue(Node node) {
        if (Leaf.constantValue(node).isPresent()) {
            return Leaf.constantValue(node);
        }
        if (!(node.gate() instanceof Pointwise gate)) {
            return OptionalDouble.empty();
        }
        double[] inputs = new double[node.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            OptionalDouble input = staticValue(node.input(i));
            if (input.isEmpty()) {
                return OptionalDouble.empty();
            }
            inputs[i] = input.getAsDouble();
        }
        return OptionalDouble.of(gate.value(inputs));
    }
}
