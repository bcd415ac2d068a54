package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Reads.Read;
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
            int weight = StripPlan.isFunction(statement.node()) ? CALL + LOOP : STORE;
            for (Read operand : Reads.operands(statement)) {
                weight += of(operand.source(), operand.index(), roots);
            }
            return weight;
        }
        int states = item instanceof Recurrence recurrence
                ? recurrence.body().states().size()
                : 0;
        return CALL + CALL * states;
    }

    private static int of(Node node, List<IndexExpr> index, Set<Node> roots) {
        int weight = OPERATION;
        if (roots.contains(node) || node.inputs().isEmpty()) {
            weight += OPERATION * index.size() * 2;
        } else if (node.gate().kind() == Gate.Kind.POINTWISE) {
            for (int i = 0; i < node.inputs().size(); i++) {
                weight += of(node.input(i), index, roots);
            }
        } else {
            for (Read input : Reads.inputs(node, index)) {
                weight += of(input.source(), input.index(), roots);
            }
        }
        return weight;
    }
}
