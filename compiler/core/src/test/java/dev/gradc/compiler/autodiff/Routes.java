package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;

/** The two ways to a Jacobian, of which the compiler takes the shorter one. */
public final class Routes {

    private Routes() {}

    /** By Jacobian-vector products. */
    public static Node forward(NodeFactory graph, Node f, Node x) {
        return new Derivatives(graph).forwardJacobian(f, x);
    }

    /** By vector-Jacobian products. */
    public static Node reverse(NodeFactory graph, Node f, Node x) {
        return new Derivatives(graph).reverseJacobian(f, x);
    }
}
