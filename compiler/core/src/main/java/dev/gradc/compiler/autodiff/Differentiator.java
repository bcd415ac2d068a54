package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Routing;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        return gradients(sweep(target, seed, wrt), wrt);
    }

    /** Those of {@code wrt} among {@code adjoints}, which a sweep gave; zeros where nothing flows. */
    public List<Node> gradients(Map<Node, Term> adjoints, List<Node> wrt) {
        List<Node> gradients = new ArrayList<>();
        for (Node variable : wrt) {
            Term adjoint = adjoints.get(variable);
            gradients.add(adjoint == null ? Leaf.constant(graph, 0, variable.type()) : adjoint.node());
        }
        return gradients;
    }

    /** The adjoint of every node between {@code wrt} and {@code target}. */
    public Map<Node, Term> sweep(Node target, Node seed, List<Node> wrt) {
        return sweep(Map.of(target, new Term(graph, seed)), wrt);
    }

    /**
     * The adjoint of every node between {@code wrt} and the targets.
     *
     * @param seeds the upstream gradient of each target
     */
    Map<Node, Term> sweep(Map<Node, Term> seeds, List<Node> wrt) {
        List<Node> primal = Graph.reachable(seeds.keySet());
        Set<Node> active = active(primal, wrt);
        Map<Node, Term> adjoints = new LinkedHashMap<>(seeds);
        Map<Scan.Body, List<Node>> results =
                primal.stream().filter(node -> node.is(Scan.SCAN)).collect(Collectors.groupingBy(Scan::body));
        for (int i = primal.size() - 1; i >= 0; i--) {
            Node node = primal.get(i);
            if (!active.contains(node)) {
                continue;
            }
            if (!node.is(Scan.SCAN)) {
                Term upstream = adjoints.get(node);
                if (upstream != null) {
                    propagate(node, upstream, active, adjoints);
                }
            } else if (results.get(Scan.body(node)).get(0) == node) {
                propagateLoop(results.get(Scan.body(node)), active, adjoints);
            }
        }
        return adjoints;
    }

    private void propagate(Node node, Term upstream, Set<Node> active, Map<Node, Term> adjoints) {
        Site site = new Site(graph, node);
        for (int input = 0; input < node.inputs().size(); input++) {
            Node operand = node.input(input);
            if (active.contains(operand)) {
                Optional<Term> share = Operation.of(node).adjoint(site, upstream, input);
                if (share.isPresent()) {
                    adjoints.merge(operand, share.get(), Routing::plus);
                }
            }
        }
    }

    /**
     * Once for all {@code results} of a loop, at the first of them, which a downward sweep meets last: all users of the
     * others have been seen by then.
     */
    private void propagateLoop(List<Node> results, Set<Node> active, Map<Node, Term> adjoints) {
        Map<Scan.Result, Term> upstream = new LinkedHashMap<>();
        for (Node node : results) {
            if (adjoints.containsKey(node)) {
                upstream.put((Scan.Result) node.attribute(), adjoints.get(node));
            }
        }
        if (!upstream.isEmpty()) {
            new ScanAdjoint(graph, results.get(0), active)
                    .shares(upstream)
                    .forEach((operand, share) -> adjoints.merge(operand, share, Routing::plus));
        }
    }

    /** The real nodes that some variable of {@code wrt} reaches. */
    static Set<Node> active(List<Node> primal, List<Node> wrt) {
        Set<Node> active = NodeMap.newSet();
        active.addAll(wrt);
        for (Node node : primal) {
            if (node.isReal() && isAny(node.inputs(), active)) {
                active.add(node);
            }
        }
        return active;
    }

    private static boolean isAny(List<Node> nodes, Set<Node> active) {
        for (Node node : nodes) {
            if (active.contains(node)) {
                return true;
            }
        }
        return false;
    }
}
