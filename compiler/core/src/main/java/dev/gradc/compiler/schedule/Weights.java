package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Set;

/** Estimates of bytecode size; a test holds them against what javac makes. */
final class Weights {

    /** The budget of a method, far enough below the 8,000 bytes above which HotSpot compiles nothing. */
    static final int METHOD_BUDGET = 3_000;

    /**
     * The budget of a loop with what is in it, which may fill a method: most of what it reads are its variables, which weigh as
     * much as memory but take less.
     */
    static final int LOOP_BUDGET = 8_500;

    private static final int LOOP = 16;
    private static final int STORE = 8;
    private static final int OPERATION = 4;
    private static final int CALL = 50;

    private Weights() {}

    /** About how many bytes {@code item} takes. */
    static int of(Item item, Set<Node> roots) {
        if (item instanceof Loop loop) {
            int once = loop.body().stream().mapToInt(inner -> of(inner, roots)).sum();
            return LOOP + (loop.isWrittenOut() ? (int) loop.iterations() : 1) * once;
        } else if (item instanceof Statement statement) {
            int[] weight = {StripPlan.isFunction(statement.node()) ? CALL + LOOP : STORE};
            Reads.operands(statement, (node, index) -> add(node, index, roots, weight));
            return weight[0];
        }
        int states = item instanceof Recurrence recurrence
                ? recurrence.body().states().size()
                : 0;
        return CALL + CALL * states;
    }

    private static void add(Node node, List<IndexExpr> index, Set<Node> roots, int[] weight) {
        weight[0] += OPERATION;
        if (roots.contains(node) || node.inputs().isEmpty()) {
            weight[0] += OPERATION * index.size() * 2;
        } else if (node.gate().kind() == Gate.Kind.POINTWISE) {
            for (Node input : node.inputs()) {
                add(input, index, roots, weight);
            }
        } else {
            Reads.inputs(node, index, (input, at) -> add(input, at, roots, weight));
        }
    }
}
