package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an innermost loop runs where functions or sums of it are faster by the block: in strips of {@value #LENGTH}
 * iterations, short enough that all values of a strip stay in the first-level cache. Each strip goes through phases. A
 * value that a later phase reads is kept for the strip in a block, or read from memory where it is written anyway.
 *
 * @param phases in order
 * @param results the blocks of values that later phases read
 * @param operands for nodes computed by a call the block of its operand, where that is no value with a place
 * @param locals values that another statement of the same phase reads
 */
public record Strip(List<Phase> phases, Map<Node, Block> results, Map<Node, Block> operands, Set<Node> locals) {

    /** Iterations in a strip. */
    public static final int LENGTH = 128;

    /**
     * A loop over single elements, then calls for the whole strip.
     *
     * @param elements what is computed element by element
     * @param calls functions of a block, and sums of one
     */
    public record Phase(List<Statement> elements, List<Statement> calls) {
        public Phase {
            elements = List.copyOf(elements);
            calls = List.copyOf(calls);
        }
    }

    /** An array of {@link #LENGTH} elements: the one of this {@code number} among those of this element type. */
    public record Block(ElementType element, int number) {}

    public Strip {
        phases = List.copyOf(phases);
        results = Map.copyOf(results);
        operands = Map.copyOf(operands);
        locals = Set.copyOf(locals);
    }

    /** The strips of {@code loop}; empty where it is not innermost, or gains nothing. */
    public static Optional<Strip> of(Loop loop, Program program) {
        return StripPlan.of(loop, program);
    }
}
