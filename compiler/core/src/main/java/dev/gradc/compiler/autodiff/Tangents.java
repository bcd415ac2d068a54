package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Routing;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Forward differentiation, graph to graph: the tangent of every node along a direction, in one sweep up the ids. No gate
 * has a rule of its own for it: a pointwise gate's Jacobian is diagonal, so that its adjoint rule serves both ways; a
 * gate that is linear in an input is that gate applied to the tangent; every other tangent is the transpose of the
 * gate's adjoint.
 */
final class Tangents {

    private final NodeFactory graph;
    private final Map<Node, Term> tangents = new HashMap<>();
    private final Map<Scan.Body, ScanTangent> loops = new HashMap<>();

    /** @param directions the tangent of each variable, of its shape */
    Tangents(NodeFactory graph, Map<Node, Node> directions) {
        this.graph = graph;
        directions.forEach((variable, direction) -> tangents.put(variable, new Term(graph, direction)));
    }

    /** The tangents of {@code roots} and of all they are made of; those that are missing are zero. */
    Map<Node, Term> sweep(Collection<Node> roots) {
        List<Node> nodes = Graph.reachable(roots);
        for (Node node : nodes) {
            boolean isGiven = tangents.containsKey(node);
            if (!isGiven && node.isReal() && node.inputs().stream().anyMatch(tangents::containsKey)) {
                Optional<Term> tangent = node.is(Scan.SCAN) ? loop(node, nodes) : tangent(node);
                tangent.ifPresent(term -> tangents.put(node, term));
            }
        }
        return tangents;
    }

    private Optional<Term> loop(Node node, List<Node> nodes) {
        return loops.computeIfAbsent(Scan.body(node), body -> new ScanTangent(graph, node, nodes, tangents))
                .tangent((Scan.Result) node.attribute());
    }

    private Optional<Term> tangent(Node node) {
        return switch (node.gate().kind()) {
            case LAYOUT -> moved(node, 0);
            case GATHER -> node.is(Gather.GATHER) ? moved(node, 0) : Optional.empty();
            case PACK, SCATTER -> Optional.of(packed(node));
            default -> summed(node);
        };
    }

    /** The gate with the tangent in place of the input that it is linear in. */
    private Optional<Term> moved(Node node, int input) {
        Term tangent = tangents.get(node.input(input));
        if (tangent == null) {
            return Optional.empty();
        }
        List<Node> inputs = new ArrayList<>(node.inputs());
        inputs.set(input, tangent.node());
        return Optional.of(new Term(graph, graph.make(node.gate(), node.attribute(), inputs)));
    }

    /** The gate with the tangents in place of the parts, 0 where a part has none; ints say where parts land. */
    private Term packed(Node node) {
        List<Node> parts = new ArrayList<>();
        for (Node input : node.inputs()) {
            Node still = input.isReal() ? Leaf.constant(graph, 0, input.type()) : input;
            Term tangent = tangents.get(input);
            parts.add(tangent == null ? still : tangent.node());
        }
        return new Term(graph, graph.make(node.gate(), node.attribute(), parts));
    }

    /** The sum over the inputs that move. */
    private Optional<Term> summed(Node node) {
        Site site = new Site(graph, node);
        Optional<Term> sum = Optional.empty();
        for (int input = 0; input < node.inputs().size(); input++) {
            Term tangent = tangents.get(node.input(input));
            if (tangent != null) {
                Optional<Term> share = share(site, tangent, input);
                Optional<Term> before = sum;
                sum = before.isEmpty()
                        ? share
                        : share.map(term -> Routing.plus(before.get(), term)).or(() -> before);
            }
        }
        return sum;
    }

    private Optional<Term> share(Site site, Term tangent, int input) {
        return switch (site.node().gate().kind()) {
            case POINTWISE -> Operation.of(site.node()).adjoint(site, tangent, input);
            case CONTRACTION -> moved(site.node(), input);
            default -> transposed(site, tangent, input);
        };
    }

    /** An adjoint rule is linear in the upstream gradient: its own adjoint by that takes tangents forward. */
    private Optional<Term> transposed(Site site, Term tangent, int input) {
        Node upstream = Leaf.variable(
                graph, Leaf.SEED + "of" + site.node().id(), site.node().type());
        return Operation.of(site.node())
                .adjoint(site, new Term(graph, upstream), input)
                .map(share -> new Differentiator(graph)
                        .gradient(share.node(), tangent.node(), List.of(upstream))
                        .get(0))
                .map(node -> new Term(graph, node));
    }
}
