package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import dev.gradc.compiler.ir.Reached;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code f(x)} that matters only where {@code c} holds and {@code f(y)} that matters only where it does not become one
 * {@code f(if c then x else y)}, for expensive {@code f}: over arrays both branches of a select are computed, so this
 * halves their functions. What an element does not choose takes the other's value, and is never looked at.
 */
public final class ExclusiveBranches {

    /** Of how many conditions at most a node is known to stand under; keeps the work linear in deep nests. */
    private static final int MOST_GUARDS = 8;

    /** A condition, and whether it holds. */
    private record Guard(Node condition, boolean holds) {
        private Guard negated() {
            return new Guard(condition, !holds);
        }
    }

    /** What pairs have in common: their function and type, under which guard, and above how many other candidates. */
    private record Key(Gate function, Attribute attribute, Type type, Guard guard, int level) {}

    /** Two nodes that become one. */
    private record Pair(Node condition, Node then, Node otherwise) {
        private Node input(NodeFactory graph, int i, Map<Node, Node> made) {
            List<Node> choice = List.of(made.get(condition), made.get(then.input(i)), made.get(otherwise.input(i)));
            return graph.make(Logic.SELECT, Attribute.NONE, choice);
        }
    }

    private final NodeFactory graph;
    private final List<Node> nodes;
    private final Map<Node, Set<Guard>> guards = new NodeMap<>();
    private final Map<Node, Integer> levels = new NodeMap<>();
    private final Map<Node, Pair> pairs = new HashMap<>();
    private final Map<Node, Node> made = new LinkedHashMap<>();

    private ExclusiveBranches(NodeFactory graph, Reached reached) {
        this.graph = graph;
        this.nodes = reached.nodes();
        reached.roots().forEach(root -> guards.put(root, Set.of()));
    }

    /** What becomes of the nodes {@code reached}, old node to new; empty where nothing changes. */
    public static Map<Node, Node> apply(NodeFactory graph, Reached reached) {
        ExclusiveBranches pass = new ExclusiveBranches(graph, reached);
        if (pass.nodes.stream().noneMatch(node -> node.is(Logic.SELECT))) {
            return Map.of();
        }
        pass.findGuards();
        pass.findLevels();
        pass.findPairs();
        if (!pass.pairs.isEmpty()) {
            pass.rebuild();
        }
        return pass.made;
    }

    /** The guards that all users of a node stand under, from the last node down. */
    private void findGuards() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            for (int input = 0; input < node.inputs().size(); input++) {
                Set<Guard> along = along(node, input);
                Set<Guard> others = guards.get(node.input(input));
                guards.put(node.input(input), others == null ? along : common(others, along));
            }
        }
    }

    /** What {@code node} needs its input under: only where elements correspond is anything known. */
    private Set<Guard> along(Node node, int input) {
        if (!(node.gate() instanceof Pointwise)) {
            return Set.of();
        }
        Set<Guard> own = guards.get(node);
        if (!node.is(Logic.SELECT) || input == 0 || own.size() == MOST_GUARDS || node.input(1) == node.input(2)) {
            return own;
        }
        Set<Guard> more = new LinkedHashSet<>(own);
        more.add(new Guard(node.input(0), input == 1));
        return more;
    }

    private static Set<Guard> common(Set<Guard> left, Set<Guard> right) {
        if (left.isEmpty() || left.equals(right)) {
            return left;
        }
        Set<Guard> both = new LinkedHashSet<>(left);
        both.retainAll(right);
        return both;
    }

    private boolean isCandidate(Node node) {
        return node.gate() instanceof Pointwise function
                && function.isExpensive()
                && !guards.get(node).isEmpty();
    }

    /** How many candidates follow one another below each node. Pairs of one level cannot depend on one another. */
    private void findLevels() {
        for (Node node : nodes) {
            int level = 0;
            for (Node input : node.inputs()) {
                level = Math.max(level, levels.get(input) + (isCandidate(input) ? 1 : 0));
            }
            levels.put(node, level);
        }
    }

    private void findPairs() {
        Map<Key, Deque<Node>> waiting = new HashMap<>();
        for (Node node : nodes) {
            if (isCandidate(node)) {
                for (Guard guard : guards.get(node)) {
                    if (!pairs.containsKey(node) && levels.get(guard.condition()) <= levels.get(node)) {
                        pair(node, guard, waiting);
                    }
                }
            }
        }
    }

    /** Pairs {@code node} with one that waits under the opposite guard, or lets it wait under its own. */
    private void pair(Node node, Guard guard, Map<Key, Deque<Node>> waiting) {
        Deque<Node> others = waiting.getOrDefault(key(node, guard.negated()), new ArrayDeque<>());
        while (!others.isEmpty() && pairs.containsKey(others.peek())) {
            others.remove();
        }
        if (others.isEmpty()) {
            waiting.computeIfAbsent(key(node, guard), key -> new ArrayDeque<>()).add(node);
            return;
        }
        Node other = others.remove();
        Pair pair = guard.holds() ? new Pair(guard.condition(), node, other) : new Pair(guard.condition(), other, node);
        pairs.put(node, pair);
        pairs.put(other, pair);
    }

    private Key key(Node node, Guard guard) {
        return new Key(node.gate(), node.attribute(), node.type(), guard, levels.get(node));
    }

    /** Level by level, candidates last: what a pair needs comes before both of its nodes. */
    private void rebuild() {
        List<Node> order = new ArrayList<>(nodes);
        order.sort(Comparator.<Node, Integer>comparing(levels::get)
                .thenComparing(this::isCandidate)
                .thenComparing(Node::id));
        for (Node node : order) {
            Pair pair = pairs.get(node);
            List<Node> inputs = new ArrayList<>();
            for (int i = 0; i < node.inputs().size(); i++) {
                inputs.add(pair == null ? made.get(node.input(i)) : pair.input(graph, i, made));
            }
            made.put(node, graph.make(node.gate(), node.attribute(), inputs));
        }
    }
}
