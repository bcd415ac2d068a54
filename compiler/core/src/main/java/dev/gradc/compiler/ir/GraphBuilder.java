package dev.gradc.compiler.ir;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes and interns the nodes of one compilation: a common subexpression cannot exist twice. */
public final class GraphBuilder implements NodeFactory {

    private record Key(Gate gate, Attribute attribute, List<Node> inputs) {

        @Override
        public int hashCode() {
            int hash = 31 * gate.hashCode() + attribute.hashCode();
            for (int i = 0; i < inputs.size(); i++) {
                hash = 31 * hash + inputs.get(i).id();
            }
            return hash;
        }
    }

    private final Map<Key, Node> interned = new HashMap<>();
    private int nextId;

    @Override
    public Node make(Gate gate, Attribute attribute, List<Node> inputs) {
        Key key = new Key(gate, attribute, ordered(gate, inputs));
        Node known = interned.get(key);
        if (known != null) {
            return known;
        }
        Node node = new Node(nextId++, gate, attribute, key.inputs(), gate.type(attribute, key.inputs()));
        interned.put(key, node);
        return node;
    }

    /** The number of nodes made. */
    public int size() {
        return nextId;
    }

    /** Commutative operands in one order, by id with leaves that have no inputs and no place last, for more sharing. */
    private static List<Node> ordered(Gate gate, List<Node> inputs) {
        if (!gate.isCommutative() || isSorted(inputs)) {
            return List.copyOf(inputs);
        }
        List<Node> sorted = new ArrayList<>(inputs);
        sorted.sort(Comparator.comparingInt(Node::id));
        return List.copyOf(sorted);
    }

    private static boolean isSorted(List<Node> inputs) {
        for (int i = 1; i < inputs.size(); i++) {
            if (inputs.get(i - 1).id() > inputs.get(i).id()) {
                return false;
            }
        }
        return true;
    }
}
