package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Routing;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Symbols;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The adjoint of a recurrence: a recurrence over the same steps in the other order, whose states are the adjoints of the
 * states and the gradients of what the body captures, summed up step by step. What it reads of
 * the first loop's steps, {@link StoredSteps} says. What the body reads at the
 * step's own index only gets its gradient once behind the loop, from the sequence of its adjoints.
 */
final class ScanAdjoint {

    private final NodeFactory graph;
    private final Node site;
    private final Scan.Body body;
    private final Set<Node> active;
    private final Set<Integer> activeStates = new LinkedHashSet<>();
    private final Set<Integer> activeCaptures = new LinkedHashSet<>();

    /** What is differentiated by in the body, and the state of the reverse loop or the sequence that gets its adjoint. */
    private final List<Node> reverseStates = new ArrayList<>();

    private final List<Node> reverseInitial = new ArrayList<>();
    private final List<Node> reverseNext = new ArrayList<>();

    /**
     * The adjoint of a loop.
     *
     * @param site one of its results
     * @param active the nodes whose adjoints are wanted
     */
    ScanAdjoint(NodeFactory graph, Node site, Set<Node> active) {
        this.graph = graph;
        this.site = site;
        this.body = Scan.body(site);
        this.active = active;
    }

    /** The loop's share of the gradient of each of its active inputs, for the upstream gradients of its results. */
    Map<Node, Term> shares(Map<Scan.Result, Term> upstream) {
        List<Node> results = results(upstream);
        findActive(results);
        Map<Node, List<Node>> slices = slices(results);
        Map<Node, Term> adjoints = stepAdjoints(upstream, slices);
        for (int state : activeStates) {
            Node place = body.states().get(state);
            Node initial = upstreamOf(upstream, state);
            add(adjointState(state), initial, adjoints.get(place));
        }
        StepProducts products = new StepProducts(
                graph,
                body,
                reverseStates,
                adjoints.values().stream().map(Term::node).toList());
        List<Node> summed = new ArrayList<>();
        for (Node place : whole(slices)) {
            Optional<Node> share =
                    Optional.ofNullable(adjoints.get(place)).flatMap(term -> products.remainder(place, term.node()));
            share.ifPresent(node -> addSum(place, new Term(graph, node), summed));
        }
        List<Node> sliced = slices.values().stream().flatMap(List::stream).toList();
        List<Node> collected = sliced.stream()
                .map(slice -> adjoints.containsKey(slice) ? adjoints.get(slice).node() : zero(slice))
                .toList();
        return results(new StoredSteps(graph, site, sequences(upstream)), products, slices, collected, summed);
    }

    /** The active captures of which the gradient is summed up over the steps. */
    private List<Node> whole(Map<Node, List<Node>> slices) {
        return activeCaptures.stream()
                .map(body.captures()::get)
                .filter(place -> !slices.containsKey(place))
                .toList();
    }

    private void addSum(Node place, Term share, List<Node> summed) {
        Node sum = adjointOf(place);
        add(sum, zero(place), new Term(graph, sum).plus(share));
        summed.add(place);
    }

    private void add(Node state, Node initial, Term next) {
        reverseStates.add(state);
        reverseInitial.add(initial);
        reverseNext.add(next == null ? zero(state) : next.node());
    }

    private Map<Node, Term> results(
            StoredSteps steps,
            StepProducts products,
            Map<Node, List<Node>> slices,
            List<Node> collected,
            List<Node> summed) {
        List<Node> elements = new ArrayList<>(collected);
        elements.addAll(products.factors());
        List<Node> roots = new ArrayList<>(reverseNext);
        roots.addAll(elements);
        Map<Node, Node> bound = Graph.substitute(graph, roots, steps.values(roots), body::mayChange);
        Scan.Body loop = body.inReverse()
                .with(
                        reverseStates,
                        List.of(),
                        reverseNext.stream().map(bound::get).toList());
        List<Node> wanted = elements.stream().map(bound::get).toList();
        Set<Node> inside = new HashSet<>(loop.inside(wanted));
        Scan.Closed closed = Scan.close(graph, loop, wanted);
        Map<Node, Node> sequences = new HashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            Node own = closed.results().get(i);
            sequences.put(
                    elements.get(i),
                    known(wanted.get(i), inside)
                            .orElseGet(
                                    () -> closed.result(graph, new Scan.Sequence(closed.body(), own), reverseInitial)));
        }
        return shares(closed, sequences, products, slices, collected, summed);
    }

    /** A sequence from outside of the loop that {@code node} is the element of at each step. */
    private Optional<Node> known(Node node, Set<Node> inside) {
        if (!node.is(View.VIEW) || inside.contains(node.input(0))) {
            return Optional.empty();
        }
        Node sequence = node.input(0);
        boolean fits = sequence.shape().rank() == node.shape().rank() + 1
                && sequence.shape().dim(0).equals(body.count())
                && StoredSteps.atStep(body, new Term(graph, sequence)).node() == node;
        return fits ? Optional.of(sequence) : Optional.empty();
    }

    private Map<Node, Term> shares(
            Scan.Closed closed,
            Map<Node, Node> sequences,
            StepProducts products,
            Map<Node, List<Node>> slices,
            List<Node> collected,
            List<Node> summed) {
        Map<Node, Term> shares = new LinkedHashMap<>();
        int position = 0;
        for (int state : activeStates) {
            merge(shares, site.input(state), last(closed, position++));
        }
        for (Node place : summed) {
            merge(shares, input(place), last(closed, position++));
        }
        for (Node place : whole(slices)) {
            products.sums(place, sequences).forEach(sum -> merge(shares, input(place), sum));
        }
        Iterator<Node> adjoint = collected.iterator();
        slices.forEach((place, views) -> views.forEach(view -> {
            IndexMap map = ((IndexMap) view.attribute()).along(body.symbol(), body.low(), body.count(), false);
            Node input = input(place);
            merge(shares, input, spread(new Term(graph, sequences.get(adjoint.next())), map, input));
        }));
        return shares;
    }

    /** Back to where the slices came from: by the adjoint of one view of them all. */
    private Term spread(Term sequence, IndexMap map, Node input) {
        Node view = graph.make(View.VIEW, map, List.of(input));
        if (view == input) {
            return sequence;
        }
        boolean isOfInput = view.is(View.VIEW) && view.input(0) == input;
        return isOfInput
                ? View.VIEW.adjoint(new Site(graph, view), sequence, 0).orElseThrow()
                : Scatter.to(sequence, map, input.shape());
    }

    private void merge(Map<Node, Term> shares, Node input, Term share) {
        if (active.contains(input)) {
            shares.merge(input, share, Routing::plus);
        }
    }

    private Term last(Scan.Closed closed, int state) {
        return new Term(graph, closed.result(graph, new Scan.Final(closed.body(), state), reverseInitial));
    }

    private Node input(int capture) {
        return site.input(body.states().size() + capture);
    }

    private Node input(Node place) {
        return input(body.captures().indexOf(place));
    }

    /** The nodes of the body that results with an upstream gradient are sequences of, and the next states. */
    private List<Node> results(Map<Scan.Result, Term> upstream) {
        List<Node> results = new ArrayList<>(body.next());
        results.addAll(sequences(upstream));
        return results;
    }

    private static List<Node> sequences(Map<Scan.Result, Term> upstream) {
        return upstream.keySet().stream()
                .filter(Scan.Sequence.class::isInstance)
                .map(result -> ((Scan.Sequence) result).node())
                .toList();
    }

    /** A state is active where its initial value is, or where its next value depends on something that is. */
    private void findActive(List<Node> results) {
        List<Node> wrt = new ArrayList<>();
        for (int i = 0; i < body.captures().size(); i++) {
            if (active.contains(input(i))) {
                activeCaptures.add(i);
                wrt.add(body.captures().get(i));
            }
        }
        activeStates.addAll(ActiveStates.of(body, wrt, state -> active.contains(site.input(state)), results));
    }

    /** The active captures that the body only reads through views at the step's index, with those views. */
    private Map<Node, List<Node>> slices(List<Node> results) {
        Map<Node, List<Node>> slices = new LinkedHashMap<>();
        Set<Node> whole = new HashSet<>(results);
        for (Node node : Graph.reachable(results)) {
            for (Node input : node.inputs()) {
                boolean isSlice = node.is(View.VIEW) && Symbols.mentions(node, body.symbol());
                if (isSlice) {
                    slices.computeIfAbsent(input, i -> new ArrayList<>()).add(node);
                } else {
                    whole.add(input);
                }
            }
        }
        slices.keySet().removeAll(whole);
        Set<Node> places = new HashSet<>();
        activeCaptures.forEach(capture -> places.add(body.captures().get(capture)));
        slices.keySet().retainAll(places);
        return slices;
    }

    /** The adjoints in the body for the adjoints of the next states and the upstream gradients at this step. */
    private Map<Node, Term> stepAdjoints(Map<Scan.Result, Term> upstream, Map<Node, List<Node>> slices) {
        Map<Node, Term> seeds = new HashMap<>();
        for (int state : activeStates) {
            seeds.merge(body.next().get(state), new Term(graph, adjointState(state)), Routing::plus);
        }
        upstream.forEach((result, gradient) -> {
            if (result instanceof Scan.Sequence sequence) {
                seeds.merge(sequence.node(), StoredSteps.atStep(body, gradient), Routing::plus);
            }
        });
        List<Node> wrt = new ArrayList<>();
        activeStates.forEach(state -> wrt.add(body.states().get(state)));
        activeCaptures.forEach(capture -> wrt.add(body.captures().get(capture)));
        wrt.removeAll(slices.keySet());
        slices.values().forEach(wrt::addAll);
        return new Differentiator(graph).sweep(seeds, wrt);
    }

    private Node adjointState(int state) {
        return adjointOf(body.states().get(state));
    }

    /** The variable for the adjoint of a variable of the body: its name with a d in front, which no other loop has. */
    private Node adjointOf(Node place) {
        return Leaf.variable(graph, "d" + ((Leaf.Variable) place.attribute()).name(), place.type());
    }

    private Node upstreamOf(Map<Scan.Result, Term> upstream, int state) {
        Term last = upstream.get(new Scan.Final(body, state));
        return last == null ? zero(body.states().get(state)) : last.node();
    }

    private Node zero(Node like) {
        return Leaf.constant(graph, 0, like.type());
    }
}
