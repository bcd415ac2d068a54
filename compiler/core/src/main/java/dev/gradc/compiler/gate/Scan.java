package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A recurrence: states that a body takes from step to step. One loop has several results, each a node of its own with
 * the loop's {@link Body} in its attribute: the last value of a state ({@link Final}) or the values of anything in the
 * body at all steps ({@link Sequence}). Inputs: the initial states, then what the body captures.
 *
 * <p>The adjoint of a recurrence is a recurrence over the same steps in the other order; the differentiator makes it for
 * all results at once.
 */
public final class Scan extends Operation {

    public static final Scan SCAN = new Scan();

    /** One loop. Has identity: results with the same body are results of the same loop. */
    public static final class Body {

        private final String symbol;
        private final Dim low;
        private final Dim count;
        private final boolean reversed;
        private final boolean checkpointed;
        private final List<Node> states;
        private final List<Node> captures;
        private final List<Node> next;

        /**
         * A loop.
         *
         * @param symbol the dim symbol of the step in the body
         * @param low its smallest value
         * @param count the number of steps
         * @param reversed whether steps run from the largest to the smallest
         * @param states a variable for each state
         * @param captures a variable for each value from outside, or that value itself
         * @param next each state after a step
         */
        public Body(
                String symbol,
                Dim low,
                Dim count,
                boolean reversed,
                List<Node> states,
                List<Node> captures,
                List<Node> next) {
            this(symbol, low, count, reversed, false, states, captures, next);
        }

        private Body(
                String symbol,
                Dim low,
                Dim count,
                boolean reversed,
                boolean checkpointed,
                List<Node> states,
                List<Node> captures,
                List<Node> next) {
            this.symbol = symbol;
            this.low = low;
            this.count = count;
            this.reversed = reversed;
            this.checkpointed = checkpointed;
            this.states = List.copyOf(states);
            this.captures = List.copyOf(captures);
            this.next = List.copyOf(next);
        }

        public String symbol() {
            return symbol;
        }

        public Dim low() {
            return low;
        }

        public Dim count() {
            return count;
        }

        public boolean isReversed() {
            return reversed;
        }

        /** Whether its gradient stores nothing of its steps but the states, and computes all else again. */
        public boolean isCheckpointed() {
            return checkpointed;
        }

        public List<Node> states() {
            return states;
        }

        public List<Node> captures() {
            return captures;
        }

        public List<Node> next() {
            return next;
        }

        /** The same loop with other nodes in it. */
        public Body with(List<Node> newCaptures, List<Node> newNext) {
            return with(states, newCaptures, newNext);
        }

        /** A loop over the same steps. */
        public Body with(List<Node> newStates, List<Node> newCaptures, List<Node> newNext) {
            return new Body(symbol, low, count, reversed, checkpointed, newStates, newCaptures, newNext);
        }

        /** The same loop with its steps in the other order. */
        public Body inReverse() {
            return new Body(symbol, low, count, !reversed, checkpointed, states, captures, next);
        }

        /** The same loop, for whose gradient nothing of its steps is stored but the states. */
        public Body checkpointed() {
            return new Body(symbol, low, count, reversed, true, states, captures, next);
        }

        /** How far step {@code symbol} is from the first in the order of the sequences, which is that of the symbol. */
        public Dim position() {
            return Dim.symbol(symbol).minus(low);
        }

        /** Whether {@code node} may change from step to step; where it does not, nothing below it does. */
        public boolean mayChange(Node node) {
            return node.loops().contains(symbol);
        }

        /** The nodes that {@code roots} reach and that change from step to step, in topological order. */
        public List<Node> inside(List<Node> roots) {
            Set<Node> inside = new HashSet<>();
            List<Node> ordered = new ArrayList<>();
            for (Node node : Graph.reachable(roots, this::mayChange)) {
                boolean changes = states.contains(node)
                        || Symbols.mentions(node, symbol)
                        || node.inputs().stream().anyMatch(inside::contains);
                if (changes) {
                    inside.add(node);
                    ordered.add(node);
                }
            }
            return ordered;
        }
    }

    /** A result of a loop. */
    public sealed interface Result extends Attribute {
        Body body();
    }

    /** The last value of a state. */
    public record Final(Body body, int state) implements Result {
        @Override
        public String toString() {
            return "final " + state + " over " + body.symbol();
        }
    }

    /** The values of {@code node}, in the body, at all steps: a new first axis, in the order of the step's symbol. */
    public record Sequence(Body body, Node node) implements Result {
        @Override
        public String toString() {
            return "sequence of %" + node.id() + " over " + body.symbol();
        }
    }

    /** Tells the copy that sets a state before the first step from other copies of the same value. */
    public record Start(Body body, int state) implements Attribute {
        @Override
        public String toString() {
            return "start " + state + " of " + body.symbol();
        }
    }

    private Scan() {
        super("scan", Kind.SCAN);
    }

    /**
     * A loop whose body is given by nodes that refer to outer nodes directly: those that do not change from step to step
     * are captured.
     *
     * @param loop symbol, steps, states and next states
     * @param results what is wanted of the body at all steps, beside the next states
     */
    public static Closed close(NodeFactory graph, Body loop, List<Node> results) {
        List<Node> roots = new ArrayList<>(loop.next());
        roots.addAll(results);
        Set<Node> inside = new HashSet<>(loop.inside(roots));
        int last = roots.stream().mapToInt(Node::id).max().orElse(0);
        String own = Custom.placeholder("of" + last) + loop.symbol();
        Map<Node, Node> places = new LinkedHashMap<>();
        for (Node root : roots) {
            capture(graph, own, inside, root, places);
        }
        for (Node node : loop.inside(roots)) {
            node.inputs().forEach(input -> capture(graph, own, inside, input, places));
        }
        Map<Node, Node> closed = Graph.substitute(graph, roots, places);
        Body body = loop.with(
                List.copyOf(places.values()),
                loop.next().stream().map(closed::get).toList());
        return new Closed(
                body,
                List.copyOf(places.keySet()),
                results.stream().map(closed::get).toList());
    }

    /**
     * A loop and what goes into it.
     *
     * @param captured the outer nodes, in the order of the body's captures
     * @param results the nodes of the body whose values were wanted
     */
    public record Closed(Body body, List<Node> captured, List<Node> results) {

        /** The node for one result of the loop. */
        public Node result(NodeFactory graph, Result result, List<Node> initial) {
            List<Node> inputs = new ArrayList<>(initial);
            inputs.addAll(captured);
            return graph.make(SCAN, result, inputs);
        }
    }

    /** @param own what makes the names of this loop's variables unlike those of other loops */
    private static void capture(NodeFactory graph, String own, Set<Node> inside, Node node, Map<Node, Node> places) {
        boolean isConstant = node.inputs().isEmpty() && !node.is(Leaf.VARIABLE);
        if (!inside.contains(node) && !isConstant && !places.containsKey(node)) {
            places.put(node, Leaf.variable(graph, "capture" + node.id() + own, node.type()));
        }
    }

    /** The loop that {@code node} is a result of. */
    public static Body body(Node node) {
        return ((Result) node.attribute()).body();
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        if (attribute instanceof Final last) {
            return last.body().states().get(last.state()).type();
        }
        Sequence sequence = (Sequence) attribute;
        List<Dim> dims = new ArrayList<>(List.of(sequence.body().count()));
        dims.addAll(sequence.node().shape().dims());
        return new Type(sequence.node().type().element(), new Shape(dims));
    }

    @Override
    public Formula formula() {
        return Formula.of("s[t+1] = f(s[t], x[t])", "the adjoint of f, from the last step to the first")
                .note("`scan`");
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        throw new IllegalStateException("the results of a loop are differentiated together");
    }

    /**
     * {@code roots} and all below them with every loop bound: its body refers to outer nodes directly, so that what does
     * not change from step to step is computed once outside. Custom gates in bodies are replaced by their values.
     */
    public static Map<Node, Node> bindAll(NodeFactory graph, Collection<Node> roots) {
        return bindAll(graph, roots, Set.of());
    }

    /** @param outer the nodes that are bound already: with each of them all below it, which rewriting may get at, too */
    private static Map<Node, Node> bindAll(NodeFactory graph, Collection<Node> roots, Set<Node> outer) {
        Map<Node, Node> bound = new HashMap<>();
        outer.forEach(node -> bound.put(node, node));
        Map<Body, Body> bodies = new HashMap<>();
        Map<Body, Map<Node, Node>> insides = new HashMap<>();
        List<Node> nodes = Graph.reachable(roots, node -> !outer.contains(node));
        Map<Body, List<Node>> sequences = nodes.stream()
                .filter(node -> node.attribute() instanceof Sequence)
                .collect(Collectors.groupingBy(
                        Scan::body,
                        Collectors.mapping(node -> ((Sequence) node.attribute()).node(), Collectors.toList())));
        for (Node node : nodes) {
            List<Node> inputs = node.inputs().stream().map(bound::get).toList();
            if (node.is(SCAN) && !outer.contains(node)) {
                Body body = body(node);
                if (!bodies.containsKey(body)) {
                    List<Node> wanted = new ArrayList<>(body.next());
                    wanted.addAll(sequences.getOrDefault(body, List.of()));
                    Map<Node, Node> inside = boundBody(graph, node, inputs, wanted);
                    insides.put(body, inside);
                    bodies.put(body, boundLoop(body, inside));
                }
                bound.put(node, bound(graph, node, bodies.get(body), insides.get(body), inputs));
            } else if (!outer.contains(node)) {
                boolean isSame = inputs.equals(node.inputs());
                bound.put(node, isSame ? node : graph.make(node.gate(), node.attribute(), inputs));
            }
        }
        return bound;
    }

    /**
     * The body's nodes over outer nodes and over states of this loop alone, named after {@code site}, the first of its
     * results.
     */
    private static Map<Node, Node> boundBody(NodeFactory graph, Node site, List<Node> inputs, List<Node> wanted) {
        Body body = body(site);
        Map<Node, Node> places = new HashMap<>();
        for (int i = 0; i < body.states().size(); i++) {
            Leaf.Variable variable = (Leaf.Variable) body.states().get(i).attribute();
            String name = variable.name() + Custom.placeholder("") + site.id();
            places.put(body.states().get(i), Leaf.variable(graph, name, variable.type()));
        }
        for (int i = 0; i < body.captures().size(); i++) {
            places.put(body.captures().get(i), inputs.get(body.states().size() + i));
        }
        Map<Node, Node> erased = Custom.erase(graph, wanted);
        List<Node> values = wanted.stream().map(erased::get).toList();
        Map<Node, Node> moved = Graph.substitute(graph, values, places);
        Map<Node, Node> inner =
                boundInside(graph, values.stream().map(moved::get).toList(), inputs);
        Map<Node, Node> result = new HashMap<>(places);
        wanted.forEach(node -> result.put(node, inner.get(moved.get(erased.get(node)))));
        return result;
    }

    /** The nodes of a body, whose {@code inputs} are bound, with the loops in it bound, too. */
    private static Map<Node, Node> boundInside(NodeFactory graph, List<Node> values, List<Node> inputs) {
        Set<Node> outer = new HashSet<>(inputs);
        boolean hasLoops = Graph.reachable(values, node -> !outer.contains(node)).stream()
                .anyMatch(node -> node.is(SCAN) && !outer.contains(node));
        return hasLoops
                ? bindAll(graph, values, new HashSet<>(Graph.reachable(inputs)))
                : values.stream().distinct().collect(Collectors.toMap(node -> node, node -> node));
    }

    private static Body boundLoop(Body body, Map<Node, Node> inside) {
        Body loop = body.with(
                body.states().stream().map(inside::get).toList(),
                List.of(),
                body.next().stream().map(inside::get).toList());
        Set<Node> outer = new LinkedHashSet<>();
        Set<Node> captures = new HashSet<>(body.captures());
        List<Node> roots = inside.keySet().stream()
                .filter(node -> !captures.contains(node))
                .map(inside::get)
                .sorted(Comparator.comparingInt(Node::id))
                .toList();
        List<Node> changing = loop.inside(roots);
        Set<Node> isInside = new HashSet<>(changing);
        for (Node node : roots) {
            addOuter(node, isInside, outer);
        }
        for (Node node : changing) {
            node.inputs().forEach(input -> addOuter(input, isInside, outer));
        }
        return loop.with(List.copyOf(outer), loop.next());
    }

    private static void addOuter(Node node, Set<Node> inside, Set<Node> outer) {
        boolean isConstant = node.inputs().isEmpty() && !node.is(Leaf.VARIABLE);
        if (!inside.contains(node) && !isConstant) {
            outer.add(node);
        }
    }

    private static Node bound(NodeFactory graph, Node node, Body loop, Map<Node, Node> inside, List<Node> inputs) {
        List<Node> all = new ArrayList<>(inputs.subList(0, loop.states().size()));
        all.addAll(loop.captures());
        Result result = node.attribute() instanceof Sequence sequence
                ? new Sequence(loop, inside.get(sequence.node()))
                : new Final(loop, ((Final) node.attribute()).state());
        return graph.make(SCAN, result, all);
    }
}
