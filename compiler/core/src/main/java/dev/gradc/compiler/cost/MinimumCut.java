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

    /** Edges leave in pairs, one and its reverse, at even and odd places. */
    private final List<List<Integer>> leaving = new ArrayList<>();

    private final List<Integer> heads = new ArrayList<>();
    private final List<Double> residual = new ArrayList<>();
    private int[] level = {};
    private int[] next = {};

    MinimumCut() {
        vertex();
        vertex();
    }

    /** A new vertex. */
    int vertex() {
        leaving.add(new ArrayList<>());
        return leaving.size() - 1;
    }

    /** An edge; every path from source to sink needs one of finite capacity. */
    void edge(int from, int to, double capacity) {
        half(from, to, capacity);
        half(to, from, 0);
    }

    private void half(int from, int to, double capacity) {
        leaving.get(from).add(heads.size());
        heads.add(to);
        residual.add(capacity);
    }

    /** The vertices on the sink's side of the minimum cut, as few as there can be. */
    BitSet sinkSide() {
        while (findLevels()) {
            next = new int[leaving.size()];
            List<Integer> path = findPath();
            while (!path.isEmpty()) {
                push(path);
                path = findPath();
            }
        }
        return reachingSink();
    }

    private boolean findLevels() {
        level = new int[leaving.size()];
        Arrays.fill(level, -1);
        level[SOURCE] = 0;
        Deque<Integer> open = new ArrayDeque<>(List.of(SOURCE));
        while (!open.isEmpty()) {
            int from = open.remove();
            for (int edge : leaving.get(from)) {
                int to = heads.get(edge);
                if (level[to] < 0 && residual.get(edge) > 0) {
                    level[to] = level[from] + 1;
                    open.add(to);
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
                at = heads.get(edge);
            } else if (path.isEmpty()) {
                return path;
            } else {
                int back = path.remove(path.size() - 1);
                at = heads.get(back ^ 1);
                next[at]++;
            }
        }
        return path;
    }

    private int advance(int from) {
        List<Integer> edges = leaving.get(from);
        for (; next[from] < edges.size(); next[from]++) {
            int edge = edges.get(next[from]);
            if (residual.get(edge) > 0 && level[heads.get(edge)] == level[from] + 1) {
                return edge;
            }
        }
        return -1;
    }

    private void push(List<Integer> path) {
        double flow = Double.POSITIVE_INFINITY;
        for (int edge : path) {
            flow = Math.min(flow, residual.get(edge));
        }
        for (int edge : path) {
            residual.set(edge, residual.get(edge) - flow);
            residual.set(edge ^ 1, residual.get(edge ^ 1) + flow);
        }
    }

    private BitSet reachingSink() {
        BitSet reaching = new BitSet();
        reaching.set(SINK);
        Deque<Integer> open = new ArrayDeque<>(List.of(SINK));
        while (!open.isEmpty()) {
            for (int edge : leaving.get(open.remove())) {
                int from = heads.get(edge);
                if (!reaching.get(from) && residual.get(edge ^ 1) > 0) {
                    reaching.set(from);
                    open.add(from);
                }
            }
        }
        return reaching;
    }
}
