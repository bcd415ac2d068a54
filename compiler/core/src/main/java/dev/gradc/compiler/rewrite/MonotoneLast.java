package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code max(f(x)) → f(max(x))} for a monotone {@code f} that nothing but the fold over axes reads, also through views;
 * {@code min(f(x))} where it falls. So an activation behind a convolution is computed once a window of the pooling, and what
 * is added to all of a window once, too, with their gradients. The other inputs of {@code f}, such as a bias, must not vary
 * along the folded axes. Where rounding makes equal what was not, the winner is what was largest before it.
 */
public final class MonotoneLast {

    private final NodeFactory graph;
    private final Map<Node, Integer> uses = new HashMap<>();
    private final Map<Node, Node> made = new LinkedHashMap<>();

    /** A fold over {@code axes} of the space of {@code map}, which takes elements of {@code source} there. */
    private record Fold(Reduction gate, List<Integer> axes, Node source, IndexMap map) {

        private Fold of(Reduction other, Node below) {
            return new Fold(other, axes, below, map);
        }

        /** The same fold of what the view that {@code source} is moves. */
        private Fold belowView() {
            return new Fold(gate, axes, source.input(0), ((IndexMap) source.attribute()).compose(map));
        }

        /** Whether it leaves no more elements than {@code source} has. */
        private boolean isSmaller() {
            return source.shape().size().isAtLeast(map.shape().without(axes).size());
        }
    }

    private MonotoneLast(NodeFactory graph, List<Node> nodes, Collection<Node> roots) {
        this.graph = graph;
        roots.forEach(root -> uses.merge(root, 1, Integer::sum));
        nodes.forEach(node -> node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
    }

    /** What becomes of {@code roots} and of nodes below them, old node to new; empty where nothing changes. */
    public static Map<Node, Node> apply(NodeFactory graph, Collection<Node> roots) {
        List<Node> nodes = Graph.reachable(roots);
        if (nodes.stream().noneMatch(MonotoneLast::isExtreme)) {
            return Map.of();
        }
        MonotoneLast pass = new MonotoneLast(graph, nodes, roots);
        nodes.forEach(node -> pass.made.put(node, pass.moved(node)));
        return pass.made;
    }

    private static boolean isExtreme(Node node) {
        return (node.is(Reductions.MAX) || node.is(Reductions.MIN)) && node.isReal();
    }

    private Node moved(Node node) {
        if (isExtreme(node)) {
            Node input = node.input(0);
            IndexMap whole = new IndexMap(Affine.axes(input.shape().rank()), input.shape());
            return folded(new Fold((Reduction) node.gate(), Reduction.axes(node), input, whole))
                    .node();
        }
        return Graph.with(graph, node, made);
    }

    /** The value of {@code fold}, with as many gates as possible behind it. */
    private Term folded(Fold fold) {
        Node source = fold.source();
        if (uses.get(source) == 1 && source.is(View.VIEW)) {
            return folded(fold.belowView());
        } else if (isAlone(source) && source.gate() instanceof Pointwise && fold.isSmaller()) {
            for (int input = 0; input < source.inputs().size(); input++) {
                Optional<List<Node>> others = others(fold, input);
                if (trend(source, input) != 0 && others.isPresent()) {
                    return behind(fold, input, others.get());
                }
            }
        }
        return new Term(graph, made.get(source)).view(fold.map()).reduce(fold.gate(), fold.axes());
    }

    /** Whether nothing else reads it, or it is cheap to compute again: a multiple of what has a place in memory. */
    private boolean isAlone(Node source) {
        return uses.get(source) == 1
                || (source.is(Arithmetic.MULTIPLY) && source.inputs().stream().allMatch(MonotoneLast::isNearby));
    }

    private static boolean isNearby(Node factor) {
        return factor.inputs().isEmpty() || factor.gate().kind() == Gate.Kind.CONTRACTION;
    }

    /** {@code fold} of a gate that is monotone in {@code input}: the gate of the fold, and of its {@code others}. */
    private Term behind(Fold fold, int input, List<Node> others) {
        Node source = fold.source();
        Reduction opposite = fold.gate() == Reductions.MAX ? Reductions.MIN : Reductions.MAX;
        Reduction gate = trend(source, input) > 0 ? fold.gate() : opposite;
        List<Node> inputs = new ArrayList<>(others);
        inputs.add(input, folded(fold.of(gate, source.input(input))).node());
        return new Term(graph, graph.make(source.gate(), Attribute.NONE, inputs));
    }

    /** The other inputs of the gate that is folded, one an element of the result; empty where one varies along an axis. */
    private Optional<List<Node>> others(Fold fold, int input) {
        List<Node> others = new ArrayList<>();
        for (int k = 0; k < fold.source().inputs().size(); k++) {
            if (k != input) {
                Term other = new Term(graph, made.get(fold.source().input(k))).view(fold.map());
                Optional<Term> smaller = Repetition.without(other, fold.axes());
                if (smaller.isEmpty()) {
                    return Optional.empty();
                }
                others.add(smaller.get().node());
            }
        }
        return Optional.of(others);
    }

    /** How {@code node} moves with {@code input}: see {@link Pointwise#trend}; multiples by a number are known, too. */
    private static int trend(Node node, int input) {
        boolean isMultiple = node.is(Arithmetic.MULTIPLY) || (node.is(Arithmetic.DIVIDE) && input == 0);
        if (!isMultiple) {
            return ((Pointwise) node.gate()).trend(input);
        }
        OptionalDouble factor = Leaf.constantValue(node.input(1 - input));
        return factor.isPresent() && Double.isFinite(factor.getAsDouble())
                ? (int) Math.signum(factor.getAsDouble())
                : 0;
    }
}
