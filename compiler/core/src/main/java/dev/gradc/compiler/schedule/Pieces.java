package dev.gradc.compiler.schedule;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Reads.Read;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The formulas of a loop in pieces that fit loops over lanes. Choices and their conditions are pieces, since the runtime
 * makes them for a whole block; so is what a function is taken of; and formulas that are too large are cut.
 */
final class Pieces {

    /** The nodes of an access to an array with its check; an operation is one. */
    static final int ARRAY = 5;

    /** What a formula reads, none of it twice, and how many operations it is made of. */
    private record Extent(List<Read> reads, int operations) {

        int nodes() {
            return ARRAY * reads.size() + operations;
        }
    }

    private final Program program;
    private final Vectors vectors;
    private final List<IndexExpr> axes;
    private final Map<Read, Extent> extents = new HashMap<>();
    private final Set<Node> pieces = new LinkedHashSet<>();
    private final Set<Node> added = new HashSet<>();
    private final List<Statement> statements = new ArrayList<>();
    private final Reads reads;

    private Pieces(Loop loop, Program program, Vectors vectors) {
        this.program = program;
        this.vectors = vectors;
        this.axes = IndexExpr.axes(loop.depth() + 1);
        this.reads = new Reads(node -> program.roots().contains(node) || pieces.contains(node));
    }

    /** The pieces of the statements of {@code loop}. */
    static Pieces of(Loop loop, Program program, Vectors vectors) {
        Pieces pieces = new Pieces(loop, program, vectors);
        loop.body().forEach(item -> pieces.find((Statement) item));
        loop.body().forEach(item -> pieces.add((Statement) item));
        return pieces;
    }

    /** The statements of {@code loop} as they are. */
    static Pieces none(Loop loop, Program program, Vectors vectors) {
        Pieces pieces = new Pieces(loop, program, vectors);
        loop.body().forEach(item -> pieces.statements.add((Statement) item));
        return pieces;
    }

    /** The statements of the loop and the pieces, each after what it reads. */
    List<Statement> statements() {
        return statements;
    }

    /** What has no place of its own but is computed by a statement now. */
    Set<Node> nodes() {
        return pieces;
    }

    /** Adds {@code statement} behind the pieces that it reads. */
    private void add(Statement statement) {
        for (Read read : reads.of(statement)) {
            if (pieces.contains(read.source()) && added.add(read.source())) {
                add(Statement.of(read.source()));
            }
        }
        statements.add(statement);
    }

    private void find(Statement statement) {
        List<Read> operands = Reads.operands(statement);
        fit(operands);
        boolean isCall = StripPlan.isFunction(statement.node()) || isChoice(statement.node(), vectors);
        if (isCall || (operands.size() == 1 && statement.accumulates())) {
            operands.forEach(this::cut);
        }
    }

    /** The extent of what is made of {@code operands}, the largest of them cut off until it fits. */
    private Extent fit(List<Read> operands) {
        Extent whole = union(operands);
        while (whole.nodes() + ARRAY > vectors.capacity) {
            Optional<Read> largest = operands.stream()
                    .filter(operand -> isPiece(operand) && extent(operand).operations() > 0)
                    .max(Comparator.comparingInt(operand -> extent(operand).nodes()));
            if (largest.isEmpty()) {
                return whole;
            }
            cut(largest.get());
            whole = union(operands);
        }
        return whole;
    }

    private Extent union(List<Read> operands) {
        if (operands.size() == 1) {
            Extent only = extent(operands.get(0));
            return new Extent(only.reads(), only.operations() + 1);
        }
        List<Read> reads = new ArrayList<>();
        int operations = 1;
        for (Read operand : operands) {
            Extent extent = extent(operand);
            for (Read read : extent.reads()) {
                if (!reads.contains(read)) {
                    reads.add(read);
                }
            }
            operations += extent.operations();
        }
        return new Extent(reads, operations);
    }

    private Extent extent(Read value) {
        Extent known = extents.get(value);
        if (known == null) {
            known = found(value);
            extents.put(value, known);
        }
        return known;
    }

    private Extent found(Read value) {
        Node node = value.source();
        if (node.attribute() instanceof Leaf.Constant) {
            return new Extent(List.of(), 0);
        }
        Extent read = new Extent(List.of(value), 0);
        if (isRead(node)) {
            return read;
        }
        List<Read> inputs = Reads.inputs(node, value.index());
        Extent extent = fit(inputs);
        boolean isInLanes = vectors == Vectors.WRITTEN && Lanes.hasVector(node);
        boolean isCall = isChoice(node, vectors) || (isCondition(node) && !isInLanes);
        if (isCall && isPiece(value) && isCheap(node)) {
            inputs.forEach(this::cut);
            cut(value);
            return read;
        }
        return isRead(node) ? read : extent;
    }

    private boolean isRead(Node node) {
        return program.roots().contains(node) || node.inputs().isEmpty() || pieces.contains(node);
    }

    /** Makes a piece of {@code value}, if it can be one and is not read from somewhere. */
    private void cut(Read value) {
        Node node = value.source();
        if (isPiece(value) && !isRead(node)) {
            extents.put(value, new Extent(List.of(value), 0));
            pieces.add(node);
        }
    }

    /** Whether a statement in this loop can compute {@code value}. */
    private boolean isPiece(Read value) {
        return value.index().equals(axes)
                && value.source().shape().rank() == axes.size()
                && value.source().gate().kind() == Gate.Kind.POINTWISE;
    }

    /** Whether {@code node} can be computed for all elements, since it is not made of dear functions. */
    private boolean isCheap(Node node) {
        return isRead(node)
                || (Costs.perElement(node) < Costs.CALL
                        && node.inputs().stream().allMatch(this::isCheap));
    }

    /** Whether {@code node} is a condition: a comparison, or made of such. */
    private static boolean isCondition(Node node) {
        return node.type().element() == ElementType.BOOL;
    }

    /** Whether {@code node} is left to the runtime's method for blocks of it: it chooses between reals, or compares them. */
    static boolean isChoice(Node node, Vectors vectors) {
        return vectors == Vectors.FOUND
                && node.gate() instanceof Pointwise gate
                && gate.choice().isPresent()
                && node.input(node.inputs().size() - 1).isReal();
    }
}
