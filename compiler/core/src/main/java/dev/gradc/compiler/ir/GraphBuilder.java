package dev.gradc.compiler.ir;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes and interns the nodes of one compilation: a common subexpression cannot exist twice. */
public final class GraphBuilder implements NodeFactory {

    private static final Comparator<Node> BY_ID = Comparator.comparingInt(Node::id);

    /** The nodes made, each at the first place from that of its hash on that was free; a power of two places. */
    private Node[] nodes = new Node[1 << 10];

    /** The hashes of {@link #nodes}, at the same places. */
    private int[] hashes = new int[nodes.length];

    private int nextId;

    @Override
    public Node make(Gate gate, Attribute attribute, List<Node> inputs) {
        List<Node> ordered = ordered(gate, inputs);
        int hash = hash(gate, attribute, ordered);
        int place = place(hash);
        while (nodes[place] != null) {
            if (hashes[place] == hash && isOf(nodes[place], gate, attribute, ordered)) {
                return nodes[place];
            }
            place = next(place);
        }
        Node node = new Node(nextId, gate, attribute, ordered, gate.type(attribute, ordered));
        nodes[place] = node;
        hashes[place] = hash;
        nextId++;
        if (2 * nextId > nodes.length) {
            grow();
        }
        return node;
    }

    private static int hash(Gate gate, Attribute attribute, List<Node> inputs) {
        int hash = 31 * gate.hashCode() + attribute.hashCode();
        for (int i = 0; i < inputs.size(); i++) {
            hash = 31 * hash + inputs.get(i).id();
        }
        return hash;
    }

    /** Where to look for {@code hash} first: the hash's bits spread over those that places take. */
    private int place(int hash) {
        return (hash * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(nodes.length - 1);
    }

    private int next(int place) {
        return (place + 1) & (nodes.length - 1);
    }

    private static boolean isOf(Node node, Gate gate, Attribute attribute, List<Node> inputs) {
        List<Node> own = node.inputs();
        if (!node.is(gate) || own.size() != inputs.size() || !node.attribute().equals(attribute)) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i) != inputs.get(i)) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        Node[] oldNodes = nodes;
        int[] oldHashes = hashes;
        nodes = new Node[2 * oldNodes.length];
        hashes = new int[nodes.length];
        for (int old = 0; old < oldNodes.length; old++) {
            if (oldNodes[old] != null) {
                int place = place(oldHashes[old]);
                while (nodes[place] != null) {
                    place = next(place);
                }
                nodes[place] = oldNodes[old];
                hashes[place] = oldHashes[old];
            }
        }
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
        sorted.sort(BY_ID);
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
