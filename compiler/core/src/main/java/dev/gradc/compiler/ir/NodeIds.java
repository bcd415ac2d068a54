package dev.gradc.compiler.ir;

import java.util.Arrays;

/** A set of nodes: a bit for each id, in pages that are there once an id on them is. */
final class NodeIds {

    /** The ids of a page take so many bits, those of a word six. */
    private static final int PAGE = 12;

    private long[][] pages = new long[16][];

    /** Adds {@code node}; gives whether it was not there yet. */
    boolean add(Node node) {
        long[] page = page(node.id() >>> PAGE);
        int word = (node.id() >>> 6) & (page.length - 1);
        long bit = 1L << node.id();
        boolean isNew = (page[word] & bit) == 0;
        page[word] |= bit;
        return isNew;
    }

    private long[] page(int number) {
        if (number >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(2 * pages.length, number + 1));
        }
        if (pages[number] == null) {
            pages[number] = new long[1 << (PAGE - 6)];
        }
        return pages[number];
    }
}
