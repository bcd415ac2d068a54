package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;

/** A gate in its graph, as derivative rules see it: its inputs and its output, as terms that read like formulas. */
public record Site(NodeFactory graph, Node node) {

    /** Input {@code index}. */
    public Term in(int index) {
        return new Term(graph, node.input(index));
    }

    /** The output. */
    public Term out() {
        return new Term(graph, node);
    }

    /** The constant {@code value}, of the output's shape. */
    public Term constant(double value) {
        return out().constant(value);
    }
}
