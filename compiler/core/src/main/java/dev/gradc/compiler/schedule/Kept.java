package dev.gradc.compiler.schedule;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.cost.Recomputation;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which primal values forward keeps for backward; the others that backward needs it computes again from those.
 *
 * <p>Only what costs about an arithmetic operation an element may be computed again: elementwise gates without function
 * calls, and elements moved (views, gathers, scatters). Arguments and outputs are there anyway. Of all choices it takes the one that minimises bytes
 * kept + {@code rate} * operations done again, see {@link Recomputation}. The rate starts at {@value #BYTES_PER_OPERATION} bytes and
 * doubles until what forward has in a variable or an array and backward computes again, each value counted once, takes at
 * most a tenth of all operations of both. Scalars that forward gives a place are kept: eight bytes are less than the code
 * that computes them again. Conditions are computed again always, as they are everywhere.
 */
final class Kept implements Recomputation.Prices {

    private static final double BYTES_PER_OPERATION = 2;

    /** From here on only what cannot be stored is computed again, however much it is. */
    private static final double MOST_BYTES_PER_OPERATION = 1e6;

    private static final double MOST_WORK_AGAIN = 0.1;

    /** Writing a value to memory that would not have to go there, in operations an element. */
    private static final double STORE = 2;

    private final Set<Node> primal;
    private final Set<Node> free;
    private final Set<Node> needed = new LinkedHashSet<>();
    private final Set<Node> placed;
    private final Set<Node> addressed;
    private double rate;

    private Kept(Set<Node> primal, List<Node> derived, Collection<Node> outputs) {
        this.primal = primal;
        this.free = Set.copyOf(outputs);
        this.placed = Roots.choose(outputs, Set.of());
        this.addressed = Roots.addressed(derived);
        derived.forEach(node -> needed.addAll(node.inputs()));
    }

    /**
     * The values to be kept beside {@code outputs}, in topological order.
     *
     * @param primal what forward can compute
     * @param results outputs, and the gradients that backward computes
     */
    static Set<Node> choose(Set<Node> primal, Results results) {
        List<Node> derived = Graph.reachable(results.gradients(), node -> !primal.contains(node));
        Kept choice = new Kept(primal, derived, results.outputs());
        double limit = MOST_WORK_AGAIN * (Costs.work(primal) + Costs.work(derived));
        for (double rate = BYTES_PER_OPERATION; ; rate *= 2) {
            choice.rate = rate;
            Recomputation.Choice cheapest = Recomputation.cheapest(choice.needed, choice);
            cheapest.again().removeIf(node -> !choice.placed.contains(node) || isCondition(node));
            if (Costs.work(cheapest.again()) <= limit || rate > MOST_BYTES_PER_OPERATION) {
                return cheapest.stored();
            }
        }
    }

    private static boolean isCondition(Node node) {
        return node.gate().kind() == Gate.Kind.POINTWISE && node.type().element() == ElementType.BOOL;
    }

    @Override
    public boolean isFree(Node node) {
        return node.inputs().isEmpty() || free.contains(node) || !primal.contains(node);
    }

    @Override
    public double toStore(Node node) {
        if (isCondition(node)) {
            return Double.POSITIVE_INFINITY;
        }
        double store = placed.contains(node) ? 0 : BYTES_PER_OPERATION * STORE;
        return Costs.elements(node) * (Costs.bytesPerElement(node) + store);
    }

    @Override
    public double toCompute(Node node) {
        boolean isPlacedScalar = node.shape().isScalar() && placed.contains(node);
        if (isPlacedScalar || !Costs.isCheap(node)) {
            return Double.POSITIVE_INFINITY;
        }
        boolean isStored = addressed.contains(node) || node.gate().kind() == Gate.Kind.SCATTER;
        double store = isStored ? Costs.elements(node) * STORE : 0;
        return rate * (Costs.work(node) + store);
    }
}
