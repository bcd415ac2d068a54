package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes nodes in their simplest form: whatever is made through it is rewritten until no rule applies. Rules build their
 * results through it again, so that what they make is simple, too.
 */
public final class Simplifier implements NodeFactory {

    /** How many rewrites a node of the result may cost on average before rules are taken to run in circles. */
    private static final int MOST_STEPS_A_NODE = 200;

    private final GraphBuilder graph;
    private final List<Rule> rules;
    private final Map<Gate, List<Rule>> rulesByGate = new HashMap<>();
    private final Map<Node, Node> simplified = new NodeMap<>();
    private final Map<Scan.Body, Scan.Body> bodies = new HashMap<>();

    /** What became of the nodes in each loop's body. */
    private final Map<Scan.Body, Map<Node, Node>> insides = new HashMap<>();

    private final List<Firing> firings;

    /** What became of nodes where all the rules of this one were tried, and others; empty where there is no such one. */
    private final Map<Node, Node> simplifiedByMore;

    /** Makes nodes of derivatives in {@code graph}, tries {@code rules} in their order. */
    public Simplifier(GraphBuilder graph, List<Rule> rules) {
        this(graph, rules, new ArrayList<>(), Map.of());
    }

    private Simplifier(GraphBuilder graph, List<Rule> rules, List<Firing> firings, Map<Node, Node> simplifiedByMore) {
        this.graph = graph;
        this.rules = rules;
        this.firings = firings;
        this.simplifiedByMore = simplifiedByMore;
    }

    /** One for the values that a model states, without the rules that are for derivatives only. */
    public Simplifier forValues() {
        List<Rule> kept =
                rules.stream().filter(rule -> rule.contract() != Contract.LIMIT).toList();
        return new Simplifier(graph, kept, firings, simplified);
    }

    @Override
    public Node make(Gate gate, Attribute attribute, List<Node> inputs) {
        return simplify(graph.make(gate, attribute, inputs));
    }

    /** A rewrite that took place. */
    public record Firing(Rule rule, Node before, Node after) {}

    /** All rewrites so far, in order, of values and derivatives. */
    public List<Firing> firings() {
        return Collections.unmodifiableList(firings);
    }

    /** How often each rule fired, by name. */
    public Map<String, Integer> fired() {
        Map<String, Integer> fired = new TreeMap<>();
        firings.forEach(firing -> fired.merge(firing.rule().name(), 1, Integer::sum));
        return fired;
    }

    /** {@code roots} and all below them made again in simplest form: old node to new node. */
    public Map<Node, Node> rebuild(Collection<Node> roots) {
        Map<Node, Node> rebuilt = new NodeMap<>();
        rebuild(roots, rebuilt);
        return rebuilt;
    }

    /** @param rebuilt what was made again before, with all below it; gets the rest */
    private void rebuild(Collection<Node> roots, Map<Node, Node> rebuilt) {
        for (Node node : Graph.reachable(roots, node -> !rebuilt.containsKey(node))) {
            if (!rebuilt.containsKey(node)) {
                List<Node> inputs = node.inputs().stream().map(rebuilt::get).toList();
                Attribute attribute =
                        node.attribute() instanceof Scan.Result result ? simplified(result) : node.attribute();
                rebuilt.put(node, make(node.gate(), attribute, inputs));
            }
        }
    }

    /** The same result of the loop with a simplified body. */
    private Scan.Result simplified(Scan.Result result) {
        Scan.Body old = result.body();
        if (!bodies.containsKey(old)) {
            Map<Node, Node> rebuilt = rebuild(old.next());
            insides.put(old, rebuilt);
            bodies.put(
                    old,
                    old.with(
                            old.captures(),
                            old.next().stream().map(rebuilt::get).toList()));
        }
        Map<Node, Node> inside = insides.get(old);
        Scan.Body body = bodies.get(old);
        if (result instanceof Scan.Sequence sequence) {
            rebuild(List.of(sequence.node()), inside);
            return new Scan.Sequence(body, inside.get(sequence.node()));
        }
        return new Scan.Final(body, ((Scan.Final) result).state());
    }

    private Node simplify(Node node) {
        Node known = simplified.get(node);
        if (known != null) {
            return known;
        }
        if (simplifiedByMore.get(node) == node) {
            return node;
        }
        simplified.put(node, node);
        Node result = node;
        Site site = new Site(this, node);
        for (Rule rule : rulesFor(node.gate())) {
            Optional<Term> better = rule.rewrite(site);
            if (better.isPresent() && better.get().node() != node) {
                record(rule, node, better.get().node());
                result = simplify(better.get().node());
                break;
            }
        }
        simplified.put(node, result);
        return result;
    }

    private List<Rule> rulesFor(Gate gate) {
        List<Rule> known = rulesByGate.get(gate);
        if (known == null) {
            known = rules.stream()
                    .filter(rule -> rule.appliesTo((Operation) gate))
                    .toList();
            rulesByGate.put(gate, known);
        }
        return known;
    }

    private void record(Rule rule, Node before, Node after) {
        if (!before.type().equals(after.type())) {
            throw new IllegalStateException(rule.name() + " turned " + before + " into " + after);
        }
        firings.add(new Firing(rule, before, after));
        if (firings.size() > 100_000L + (long) MOST_STEPS_A_NODE * graph.size()) {
            throw new IllegalStateException("rewriting does not end; rules fired: " + fired());
        }
    }
}
