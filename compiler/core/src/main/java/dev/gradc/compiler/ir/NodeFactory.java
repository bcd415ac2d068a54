package dev.gradc.compiler.ir;

import java.util.List;

/** Makes nodes: a plain {@link GraphBuilder}, or one that simplifies on the way. */
public interface NodeFactory {

    /**
     * The node for {@code gate} applied to {@code inputs}.
     *
     * @throws ShapeMismatch where the inputs do not fit
     */
    Node make(Gate gate, Attribute attribute, List<Node> inputs);

    /** The node for a gate that needs no attribute. */
    default Node make(Gate gate, Node... inputs) {
        return make(gate, Attribute.NONE, List.of(inputs));
    }
}
