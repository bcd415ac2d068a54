package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.List;

/** A node and the factory that makes more: lets rules be written as formulas. Operands have equal shapes. */
public record Term(NodeFactory graph, Node node) {

    public Term plus(Term other) {
        return apply(Arithmetic.ADD, other);
    }

    public Term minus(Term other) {
        return apply(Arithmetic.SUBTRACT, other);
    }

    public Term times(Term other) {
        return apply(Arithmetic.MULTIPLY, other);
    }

    public Term times(double factor) {
        return times(constant(factor));
    }

    public Term over(Term other) {
        return apply(Arithmetic.DIVIDE, other);
    }

    public Term power(Term exponent) {
        return apply(Arithmetic.POWER, exponent);
    }

    public Term negate() {
        return apply(Arithmetic.NEGATE);
    }

    public Term greater(Term other) {
        return apply(Logic.GREATER, other);
    }

    public Term greaterOrEqual(Term other) {
        return apply(Logic.GREATER_OR_EQUAL, other);
    }

    public Term equalTo(Term other) {
        return apply(Logic.EQUAL, other);
    }

    /** {@code this ? then : otherwise}, elementwise. */
    public Term select(Term then, Term otherwise) {
        return apply(Logic.SELECT, then, otherwise);
    }

    /** The real constant {@code value}, of this term's shape. */
    public Term constant(double value) {
        return new Term(graph, Leaf.constant(graph, value, Type.real(node.shape())));
    }

    /** The elements moved by {@code map}. */
    public Term view(IndexMap map) {
        return map.isIdentityOn(node.shape()) ? this : new Term(graph, graph.make(View.VIEW, map, List.of(node)));
    }

    /** Repeated along the axes of {@code shape} that {@code axes} does not name: axis k becomes axis axes[k]. */
    public Term broadcast(Shape shape, List<Integer> axes) {
        return view(IndexMap.broadcast(shape, axes));
    }

    /** Folded along {@code axes}. */
    public Term reduce(Gate reduction, List<Integer> axes) {
        return axes.isEmpty() ? this : new Term(graph, graph.make(reduction, new Axes(axes), List.of(node)));
    }

    /** {@code gate} applied to this term and {@code others}. */
    public Term apply(Gate gate, Term... others) {
        return make(gate, Attribute.NONE, others);
    }

    /** {@code gate} with {@code attribute} applied to this term and {@code others}. */
    public Term make(Gate gate, Attribute attribute, Term... others) {
        Node[] inputs = new Node[others.length + 1];
        inputs[0] = node;
        for (int i = 0; i < others.length; i++) {
            inputs[i + 1] = others[i].node;
        }
        return new Term(graph, graph.make(gate, attribute, List.of(inputs)));
    }
}
