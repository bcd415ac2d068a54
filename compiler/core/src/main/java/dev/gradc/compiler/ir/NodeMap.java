package dev.gradc.compiler.ir;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A map from nodes of one builder, in topological order. Made for passes that note something about each node they meet:
 * ids are places in pages that are there once a node on them is, so that nothing is hashed, and neighbours in the graph
 * are neighbours in memory. For a few nodes of a large graph a hash table is smaller. Entries cannot be removed, and no
 * value is null.
 */
public final class NodeMap<V> extends AbstractMap<Node, V> {

    /** The ids of a page take so many bits. */
    private static final int PAGE = 8;

    private static final int MASK = (1 << PAGE) - 1;

    /** On each page a node at {@code 2 * place} and its value behind it. */
    private Object[][] pages = new Object[16][];

    private int size;

    /** An empty set of nodes that is kept in such a map. */
    public static Set<Node> newSet() {
        return Collections.newSetFromMap(new NodeMap<>());
    }

    private static int place(Node node) {
        return 2 * (node.id() & MASK);
    }

    @Override
    @SuppressWarnings("unchecked")
    public V get(Object key) {
        if (!(key instanceof Node node)) {
            return null;
        }
        int number = node.id() >>> PAGE;
        Object[] page = number < pages.length ? pages[number] : null;
        return page != null && page[place(node)] == node ? (V) page[place(node) + 1] : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public V getOrDefault(Object key, V otherwise) {
        V value = get(key);
        return value == null ? otherwise : value;
    }

    /** @throws IllegalArgumentException where a node of another builder has the same id as one that is there */
    @Override
    @SuppressWarnings("unchecked")
    public V put(Node node, V value) {
        Object[] page = page(node.id() >>> PAGE);
        int place = place(node);
        if (page[place] == null) {
            page[place] = node;
            size++;
        } else if (page[place] != node) {
            throw new IllegalArgumentException("nodes of two graphs: " + page[place] + " and " + node);
        }
        V before = (V) page[place + 1];
        page[place + 1] = value;
        return before;
    }

    private Object[] page(int number) {
        if (number >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(2 * pages.length, number + 1));
        }
        if (pages[number] == null) {
            pages[number] = new Object[2 << PAGE];
        }
        return pages[number];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void forEach(BiConsumer<? super Node, ? super V> action) {
        for (Object[] page : pages) {
            for (int place = 0; page != null && place < page.length; place += 2) {
                if (page[place] != null) {
                    action.accept((Node) page[place], (V) page[place + 1]);
                }
            }
        }
    }

    @Override
    public Set<Map.Entry<Node, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<Node, V>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<Node, V>> {
        private int next = following(0);

        /** The first id from {@code id} on that is there; beyond all pages where none is. */
        private int following(int id) {
            int at = id;
            while (at >>> PAGE < pages.length) {
                Object[] page = pages[at >>> PAGE];
                if (page == null) {
                    at = (at | MASK) + 1;
                } else if (page[2 * (at & MASK)] != null) {
                    return at;
                } else {
                    at++;
                }
            }
            return at;
        }

        @Override
        public boolean hasNext() {
            return next >>> PAGE < pages.length;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Map.Entry<Node, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Object[] page = pages[next >>> PAGE];
            int place = 2 * (next & MASK);
            next = following(next + 1);
            return new SimpleImmutableEntry<>((Node) page[place], (V) page[place + 1]);
        }
    }
}
