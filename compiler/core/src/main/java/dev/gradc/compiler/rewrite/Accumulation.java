package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import dev.gradc.compiler.ir.Reached;
import dev.gradc.compiler.rewrite.SignedTerms.SignedTerm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code scatter(a) + scatter(b) - c → scatter(-c, a, b)}: what lands in one tensor is added up in that tensor's memory, a
 * part at a time, where each scatter would fill a tensor of that size and each sum read two. Packs become scatters, too,
 * all of whose parts are stored. A sum, a scatter or a pack that has other users stays a tensor of its own.
 */
public final class Accumulation {

    private final NodeFactory graph;
    private final List<Node> nodes;
    private final Map<Node, Integer> uses = new NodeMap<>();
    private final Map<Node, List<SignedTerm>> sums = new HashMap<>();
    private final Set<Node> absorbed = new HashSet<>();
    private final Map<Node, Node> made = new NodeMap<>();
    private final Map<Scan.Body, List<Node>> collected = new HashMap<>();
    private final Map<Scan.Body, Map<Node, Node>> inside = new HashMap<>();
    private final Map<Scan.Body, Scan.Body> bodies = new HashMap<>();

    private Accumulation(NodeFactory graph, Reached reached) {
        this.graph = graph;
        this.nodes = reached.nodes();
        reached.roots().stream().distinct().forEach(root -> uses.merge(root, 1, Integer::sum));
        for (Node node : nodes) {
            node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
            if (node.attribute() instanceof Scan.Sequence sequence) {
                collected
                        .computeIfAbsent(sequence.body(), body -> new ArrayList<>())
                        .add(sequence.node());
            }
        }
    }

    /** What becomes of the nodes {@code reached} and of those in the bodies of loops: old node to new. */
    public static Map<Node, Node> apply(NodeFactory graph, Reached reached) {
        Accumulation pass = new Accumulation(graph, reached);
        pass.findSums();
        for (Node node : pass.nodes) {
            if (!pass.absorbed.contains(node)) {
                pass.made.put(node, pass.remade(node));
            }
        }
        return pass.made;
    }

    /** Finds whole sums from the last down; their inner sums, whose terms are some of theirs, are not looked at again. */
    private void findSums() {
        Set<Node> seen = new HashSet<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (isSum(node) && !seen.contains(node)) {
                SignedTerms parts = SignedTerms.of(node, inner -> isSum(inner) && isOwn(inner));
                List<SignedTerm> terms = parts.terms();
                seen.addAll(parts.sums());
                if (terms.stream().anyMatch(term -> lands(term.node()))) {
                    absorbed.addAll(parts.sums());
                    terms.stream().map(SignedTerm::node).filter(this::isPlaced).forEach(absorbed::add);
                    absorbed.remove(node);
                    sums.put(node, terms);
                }
            }
        }
    }

    private static boolean isSum(Node node) {
        return SignedTerms.isSum(node) && node.isReal() && !node.shape().isScalar();
    }

    private boolean isOwn(Node node) {
        return uses.get(node) == 1;
    }

    /** Whether it consists of parts, which nothing else asks for. */
    private boolean isPlaced(Node term) {
        return isOwn(term) && (term.is(Pack.PACK) || Scatter.isPlain(term));
    }

    /** Whether it is a tensor of zeros but for some parts. */
    private boolean lands(Node term) {
        return isPlaced(term) && (term.is(Scatter.SCATTER) || Pack.target(term).filled());
    }

    private Node remade(Node node) {
        if (sums.containsKey(node)) {
            Landings landings = new Landings(graph, node.shape());
            sums.get(node).forEach(term -> land(term, landings));
            return landings.scatter();
        } else if (Scatter.isPlain(node)) {
            Landings landings = new Landings(graph, node.shape());
            scatter(node, false, landings);
            return landings.scatter();
        } else if (node.is(Pack.PACK)) {
            return pack(node);
        } else if (node.is(Scan.SCAN)) {
            return graph.make(node.gate(), loop((Scan.Result) node.attribute()), inputs(node));
        }
        return Graph.with(graph, node, made);
    }

    private List<Node> inputs(Node node) {
        return node.inputs().stream().map(made::get).toList();
    }

    private void land(SignedTerm term, Landings landings) {
        Node node = term.node();
        if (!isPlaced(node)) {
            IndexMap whole = new IndexMap(Affine.axes(node.shape().rank()), node.shape());
            landings.add(made.get(node), term.isNegative(), Gather.Selection.of(whole), List.of());
        } else if (node.is(Scatter.SCATTER)) {
            scatter(node, term.isNegative(), landings);
        } else {
            List<Node> parts = inputs(node);
            for (int i = 0; i < parts.size(); i++) {
                IndexMap map = Pack.target(node).maps().get(i);
                landings.add(parts.get(i), term.isNegative(), Gather.Selection.of(map), List.of());
            }
        }
    }

    private void scatter(Node node, boolean negative, Landings landings) {
        List<Node> inputs = inputs(node);
        Gather.Selection selection = Scatter.target(node).selection();
        landings.add(inputs.get(0), negative, selection, inputs.subList(1, inputs.size()));
    }

    private Node pack(Node node) {
        Pack.Target target = Pack.target(node);
        List<Scatter.Part> parts = target.maps().stream()
                .map(map -> new Scatter.Part(Gather.Selection.of(map), true))
                .toList();
        return graph.make(Scatter.SCATTER, new Scatter.Target(parts, target.shape(), target.filled()), inputs(node));
    }

    /** {@code result} of the loop with what is in its body added up in place, too. */
    private Scan.Result loop(Scan.Result result) {
        Scan.Body body = result.body();
        Map<Node, Node> now = inside.computeIfAbsent(body, this::inside);
        Scan.Body moved = bodies.computeIfAbsent(
                body,
                old -> old.with(
                        old.captures(), old.next().stream().map(now::get).toList()));
        return result instanceof Scan.Sequence sequence
                ? new Scan.Sequence(moved, now.get(sequence.node()))
                : new Scan.Final(moved, ((Scan.Final) result).state());
    }

    private Map<Node, Node> inside(Scan.Body body) {
        List<Node> wanted = new ArrayList<>(body.next());
        wanted.addAll(collected.getOrDefault(body, List.of()));
        return apply(graph, Reached.by(wanted));
    }
}
