package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Routing;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse differentiation, graph to graph. Ids are a topological order, so the backward flow is one sweep down the
 * ids: each gate's adjoint is complete when the sweep reaches it, because all its users have larger ids; it then hands
 * each input its share, and shares accumulate. Nodes off every path to a variable asked for are never visited.
 */
public final class Differentiator {

    private final NodeFactory graph;

    /** Derivatives are made with {@code graph}, the factory of the nodes to be differentiated. */
    public Differentiator(NodeFactory graph) {
        this.graph = graph;
    }

    /**
     * The gradients of {@code sum(target * seed)}.
     *
     * @param seed upstream gradient of {@code target}, of its shape
     * @param wrt real variables
     * @return one node for each of {@code wrt}, of its shape
     */
    public List<Node> gradient(Node target, Node seed, List<Node> wrt) {
        Map<Node, Term> adjoints = sweep(target, seed, wrt);
        List<Node> gradients = new ArrayList<>();
        for (Node variable : wrt) {
            Term adjoint = adjoints.get(variable);
            gradients.add(adjoint == null ? Leaf.constant(graph, 0, variable.type()) : adjoint.node());
        }
        return gradients;
    }

    /** The adjoint of every node between {@code wrt} and {@code target}. */
    public Map<Node, Term> sweep(Node target, Node seed, List<Node> wrt) {
        List<Node> primal = Graph.reachable(List.of(target));
        Set<Node> active = active(primal, wrt);
        Map<Node, Term> adjoints = new HashMap<>();
        adjoints.put(target, new Term(graph, seed));
        for (int i = primal.size() - 1; i >= 0; i--) {
            Node node = primal.get(i);
            Term upstream = adjoints.get(node);
            if (upstream != null && active.contains(node)) {
                propagate(node, upstream, active, adjoints);
            }
        }
        return adjoints;
    }

    private void propagate(Node node, Term upstream, Set<Node> active, Map<Node, Term> adjoints) {
        Site site = new Site(graph, node);
        for (int input = 0; input < node.inputs().size(); input++) {
            Node operand = node.input(input);
            if (active.contains(operand)) {
                Operation.of(node)
                        .adjoint(site, upstream, input)
                        .ifPresent(share -> adjoints.merge(operand, share, Routing::plus));
            }
        }
    }

    /** The real nodes that some variable of {@code wrt} reaches. */
    private static Set<Node> active(List<Node> primal, List<Node> wrt) {
        Set<Node> active = new HashSet<>(wrt);
        for (Node node : primal) {
            if (node.isReal() && node.inputs().stream().anyMatch(active::contains)) {
                active.add(node);
            }
        }
        return active;
    }
}
