package dev.gradc.compiler.ir;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One value of the graph: a gate applied to inputs. Made only by a {@link GraphBuilder}, which interns: within one
 * builder equal nodes are the same node, and an input's id is smaller than its user's.
 */
public final class Node {

    private final int id;
    private final Gate gate;
    private final Attribute attribute;
    private final List<Node> inputs;
    private final Type type;
    private final boolean routed;
    private final boolean infinite;
    private final Set<String> loops;

    Node(int id, Gate gate, Attribute attribute, List<Node> inputs, Type type) {
        this.id = id;
        this.gate = gate;
        this.attribute = attribute;
        this.inputs = inputs;
        this.type = type;
        this.routed = gate.handsOnZeros(inputs);
        this.infinite = gate.canBeInfinite(inputs);
        this.loops = loops(gate.loops(attribute), inputs);
    }

    private static Set<String> loops(Set<String> own, List<Node> inputs) {
        Set<String> all = own;
        for (int i = 0; i < inputs.size(); i++) {
            Set<String> others = inputs.get(i).loops;
            if (all.isEmpty()) {
                all = others;
            } else if (!all.containsAll(others)) {
                Set<String> more = new HashSet<>(all);
                more.addAll(others);
                all = more;
            }
        }
        return all;
    }

    /** Its place in topological order. */
    public int id() {
        return id;
    }

    public Gate gate() {
        return gate;
    }

    public Attribute attribute() {
        return attribute;
    }

    public List<Node> inputs() {
        return inputs;
    }

    public Node input(int index) {
        return inputs.get(index);
    }

    public Type type() {
        return type;
    }

    public Shape shape() {
        return type.shape();
    }

    public boolean is(Gate other) {
        return gate == other;
    }

    /** Whether some of its zeros may be those of a branch not taken. */
    public boolean isRouted() {
        return routed;
    }

    /** Whether it may be infinite or NaN, as a local gradient, at finite inputs. */
    public boolean canBeInfinite() {
        return infinite;
    }

    /** The symbols of the loops from step to step of which it may change. No other loop computes it at each step. */
    public Set<String> loops() {
        return Collections.unmodifiableSet(loops);
    }

    public boolean isReal() {
        return type.element() == ElementType.REAL;
    }

    /** The id: what walks a hash table of nodes does so in the same order whenever it is run. */
    @Override
    public int hashCode() {
        return id;
    }

    /** One line of a listing: {@code %3 = add %1, %2 : real[N]}. */
    @Override
    public String toString() {
        String operands = inputs.stream().map(n -> "%" + n.id).collect(Collectors.joining(", "));
        String detail = attribute.toString();
        return "%" + id + " = " + gate + (detail.isEmpty() ? "" : " {" + detail + "}")
                + (operands.isEmpty() ? "" : " " + operands) + " : " + type;
    }
}
