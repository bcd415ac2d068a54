package dev.gradc.compiler.schedule;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Reads.Read;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of an innermost loop is computed in the lanes of vectors: reals, by gates that the processor has for vectors. C2 (17)
 * does so only where all arrays are read and written at the loop's own variable: what lies elsewhere in memory is copied to a
 * block before, and what is the same in all iterations is put in a variable. Vectors that are written read and write memory
 * where neighbours lie there, add to it, and can be compared and chosen between.
 */
final class Lanes {

    /** What one formula takes. */
    static final class Needs {
        /** Elements of memory, neighbours in neighbouring iterations. */
        final Set<Read> memory = new LinkedHashSet<>();

        /** Values that are the same in all iterations. */
        final Set<Read> scalars = new LinkedHashSet<>();

        /** How long one iteration takes, in sums or products. */
        int duration;

        /** How many operations an iteration is made of. */
        int operations;
    }

    private final int depth;
    private final Program program;
    private final Vectors vectors;
    private final Map<Node, Statement> members;
    private final Set<Node> pieces;
    private final Map<Statement, Optional<Needs>> known = new HashMap<>();

    /**
     * @param members the statements of the loop that others can read, by what they compute
     * @param pieces what among it is a number in its block, even if it is a condition
     */
    Lanes(int depth, Program program, Vectors vectors, Map<Node, Statement> members, Set<Node> pieces) {
        this.depth = depth;
        this.program = program;
        this.vectors = vectors;
        this.pieces = pieces;
        this.members = members;
    }

    /** What {@code statement} needs to be computed in lanes, except for its choices; empty if it cannot be. */
    Optional<Needs> of(Statement statement) {
        Optional<Needs> before = known.get(statement);
        if (before == null) {
            before = found(statement);
            known.put(statement, before);
        }
        return before;
    }

    private Optional<Needs> found(Statement statement) {
        Node node = statement.node();
        boolean isComputed = switch (node.gate().kind()) {
            case POINTWISE, LAYOUT -> isLane(node) && isComputed(node);
            case REDUCTION, CONTRACTION, SCATTER -> vectors == Vectors.WRITTEN && isLane(node) && isCombined(statement);
            case LEAF, GATHER, SCAN, KERNEL, CUSTOM, PACK -> false;
        };
        boolean isStored = !program.memory().contains(node) || isContiguous(new Read(node, statement.outputIndex()));
        Needs needs = new Needs();
        return isComputed && isStored && operandsRun(statement, needs) ? Optional.of(needs) : Optional.empty();
    }

    /** Whether what is there and the value of an iteration are combined in lanes, if they are. */
    private static boolean isCombined(Statement statement) {
        if (statement.combiner().isEmpty()) {
            return true;
        }
        boolean isPositional = statement.node().gate() instanceof Reduction reduction && reduction.isPositional();
        return !isPositional
                && !statement.hasScalarAccumulator()
                && statement.combiner().get().vector().isPresent();
    }

    private boolean operandsRun(Statement statement, Needs needs) {
        Node node = statement.node();
        if (node.gate() instanceof Pointwise) {
            return inputsRun(new Read(node, statement.outputIndex()), needs);
        }
        List<Read> operands = Reads.operands(statement);
        needs.operations += operands.size();
        needs.duration += node.gate().kind() == Gate.Kind.CONTRACTION ? 1 : 0;
        return allRun(operands, needs);
    }

    /** What a block of {@code value} needs to be computed in lanes; empty if it cannot be. */
    Optional<Needs> of(Read value) {
        Needs needs = new Needs();
        return runs(value, needs) ? Optional.of(needs) : Optional.empty();
    }

    private boolean runs(Read value, Needs needs) {
        Node node = value.source();
        if (!isLane(node)) {
            return false;
        } else if (node.attribute() instanceof Leaf.Constant) {
            return true;
        } else if (members.containsKey(node)) {
            return readsMember(value, needs);
        } else if (isInvariant(value)) {
            if (!isField(node)) {
                needs.scalars.add(value);
            }
            return true;
        } else if (isInMemory(node)) {
            return node.isReal() && readsMemory(value, needs);
        }
        return isComputed(node) && inputsRun(value, needs);
    }

    /** Whether an element of {@code node} can be in a lane: a real, or a condition that is no element of an array of such. */
    private boolean isLane(Node node) {
        boolean isCondition = node.type().element() == ElementType.BOOL;
        boolean isStored = program.memory().contains(node) || node.inputs().isEmpty();
        return node.isReal() || (vectors == Vectors.WRITTEN && isCondition && !isStored);
    }

    private boolean isComputed(Node node) {
        return node.gate().kind() == Gate.Kind.LAYOUT
                || (vectors == Vectors.WRITTEN
                        ? hasVector(node)
                        : node.gate() instanceof Pointwise gate && gate.hasLanes());
    }

    /** Whether {@code node} is computed by vectors that are written. */
    static boolean hasVector(Node node) {
        if (!(node.gate() instanceof Pointwise gate) || gate.vector().isEmpty()) {
            return false;
        }
        return switch (gate.signature()) {
            case COMPARISON -> node.input(0).isReal();
            case LOGIC -> true;
            default -> node.isReal();
        };
    }

    private boolean inputsRun(Read value, Needs needs) {
        if (value.source().gate() instanceof Pointwise) {
            needs.duration += Costs.duration(value.source());
            needs.operations++;
        }
        return allRun(Reads.inputs(value.source(), value.index()), needs);
    }

    private boolean allRun(List<Read> values, Needs needs) {
        for (Read value : values) {
            if (!runs(value, needs)) {
                return false;
            }
        }
        return true;
    }

    /** Another statement's value: in a variable, in a block, or in memory. */
    private boolean readsMember(Read value, Needs needs) {
        Statement member = members.get(value.source());
        if (!value.index().equals(member.outputIndex())) {
            return false;
        }
        if (!value.source().isReal()) {
            return pieces.contains(value.source()) || of(member).isPresent();
        }
        boolean hasBlock = !program.memory().contains(value.source())
                || (vectors == Vectors.FOUND && of(member).isPresent());
        return hasBlock || readsMemory(value, needs);
    }

    private boolean readsMemory(Read value, Needs needs) {
        boolean isContiguous = isContiguous(value);
        if (isContiguous) {
            needs.memory.add(value);
        }
        return isContiguous;
    }

    private boolean isInMemory(Node node) {
        return program.roots().contains(node) || node.attribute() instanceof Leaf.Variable;
    }

    /** Whether it is a variable of the generated class. */
    private boolean isField(Node node) {
        return isInMemory(node) && node.shape().isScalar() && !program.locals().contains(node);
    }

    /** Whether {@code value} is a real that is the same in all iterations and can be computed before the first. */
    boolean isInvariant(Read value) {
        Node node = value.source();
        if (!node.isReal() || members.containsKey(node)) {
            return false;
        }
        if (isInMemory(node) || node.inputs().isEmpty()) {
            return areFixed(value.index()) && !(node.attribute() instanceof Leaf.Position);
        }
        if (!isComputed(node)) {
            return false;
        }
        if (node.gate().kind() == Gate.Kind.POINTWISE) {
            return areInvariant(node.inputs(), value.index());
        }
        return Reads.inputs(node, value.index()).stream().allMatch(this::isInvariant);
    }

    private boolean areInvariant(List<Node> nodes, List<IndexExpr> index) {
        for (Node node : nodes) {
            if (!isInvariant(new Read(node, index))) {
                return false;
            }
        }
        return true;
    }

    private boolean areFixed(List<IndexExpr> index) {
        for (IndexExpr each : index) {
            for (IndexExpr.Atom atom : each.terms().keySet()) {
                if (!(atom instanceof IndexExpr.LoopAxis axis) || axis.axis() == depth) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the loop reads neighbours one after the other. */
    boolean isContiguous(Read read) {
        Dim stride = Dim.ZERO;
        for (int axis = 0; axis < read.index().size(); axis++) {
            Optional<Dim> step = read.index().get(axis).step(depth);
            if (step.isEmpty()) {
                return false;
            }
            stride = stride.plus(step.get().times(read.source().shape().stride(axis)));
        }
        return stride.equals(Dim.ONE);
    }
}
