package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.cost.Recomputation;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the reverse loop reads of the steps of the first: sequences of the values it needs, which the first loop stores,
 * and from which it computes the cheap others again. Of all choices it takes the one that minimises bytes stored a step +
 * {@code rate} * operations done again a step, see {@link Recomputation}; the rate starts at {@value #BYTES_PER_OPERATION}
 * bytes and doubles until the operations done again are at most a tenth of all operations of both loops. Only what
 * {@link Costs#isCheap} may be computed again; conditions and what is made of ints are, always. Where the loop says that states alone are stored,
 * all else is computed again.
 */
final class StoredSteps implements Recomputation.Prices {

    private static final double BYTES_PER_OPERATION = 2;

    /** From here on only what cannot be stored is computed again, however much it is. */
    private static final double MOST_BYTES_PER_OPERATION = 1e6;

    private static final double MOST_WORK_AGAIN = 0.1;

    /** What moving an element adds to the price of storing it, in bytes. */
    private static final double COPY = 4;

    private final NodeFactory graph;
    private final Node site;
    private final Scan.Body body;
    private final Set<Node> primal;
    private final Set<Node> changing;
    private final Set<Node> sequences;
    private double rate = BYTES_PER_OPERATION;

    /**
     * The steps of a loop.
     *
     * @param site one of its results
     * @param sequences the nodes of its body that it has sequences of anyway
     */
    StoredSteps(NodeFactory graph, Node site, Collection<Node> sequences) {
        this.graph = graph;
        this.site = site;
        this.body = Scan.body(site);
        this.sequences = Set.copyOf(sequences);
        List<Node> results = new ArrayList<>(body.next());
        results.addAll(sequences);
        this.primal = new HashSet<>(Graph.reachable(results));
        this.changing = new HashSet<>(body.inside(results));
    }

    /**
     * What stands outside of the loop for nodes of the body: stored values at this step, and the captured values.
     *
     * @param adjoints what the reverse loop computes, in terms of the body
     */
    Map<Node, Node> values(Collection<Node> adjoints) {
        addInnerLoops(adjoints);
        Map<Node, Node> values = new HashMap<>();
        for (int i = 0; i < body.captures().size(); i++) {
            values.put(body.captures().get(i), site.input(body.states().size() + i));
        }
        for (Node node : body.isCheckpointed() ? body.states() : chosen(adjoints)) {
            Node sequence = graph.make(Scan.SCAN, new Scan.Sequence(body, node), site.inputs());
            values.put(node, atStep(body, new Term(graph, sequence)).node());
        }
        return values;
    }

    /** Whatever else the adjoints want of loops in the body is computed by those loops as well. */
    private void addInnerLoops(Collection<Node> adjoints) {
        Set<Scan.Body> loops = new HashSet<>();
        primal.stream().filter(node -> node.is(Scan.SCAN)).forEach(node -> loops.add(Scan.body(node)));
        List<Node> more = Graph.reachable(adjoints, body::mayChange).stream()
                .filter(node -> node.is(Scan.SCAN) && loops.contains(Scan.body(node)))
                .toList();
        primal.addAll(more);
        changing.addAll(body.inside(more));
    }

    private Set<Node> chosen(Collection<Node> adjoints) {
        Set<Node> needed = new LinkedHashSet<>(adjoints);
        List<Node> derived = Graph.reachable(adjoints, node -> body.mayChange(node) && !primal.contains(node)).stream()
                .filter(node -> !primal.contains(node))
                .toList();
        derived.forEach(node -> needed.addAll(node.inputs()));
        double limit = MOST_WORK_AGAIN * (Costs.work(changing) + Costs.work(derived));
        Recomputation.Choice choice = Recomputation.cheapest(needed, this);
        while (workAgain(choice) > limit && rate < MOST_BYTES_PER_OPERATION) {
            rate *= 2;
            choice = Recomputation.cheapest(needed, this);
        }
        return choice.stored();
    }

    private double workAgain(Recomputation.Choice choice) {
        return Costs.work(
                choice.again().stream().filter(node -> !isComputedAgain(node)).toList());
    }

    /** What does not change from step to step is computed outside of both loops. */
    @Override
    public boolean isFree(Node node) {
        boolean isLeaf = node.inputs().isEmpty() && !body.states().contains(node);
        return isLeaf || !changing.contains(node) || !primal.contains(node);
    }

    @Override
    public double toStore(Node node) {
        if (sequences.contains(node)) {
            return 0;
        }
        double copy = node.gate().kind() == Gate.Kind.LAYOUT ? COPY : 0;
        return isComputedAgain(node)
                ? Double.POSITIVE_INFINITY
                : Costs.elements(node) * (Costs.bytesPerElement(node) + copy);
    }

    @Override
    public double toCompute(Node node) {
        return Costs.isCheap(node) ? rate * Costs.work(node) : Double.POSITIVE_INFINITY;
    }

    /** Conditions, and what is made of ints alone: positions and steps tell most of them. */
    private static boolean isComputedAgain(Node node) {
        boolean isOfInts = node.inputs().stream().allMatch(input -> input.type().element() == ElementType.INT);
        return Costs.isCheap(node) && (node.type().element() == ElementType.BOOL || isOfInts);
    }

    /** The element of a sequence of {@code body} that belongs to a step. */
    static Term atStep(Scan.Body body, Term sequence) {
        Shape shape = sequence.node().shape();
        Shape rest = new Shape(shape.dims().subList(1, shape.rank()));
        List<Affine> sources = new ArrayList<>();
        sources.add(Affine.fixed(body.position(), rest.rank()));
        for (int axis = 0; axis < rest.rank(); axis++) {
            sources.add(Affine.axis(axis, rest.rank()));
        }
        return sequence.view(new IndexMap(sources, rest));
    }
}
