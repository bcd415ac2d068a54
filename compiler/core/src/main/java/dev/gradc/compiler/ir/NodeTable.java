package dev.gradc.compiler.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A set of nodes of one builder by their ids, in pages that are there once a node on them is, from the last page down. */
final class NodeTable {

    /** The ids of a page take so many bits. */
    private static final int PAGE = 8;

    private static final int MASK = (1 << PAGE) - 1;

    /** The number of the last page: that of the ids from {@code last << PAGE} on. */
    private final int last;

    private Node[][] pages = new Node[4][];
    private int size;

    /** A set of {@code nodes}, to which others can be added whose ids are not above all of theirs. */
    NodeTable(Collection<Node> nodes) {
        int highest = 0;
        for (Node node : nodes) {
            highest = Math.max(highest, node.id());
        }
        last = highest >>> PAGE;
        nodes.forEach(this::add);
    }

    boolean contains(Node node) {
        int page = last - (node.id() >>> PAGE);
        return page < pages.length && pages[page] != null && pages[page][node.id() & MASK] != null;
    }

    void add(Node node) {
        Node[] page = page(last - (node.id() >>> PAGE));
        size += page[node.id() & MASK] == null ? 1 : 0;
        page[node.id() & MASK] = node;
    }

    private Node[] page(int number) {
        if (number >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(2 * pages.length, number + 1));
        }
        if (pages[number] == null) {
            pages[number] = new Node[1 << PAGE];
        }
        return pages[number];
    }

    /** The last node. */
    Node last() {
        return before((last + 1) << PAGE);
    }

    /** The last node whose id is less than {@code id}; null where there is none. */
    Node before(int id) {
        for (int at = id - 1; at >= 0 && last - (at >>> PAGE) < pages.length; at--) {
            Node[] page = pages[last - (at >>> PAGE)];
            if (page == null) {
                at &= ~MASK;
            } else if (page[at & MASK] != null) {
                return page[at & MASK];
            }
        }
        return null;
    }

    /** All nodes, in topological order. */
    List<Node> inOrder() {
        List<Node> nodes = new ArrayList<>(size);
        for (int number = pages.length - 1; number >= 0; number--) {
            if (pages[number] != null) {
                for (Node node : pages[number]) {
                    if (node != null) {
                        nodes.add(node);
                    }
                }
            }
        }
        return nodes;
    }
}
