package dev.gradc.compiler.explain;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Fill;
import dev.gradc.compiler.schedule.Item;
import dev.gradc.compiler.schedule.KernelCall;
import dev.gradc.compiler.schedule.Loop;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Reads;
import dev.gradc.compiler.schedule.Reads.Read;
import dev.gradc.compiler.schedule.Recurrence;
import dev.gradc.compiler.schedule.Statement;
import java.util.List;
import java.util.Set;

/**
 * Counts the operations that a program does in one run, as polynomials in the dims. An arithmetic operation, a
 * comparison, a choice or a call of a function on an element is one, and a gate that stands for a formula of several
 * (sigmoid, tanh, softplus) counts as that; an element added to a sum or to where it lands is
 * one, of a sum of products two; a kernel counts what it declares; moves, copies and picks are none. What stands in
 * several formulas is counted in each, since it is computed in each.
 */
final class OperationCount {

    private final Set<Node> roots;

    private OperationCount(Set<Node> roots) {
        this.roots = roots;
    }

    /** The operations of one run of {@code program}. */
    static Dim of(Program program) {
        return new OperationCount(program.roots()).of(program.items());
    }

    /** The number of loops in {@code program}, those of recurrences and within them among them. */
    static int loops(Program program) {
        return program.items().stream().mapToInt(OperationCount::loops).sum();
    }

    private static int loops(Item item) {
        if (item instanceof Loop loop) {
            return 1 + loop.body().stream().mapToInt(OperationCount::loops).sum();
        }
        return item instanceof Recurrence recurrence ? 1 + loops(recurrence.step()) : 0;
    }

    private Dim of(List<Item> items) {
        Dim sum = Dim.ZERO;
        for (Item item : items) {
            sum = sum.plus(of(item));
        }
        return sum;
    }

    private Dim of(Item item) {
        if (item instanceof Loop loop) {
            return of(loop.body());
        } else if (item instanceof Recurrence recurrence) {
            return recurrence.body().count().times(of(recurrence.step()));
        } else if (item instanceof KernelCall call) {
            return kernel(call);
        }
        if (item instanceof Fill) {
            return Dim.ZERO;
        }
        Statement statement = (Statement) item;
        long each = statement.adds() ? 1 : own(statement.node());
        for (Read operand : Reads.operands(statement)) {
            each += of(operand);
        }
        return Dim.product(statement.extents()).times(Dim.of(each));
    }

    private static Dim kernel(KernelCall call) {
        Node node = call.node();
        if (node.gate() instanceof Kernel kernel) {
            return kernel.cost(node);
        }
        return Dim.product(Statement.contraction(node).extents()).times(Dim.of(2));
    }

    /** The operations of {@code node} for each element of its iteration space. */
    private static long own(Node node) {
        return switch (node.gate().kind()) {
            case POINTWISE -> isMove((Pointwise) node.gate()) ? 0 : ((Pointwise) node.gate()).operations();
            case REDUCTION -> 1;
            case CONTRACTION -> 2;
            case LEAF, LAYOUT, GATHER, SCAN, SCATTER, PACK, KERNEL, CUSTOM -> 0;
        };
    }

    private static boolean isMove(Pointwise gate) {
        return gate.java() instanceof JavaForm.Identity || gate == Arithmetic.TO_REAL;
    }

    /** What it takes to have {@code value}: nothing where it has a place, else its formula. */
    private long of(Read value) {
        Node node = value.source();
        if (roots.contains(node) || node.gate().kind() == Gate.Kind.LEAF) {
            return 0;
        }
        long sum = own(node);
        for (Read input : Reads.inputs(node, value.index())) {
            sum += of(input);
        }
        return sum;
    }
}
