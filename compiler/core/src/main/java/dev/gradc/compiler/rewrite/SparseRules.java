package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is linear in a {@link Sparse} tensor is computed of the data that land, and lands afterwards. So the row of a
 * Jacobian that a unit vector upstream gives stays as small as it is, and its places are left to be read off.
 */
final class SparseRules {

    /** Where sums of sparse tensors land, found once for each; empty for what is none. */
    private final Map<Node, Optional<Landing>> landings = new HashMap<>();

    private SparseRules() {}

    /** In the order in which they are tried. */
    static List<Rule> all() {
        return new SparseRules().rules();
    }

    private List<Rule> rules() {
        return List.of(
                rule("scatter-nothing", "scatter(0) => 0", gate -> gate == Scatter.SCATTER, SparseRules::nothing),
                rule(
                        "scatter-scattered",
                        "scatter(scatter(a)) => scatter(a)",
                        gate -> gate == Scatter.SCATTER,
                        this::scattered),
                rule(
                        "scatter-pointwise",
                        "scatter(a) * x => scatter(a * x[where a lands])",
                        Pointwise.class::isInstance,
                        this::pointwise),
                rule("scatter-view", "scatter(a)[i] => scatter(a[i])", gate -> gate == View.VIEW, this::view),
                rule("scatter-sum", "sum(scatter(a)) => sum(a)", gate -> gate == Reductions.SUM, this::sum),
                rule(
                        "scatter-product",
                        "scatter(a) @ B => scatter(a @ B[where a lands])",
                        gate -> gate == Contraction.CONTRACT,
                        this::product));
    }

    /** A rule that computes what is linear in some tensors of less than their elements. */
    static Rule rule(String name, String text, Predicate<Operation> gates, Function<Site, Optional<Term>> rewrite) {
        return new StructuralRule(name, text, Contract.ORDINARY, gates) {
            @Override
            public Optional<Term> rewrite(Site at) {
                return rewrite.apply(at);
            }
        };
    }

    /** The sparse tensor that an input is, or that the sum of sparse tensors is that it is. */
    private Optional<Sparse> sparse(Site at, int input) {
        Node node = at.node().input(input);
        if (!isSum(node)) {
            return Sparse.of(at.in(input));
        } else if (place(node).isEmpty()) {
            return Optional.empty();
        }
        List<Sparse> terms = new ArrayList<>();
        collect(new Term(at.graph(), node), false, terms);
        return Optional.of(Sparse.joined(terms, landed(node).orElseThrow()));
    }

    private void collect(Term term, boolean negated, List<Sparse> terms) {
        Node node = term.node();
        if (isSum(node)) {
            collect(new Term(term.graph(), node.input(0)), negated, terms);
            collect(new Term(term.graph(), node.input(1)), node.is(Arithmetic.SUBTRACT) != negated, terms);
        } else {
            Sparse sparse = Sparse.of(term).orElseThrow();
            terms.add(negated ? new Sparse(sparse.data().negate(), sparse.map(), sparse.shape()) : sparse);
        }
    }

    /** Whether {@code node} is a sum of sparse tensors. */
    private boolean isSum(Node node) {
        return adds(node) && landed(node).isPresent();
    }

    private static boolean adds(Node node) {
        return node.isReal() && (node.is(Arithmetic.ADD) || node.is(Arithmetic.SUBTRACT));
    }

    /** Where {@code node} lands, a sparse tensor or a sum of such. */
    private Optional<Landing> landed(Node node) {
        if (Sparse.isSparse(node)) {
            return Optional.of(Landing.of(((Scatter.Target) node.attribute()).map(), node.shape()));
        } else if (!adds(node)) {
            return Optional.empty();
        }
        Optional<Landing> known = landings.get(node);
        if (known == null) {
            Optional<Landing> right = landed(node.input(1));
            known = right.isEmpty() ? right : landed(node.input(0)).map(left -> left.and(right.get()));
            landings.put(node, known);
        }
        return known;
    }

    /** The map of the sparse tensor that {@code node} is, or that the sum is that it is. */
    private Optional<IndexMap> place(Node node) {
        return Sparse.isSparse(node)
                ? Optional.of(((Scatter.Target) node.attribute()).map())
                : landed(node).flatMap(Landing::map);
    }

    /** A gate that is linear in {@code input}, on each term of the sum that this is. */
    private static Term termwise(Site at, int input) {
        Node sum = at.node().input(input);
        List<Node> terms = new ArrayList<>();
        for (Node term : sum.inputs()) {
            List<Node> inputs = new ArrayList<>(at.node().inputs());
            inputs.set(input, term);
            terms.add(at.graph().make(at.node().gate(), at.node().attribute(), inputs));
        }
        return new Term(at.graph(), at.graph().make(sum.gate(), sum.attribute(), terms));
    }

    /** {@code scatter(0) → 0}. */
    private static Optional<Term> nothing(Site at) {
        Node data = at.node().input(0);
        return Scatter.isPlain(at.node()) && Leaf.isConstant(data, 0) && data.isReal()
                ? Optional.of(at.constant(0))
                : Optional.empty();
    }

    /** {@code scatter(scatter(x)) → scatter(x)} by the composed map; of a sum each term. */
    private Optional<Term> scattered(Site at) {
        if (!Scatter.isPlain(at.node())) {
            return Optional.empty();
        }
        if (isSum(at.node().input(0))) {
            return Optional.of(termwise(at, 0));
        }
        return sparse(at, 0).map(inner -> {
            Scatter.Target target = (Scatter.Target) at.node().attribute();
            IndexMap map = target.map().compose(inner.map());
            Gather.Selection selection =
                    new Gather.Selection(map, target.selection().loaded());
            Term[] indices = new Term[at.node().inputs().size() - 1];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = at.in(i + 1).view(inner.map());
            }
            return inner.data().make(Scatter.SCATTER, new Scatter.Target(selection, target.shape()), indices);
        });
    }

    /** {@code scatter(x) * y → scatter(x * y)} with y where x lands; likewise quotients, selects and sums. */
    private Optional<Term> pointwise(Site at) {
        if (!at.node().isReal()) {
            return Optional.empty();
        }
        for (int input : linear(at.node())) {
            Optional<Sparse> sparse = sparse(at, input);
            if (sparse.isPresent()) {
                return Optional.of(landing(at, sparse.get(), Map.of(input, sparse.get())));
            } else if (isSum(at.node().input(input))) {
                return Optional.of(termwise(at, input));
            }
        }
        return together(at);
    }

    /** The inputs that alone make the gate zero where they are. */
    static List<Integer> linear(Node node) {
        if (node.is(Arithmetic.MULTIPLY)) {
            return List.of(0, 1);
        } else if (node.is(Arithmetic.NEGATE) || node.is(Arithmetic.DIVIDE)) {
            return List.of(0);
        } else if (node.is(Logic.SELECT)) {
            return Leaf.isConstant(node.input(2), 0)
                    ? List.of(1)
                    : Leaf.isConstant(node.input(1), 0) ? List.of(2) : List.of();
        }
        return List.of();
    }

    /** A sum, or a choice, of two that land alike; one of them as it is and not itself as a sum. */
    private Optional<Term> together(Site at) {
        Node node = at.node();
        boolean isSum = node.is(Arithmetic.ADD) || node.is(Arithmetic.SUBTRACT);
        if (!isSum && !node.is(Logic.SELECT)) {
            return Optional.empty();
        }
        int left = isSum ? 0 : 1;
        Node a = node.input(left);
        Node b = node.input(left + 1);
        if (!Sparse.isSparse(a) && !Sparse.isSparse(b)) {
            return Optional.empty();
        }
        Optional<IndexMap> place = place(a);
        if (place.isEmpty() || !place.equals(place(b))) {
            return Optional.empty();
        }
        Sparse first = sparse(at, left).orElseThrow();
        return Optional.of(landing(
                at, first, Map.of(left, first, left + 1, sparse(at, left + 1).orElseThrow())));
    }

    /** The gate of data in place of the {@code sparse} inputs, landing like {@code place}. */
    private static Term landing(Site at, Sparse place, Map<Integer, Sparse> sparse) {
        Map<Integer, Node> data = new HashMap<>();
        sparse.forEach((input, each) -> data.put(input, each.data().node()));
        return Sparse.placed(where(at, place.map(), data), place.map(), place.shape());
    }

    /** The gate where {@code place} says, of what its inputs are there; {@code known} for some of them, by number. */
    static Term where(Site at, IndexMap place, Map<Integer, Node> known) {
        List<Node> inputs = new ArrayList<>();
        for (int i = 0; i < at.node().inputs().size(); i++) {
            inputs.add(
                    known.containsKey(i) ? known.get(i) : seen(at.in(i), place).node());
        }
        return new Term(at.graph(), at.graph().make(at.node().gate(), at.node().attribute(), inputs));
    }

    /** {@code term} through a view; a condition is taken apart, so that what it compares is seen through the view. */
    private static Term seen(Term term, IndexMap map) {
        Node node = term.node();
        boolean isCondition = node.type().element() == ElementType.BOOL && node.gate() instanceof Pointwise;
        if (!isCondition) {
            return term.view(map);
        }
        List<Node> inputs = node.inputs().stream()
                .map(input -> seen(new Term(term.graph(), input), map).node())
                .toList();
        return new Term(term.graph(), term.graph().make(node.gate(), node.attribute(), inputs));
    }

    /** {@code view(scatter(x)) → scatter(view(x))}; of a sum each term. */
    private Optional<Term> view(Site at) {
        if (isSum(at.node().input(0))) {
            return Optional.of(termwise(at, 0));
        }
        return sparse(at, 0)
                .flatMap(sparse -> SparseView.of(sparse, (IndexMap) at.node().attribute()));
    }

    private Optional<Term> sum(Site at) {
        return sparse(at, 0)
                .map(sparse -> sparse.sum(Reduction.axes(at.node())))
                .or(() -> ofTerms(at, 0));
    }

    private Optional<Term> product(Site at) {
        Contraction.Labels labels = Contraction.labels(at.node());
        Shape shape = at.node().shape();
        return sparse(at, 0)
                .map(left -> left.contract(at.node().input(1), labels.left(), labels.right(), labels.out(), shape))
                .or(() -> sparse(at, 1)
                        .map(right ->
                                right.contract(at.node().input(0), labels.right(), labels.left(), labels.out(), shape)))
                .or(() -> ofTerms(at, 0))
                .or(() -> ofTerms(at, 1));
    }

    private Optional<Term> ofTerms(Site at, int input) {
        return isSum(at.node().input(input)) ? Optional.of(termwise(at, input)) : Optional.empty();
    }
}
