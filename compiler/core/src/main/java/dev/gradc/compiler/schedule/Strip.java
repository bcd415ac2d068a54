package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Reads.Read;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How an innermost loop runs where functions or sums of it are faster by the block, or vectors faster than single elements:
 * in strips of {@value #LENGTH} iterations, short enough that the values of a strip stay in the nearest caches. Each
 * strip goes through phases. A value that a later phase reads is kept for the strip in a block, or read from memory where it
 * is written anyway.
 *
 * @param vectors who makes vectors of the loops over lanes
 * @param scalars what is the same in all iterations, computed before the first
 * @param phases in order
 * @param results the blocks of values that others read
 * @param locals values that others read in the same loop
 */
public record Strip(
        Vectors vectors, List<Read> scalars, List<Phase> phases, Map<Node, Block> results, Set<Node> locals) {

    /** Iterations in a strip. */
    public static final int LENGTH = 256;

    /**
     * In this order.
     *
     * @param scalars what the lanes take of what is the same in all iterations
     * @param reads what else the lanes take
     * @param memory what of it they read from memory: vectors that are written do, HotSpot makes them of blocks only
     * @param loads from memory to blocks
     * @param lanes what is computed by vectors
     * @param elements what is computed element by element
     * @param calls functions of blocks, and sums of one
     * @param stores from blocks to memory
     */
    public record Phase(
            List<Read> scalars,
            Set<Read> reads,
            Set<Read> memory,
            List<Copy> loads,
            List<Statement> lanes,
            List<Statement> elements,
            List<Call> calls,
            List<Copy> stores) {
        public Phase {
            scalars = List.copyOf(scalars);
            reads = Collections.unmodifiableSet(reads);
            memory = Collections.unmodifiableSet(memory);
            loads = List.copyOf(loads);
            lanes = List.copyOf(lanes);
            elements = List.copyOf(elements);
            calls = List.copyOf(calls);
            stores = List.copyOf(stores);
        }
    }

    /**
     * An array of {@link #LENGTH} elements: the one of this {@code number} among those of this element type, or the one whose
     * elements are all {@code constant}.
     */
    public record Block(ElementType element, int number, OptionalDouble constant) {
        Block(ElementType element, int number) {
            this(element, number, OptionalDouble.empty());
        }

        static Block of(double constant) {
            return new Block(ElementType.REAL, 0, OptionalDouble.of(constant));
        }

        /** Written out, as {@link #hashCode}, since the record's own are slow until C2 has compiled them. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || (other instanceof Block block
                            && element == block.element
                            && number == block.number
                            && constant.equals(block.constant));
        }

        @Override
        public int hashCode() {
            return 31 * (31 * number + element.name().hashCode()) + constant.hashCode();
        }
    }

    /** A strip of memory, from the element read first on, and the block that holds it. */
    public record Copy(Read memory, Block block) {}

    /**
     * A statement made by one call, or two.
     *
     * @param second the one of the gate whose blocks are computed with those of the first
     * @param operands what the call takes: two for a sum of products
     * @param factors what is the same in all iterations, by which a sum is multiplied
     */
    public record Call(Statement statement, Optional<Statement> second, List<Operand> operands, List<Read> factors) {
        public Call {
            operands = List.copyOf(operands);
            factors = List.copyOf(factors);
        }

        /** The statements whose results it computes. */
        public List<Statement> statements() {
            return second.isPresent() ? List.of(statement, second.get()) : List.of(statement);
        }
    }

    /**
     * What a call takes.
     *
     * @param value the value, unless it is the term of a sum
     * @param own its block, where it is computed for the call or constant; otherwise it stands in a block or in memory
     * @param inLanes whether it is computed in lanes
     */
    public record Operand(Read value, Optional<Block> own, boolean inLanes) {

        /** The block into which it is computed for the call. */
        public Optional<Block> room() {
            return own.filter(block -> block.constant().isEmpty());
        }
    }

    public Strip {
        scalars = List.copyOf(scalars);
        phases = List.copyOf(phases);
        results = Map.copyOf(results);
        locals = Set.copyOf(locals);
    }

    /** Whether it is but one loop over lanes, which needs no strips. */
    public boolean isWhole() {
        Phase first = phases.get(0);
        return vectors == Vectors.WRITTEN
                && phases.size() == 1
                && first.elements().isEmpty()
                && first.calls().isEmpty();
    }

    /** Adds its blocks to {@code blocks}, in the order of their first use. */
    void addBlocks(Set<Block> blocks) {
        for (Phase phase : phases) {
            for (Copy load : phase.loads()) {
                blocks.add(load.block());
            }
            addResults(phase.lanes(), blocks);
            addResults(phase.elements(), blocks);
            for (Call call : phase.calls()) {
                for (Operand operand : call.operands()) {
                    operand.own().ifPresent(blocks::add);
                }
                addResults(call.statements(), blocks);
            }
        }
    }

    private void addResults(List<Statement> statements, Set<Block> blocks) {
        for (Statement statement : statements) {
            Block block = results.get(statement.node());
            if (block != null) {
                blocks.add(block);
            }
        }
    }

    /** {@code program}, its loops in strips where they gain by it. */
    static Program applied(Program program, Vectors vectors) {
        return program.with(program.methods().stream()
                .map(items -> inStrips(items, program, vectors))
                .toList());
    }

    private static List<Item> inStrips(List<Item> items, Program program, Vectors vectors) {
        return items.stream()
                .map(item -> item instanceof Loop loop ? inStrips(loop, program, vectors) : item)
                .toList();
    }

    private static Loop inStrips(Loop loop, Program program, Vectors vectors) {
        List<Item> body = inStrips(loop.body(), program, vectors);
        return new Loop(
                loop.depth(),
                loop.extent(),
                loop.accumulating(),
                body,
                loop.carries(),
                StripPlan.of(loop, program, vectors));
    }
}
