package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Reads.Read;
import dev.gradc.compiler.schedule.Statement;
import dev.gradc.compiler.schedule.Strip;
import dev.gradc.compiler.schedule.Strip.Block;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which values of a strip stand in blocks as its phases go by, and how loops read them there. */
final class StripReads {

    private final Strip strip;
    private final ExpressionWriter expressions;
    private final Naming naming;
    private final JavaTypes types;

    /** The values that stand in blocks now. */
    private final Map<Read, Block> standing = new LinkedHashMap<>();

    /** What each block was last given. */
    private final Map<Block, Read> held = new HashMap<>();

    StripReads(Strip strip, ExpressionWriter expressions, Naming naming, JavaTypes types) {
        this.strip = strip;
        this.expressions = expressions;
        this.naming = naming;
        this.types = types;
    }

    /** What {@code statement} computes, where others read it. */
    static Read value(Statement statement) {
        return new Read(statement.node(), statement.outputIndex());
    }

    static boolean isCondition(Node node) {
        return node.type().element() == ElementType.BOOL;
    }

    /** The block that is to hold what {@code statement} computes. */
    Optional<Block> block(Statement statement) {
        return Optional.ofNullable(strip.results().get(statement.node()));
    }

    /** The block that holds {@code value} now. */
    Optional<Block> standing(Read value) {
        return Optional.ofNullable(standing.get(value));
    }

    /** From here on what {@code statement} computes is read from its block, if it has one. */
    void stand(Statement statement) {
        block(statement).ifPresent(block -> stand(value(statement), block));
    }

    /** From here on {@code value} is read from {@code block}. */
    void stand(Read value, Block block) {
        clear(block);
        standing.put(value, block);
        held.put(block, value);
    }

    /** What {@code block} held is no longer there. */
    void clear(Block block) {
        Read before = held.remove(block);
        if (before != null && standing.remove(before, block)) {
            expressions.leave(before);
        }
    }

    /** Loops read what stands in blocks and {@code isRead} at {@code position} there. */
    void enter(Predicate<Read> isRead, String position) {
        standing.forEach((read, block) -> {
            if (isRead.test(read)) {
                enter(read, naming.block(block) + "[" + position + "]");
            }
        });
    }

    /** Reads {@code read} as {@code element} of a block, in which a condition is a number. */
    private void enter(Read read, String element) {
        JavaExpr place = isNumber(read.source())
                ? new JavaExpr(
                        element + " != " + types.literal(0, ElementType.REAL).code(), JavaForm.EQUALITY)
                : JavaExpr.primary(element);
        expressions.enter(read.source(), read.index(), place);
    }

    /** Whether {@code node} is a condition that stands in its block as a number. */
    boolean isNumber(Node node) {
        Block block = strip.results().get(node);
        return isCondition(node) && block != null && block.element() == ElementType.REAL;
    }

    /** The strips have ended. */
    void leave() {
        standing.keySet().forEach(expressions::leave);
    }
}
