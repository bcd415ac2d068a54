package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.IndexExpr;
import dev.gradc.compiler.schedule.Item;
import dev.gradc.compiler.schedule.Loop;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Reads;
import dev.gradc.compiler.schedule.Reads.Read;
import dev.gradc.compiler.schedule.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a loop are copies of neighbours in memory, or sums of them: one call makes all iterations of such a statement, and
 * those of a loop around it that does nothing else. C2 (17) makes no vectors of loops over two places, since the one array
 * might be the other.
 *
 * @param moves the calls, to be made before all else
 * @param rest what is left of the loop
 * @param later the calls to be made after it
 */
record RowMoves(List<Move> moves, Optional<Loop> rest, List<Move> later) {

    /** Rows known to be shorter stay loops: a copy takes as long as some six iterations. */
    private static final long SHORTEST = 8;

    /** A single row known to be shorter is added by a loop: a call takes longer than that of a copy. */
    private static final long SHORTEST_SUM = 16;

    /**
     * All iterations of a statement.
     *
     * @param loop the loop over neighbours
     * @param rows the loop around it
     * @param from the element that an iteration reads
     * @param to the element that it writes
     * @param adds whether it adds to what is there
     */
    record Move(Statement statement, Loop loop, Optional<Loop> rows, Read from, Read to, boolean adds) {

        /** How far apart in memory an element is from the same one of the next row; empty where that is not fixed. */
        Optional<Dim> stride(Read element) {
            return flat(element).step(rows.orElseThrow().depth());
        }
    }

    /** The moves of {@code loop}, alone or with the loop that is all it does, and what is left. */
    static RowMoves of(Loop loop, Program program) {
        boolean isAround = loop.body().size() == 1 && loop.body().get(0) instanceof Loop;
        return isAround ? around(loop, (Loop) loop.body().get(0), program) : innermost(loop, Optional.empty(), program);
    }

    private static RowMoves around(Loop rows, Loop inner, Program program) {
        RowMoves each = innermost(inner, Optional.of(rows), program);
        boolean areFixed =
                Stream.concat(each.moves.stream(), each.later.stream()).allMatch(move -> isFixed(move, program));
        if (!areFixed || !inner.accumulating().isEmpty()) {
            return none(rows);
        }
        return new RowMoves(each.moves, each.rest.map(rest -> rows.with(List.of(rest))), each.later);
    }

    private static boolean isFixed(Move move, Program program) {
        int depth = move.rows().orElseThrow().depth();
        return move.stride(move.from()).isPresent()
                && move.stride(move.to()).isPresent()
                && !isSlice(move.from(), depth, program)
                && !isSlice(move.to(), depth, program);
    }

    private static RowMoves none(Loop loop) {
        return new RowMoves(List.of(), Optional.of(loop), List.of());
    }

    /**
     * All of {@code loop} if it does nothing but move; otherwise its sums, which no statement of the loop reads: of what the
     * others do not compute first, and of what they store last.
     */
    private static RowMoves innermost(Loop loop, Optional<Loop> rows, Program program) {
        boolean isShort = loop.extent().constant().orElse(SHORTEST) < SHORTEST;
        boolean isInnermost = loop.body().stream().allMatch(Statement.class::isInstance);
        boolean isPlain = loop.carries().isEmpty() && loop.strip().isEmpty();
        if (isShort || !isInnermost || !isPlain) {
            return none(loop);
        }
        List<Move> all = new ArrayList<>();
        Map<Node, Statement> computed = new HashMap<>();
        for (Item item : loop.body()) {
            computed.put(((Statement) item).node(), (Statement) item);
            move((Statement) item, loop, rows, program).ifPresent(all::add);
        }
        if (all.size() == loop.body().size()) {
            return new RowMoves(all, Optional.empty(), List.of());
        }
        List<Move> sums =
                all.stream().filter(move -> move.statement().accumulates()).toList();
        List<Move> first = sums.stream()
                .filter(move -> !computed.containsKey(move.from().source()))
                .toList();
        List<Move> later = sums.stream()
                .filter(move -> isStored(move.from(), computed, program))
                .toList();
        List<Item> rest = new ArrayList<>(loop.body());
        rest.removeAll(first.stream().map(Move::statement).toList());
        rest.removeAll(later.stream().map(Move::statement).toList());
        return new RowMoves(first, Optional.of(loop.with(rest)), later);
    }

    /** Whether {@code value} is what a statement of the loop puts where nothing else in the loop is put. */
    private static boolean isStored(Read value, Map<Node, Statement> computed, Program program) {
        Statement statement = computed.get(value.source());
        boolean isAlone = program.places().entrySet().stream()
                .noneMatch(entry ->
                        entry.getKey() == value.source() || entry.getValue().base() == value.source());
        return statement != null
                && !statement.accumulates()
                && !statement.adds()
                && statement.outputIndex().equals(value.index())
                && isAlone;
    }

    private static Optional<Move> move(Statement statement, Loop loop, Optional<Loop> rows, Program program) {
        Read to = new Read(statement.node(), statement.outputIndex());
        boolean adds = statement.accumulates() || statement.adds();
        boolean isShort = adds && rows.isEmpty() && loop.extent().constant().orElse(SHORTEST_SUM) < SHORTEST_SUM;
        boolean isWritten = !isShort && program.memory().contains(statement.node()) && isRow(to, loop.depth(), program);
        return isWritten && isMove(statement, loop.depth())
                ? moved(statement, program)
                        .filter(from -> isRow(from, loop.depth(), program))
                        .map(from -> new Move(statement, loop, rows, from, to, adds))
                : Optional.empty();
    }

    /** Whether it copies, or adds along this loop and not over it. */
    private static boolean isMove(Statement statement, int depth) {
        Node node = statement.node();
        return switch (node.gate().kind()) {
            case LAYOUT, GATHER, SCATTER -> !statement.adds() || node.isReal();
            case REDUCTION ->
                !statement.folded().get(depth)
                        && node.isReal()
                        && ((Reduction) node.gate()).combiner() == Arithmetic.ADD;
            case LEAF, POINTWISE, SCAN, CONTRACTION, KERNEL, CUSTOM, PACK -> false;
        };
    }

    /** The element of an array that is all a statement computes with; empty if there is no such element. */
    private static Optional<Read> moved(Statement statement, Program program) {
        Read read = Reads.operands(statement).get(0);
        while (isMoving(read.source()) && !program.roots().contains(read.source())) {
            read = Reads.inputs(read.source(), read.index()).get(0);
        }
        Node source = read.source();
        boolean isArray = source.attribute() instanceof Leaf.Variable
                || (program.memory().contains(source) && !(source.attribute() instanceof Leaf.Constant));
        return isArray && source.type().element() == statement.node().type().element()
                ? Optional.of(read)
                : Optional.empty();
    }

    private static boolean isMoving(Node node) {
        return node.gate().kind() == Gate.Kind.LAYOUT || node.gate().kind() == Gate.Kind.GATHER;
    }

    /** Whether neighbouring iterations find neighbours in an array. */
    private static boolean isRow(Read element, int depth, Program program) {
        Node node = element.source();
        return !node.shape().isScalar()
                && node.type().element() == ElementType.REAL
                && !isSlice(element, depth, program)
                && flat(element).step(depth).equals(Optional.of(Dim.ONE));
    }

    /** Whether only one slice of the array is there, from one iteration at {@code depth} to the next. */
    private static boolean isSlice(Read element, int depth, Program program) {
        return depth == 0 && program.slices().contains(element.source());
    }

    private static IndexExpr flat(Read element) {
        return IndexExpr.flat(element.index(), element.source().shape());
    }
}
