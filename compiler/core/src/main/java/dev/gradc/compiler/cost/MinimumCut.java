package dev.gradc.compiler.cost;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * A network of capacities and its minimum cut, by Dinic's algorithm: blocking flows along shortest paths. Vertices are
 * numbered from 0; the source is 0 and the sink is 1.
 */
final class MinimumCut {

    static final int SOURCE = 0;
    static final int SINK = 1;

    private static final int NONE = -1;

    /** For each vertex the edge entered last of those that leave it; {@value #NONE} where none does. */
    private int[] first = new int[64];

    /** For each edge the one entered before it that leaves the same vertex. Edges are in pairs, one and its reverse. */
    private int[] following = new int[64];

    private int[] heads = new int[64];
    private double[] residual = new double[64];
    private int vertices;
    private int edges;
    private int[] level = {};

    /** For each vertex the edge to be tried next. */
    private int[] next = {};

    MinimumCut() {
        vertex();
        vertex();
    }

    /** A new vertex. */
    int vertex() {
        if (vertices == first.length) {
            first = Arrays.copyOf(first, 2 * vertices);
        }
        first[vertices] = NONE;
        return vertices++;
    }

    /** An edge; every path from source to sink needs one of finite capacity. */
    void edge(int from, int to, double capacity) {
        if (edges == heads.length) {
            following = Arrays.copyOf(following, 2 * edges);
            heads = Arrays.copyOf(heads, 2 * edges);
            residual = Arrays.copyOf(residual, 2 * edges);
        }
        half(from, to, capacity);
        half(to, from, 0);
    }

    private void half(int from, int to, double capacity) {
        heads[edges] = to;
        residual[edges] = capacity;
        following[edges] = first[from];
        first[from] = edges++;
    }

    /** The vertices on the sink's side of the minimum cut, as few as there can be. */
    BitSet sinkSide() {
        while (findLevels()) {
            next = Arrays.copyOf(first, vertices);
            List<Integer> path = findPath();
            while (!path.isEmpty()) {
                push(path);
                path = findPath();
            }
        }
        return reachingSink();
    }

    private boolean findLevels() {
        level = new int[vertices];
        Arrays.fill(level, NONE);
        level[SOURCE] = 0;
        int[] reached = new int[vertices];
        reached[0] = SOURCE;
        int count = 1;
        for (int i = 0; i < count; i++) {
            int from = reached[i];
            for (int edge = first[from]; edge >= 0; edge = following[edge]) {
                int to = heads[edge];
                if (level[to] < 0 && residual[edge] > 0) {
                    level[to] = level[from] + 1;
                    reached[count++] = to;
                }
            }
        }
        return level[SINK] >= 0;
    }

    /** The edges of a path along rising levels with capacity left, empty where there is none more. */
    private List<Integer> findPath() {
        List<Integer> path = new ArrayList<>();
        int at = SOURCE;
        while (at != SINK) {
            int edge = advance(at);
            if (edge >= 0) {
                path.add(edge);
                at = heads[edge];
            } else if (path.isEmpty()) {
                return path;
            } else {
                int back = path.remove(path.size() - 1);
                at = heads[back ^ 1];
                next[at] = following[back];
            }
        }
        return path;
    }

    private int advance(int from) {
        while (next[from] >= 0) {
            int edge = next[from];
            if (residual[edge] > 0 && level[heads[edge]] == level[from] + 1) {
                return edge;
            }
            next[from] = following[edge];
        }
        return NONE;
    }

    private void push(List<Integer> path) {
        double flow = Double.POSITIVE_INFINITY;
        for (int edge : path) {
            flow = Math.min(flow, residual[edge]);
        }
        for (int edge : path) {
            residual[edge] -= flow;
            residual[edge ^ 1] += flow;
        }
    }

    private BitSet reachingSink() {
        BitSet reaching = new BitSet(vertices);
        reaching.set(SINK);
        Deque<Integer> open = new ArrayDeque<>(List.of(SINK));
        while (!open.isEmpty()) {
            for (int edge = first[open.remove()]; edge >= 0; edge = following[edge]) {
                int from = heads[edge];
                if (!reaching.get(from) && residual[edge ^ 1] > 0) {
                    reaching.set(from);
                    open.add(from);
                }
            }
        }
        return reaching;
    }
}
