package dev.gradc.compiler.check;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Node;

/** Variables of a graph, by name. */
final class Variables {

    private Variables() {}

    static String name(Node variable) {
        return ((Leaf.Variable) variable.attribute()).name();
    }
}
