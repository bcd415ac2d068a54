package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an innermost loop adds to neighbouring elements of one tensor, as the gradient of a stencil does: an iteration
 * completes one element, and carries what it has for the next ones in variables. The tensor is written once and not read,
 * and needs no zeros first.
 *
 * @param parts the parts of one scatter, in the order of the loop: in iteration i the first lands in element i, the second in
 *     element i + 1, and so on
 */
public record Carry(List<Statement> parts) {
    public Carry {
        parts = List.copyOf(parts);
    }

    /** The scatter. */
    public Node node() {
        return parts.get(0).node();
    }

    /** {@code program}, its loops carrying where they can and do not run in strips. */
    static Program applied(Program program) {
        Map<Node, Integer> fills = new HashMap<>();
        program.items().stream()
                .filter(Fill.class::isInstance)
                .forEach(item -> fills.merge(((Fill) item).node(), 1, Integer::sum));
        fills.keySet().removeAll(program.places().keySet());
        if (fills.isEmpty()) {
            return program;
        }
        List<Carry> made = new ArrayList<>();
        List<List<Item>> methods = program.methods().stream()
                .map(items -> carrying(items, fills, made))
                .toList();
        List<Node> carried = made.stream().map(Carry::node).toList();
        return program.with(methods.stream()
                .map(items -> items.stream()
                        .filter(item -> !(item instanceof Fill fill && carried.contains(fill.node())))
                        .toList())
                .toList());
    }

    private static List<Item> carrying(List<Item> items, Map<Node, Integer> fills, List<Carry> made) {
        return items.stream()
                .map(item -> item instanceof Loop loop ? carrying(loop, fills, made) : item)
                .toList();
    }

    private static Loop carrying(Loop loop, Map<Node, Integer> fills, List<Carry> made) {
        boolean isInnermost = loop.body().stream().allMatch(Statement.class::isInstance);
        if (!isInnermost) {
            return new Loop(loop.depth(), loop.extent(), loop.accumulating(), carrying(loop.body(), fills, made));
        }
        List<Carry> carries = loop.strip().isPresent() ? List.of() : in(loop, fills);
        if (carries.isEmpty()) {
            return loop;
        }
        made.addAll(carries);
        List<Item> body = carriedLast(loop.body(), carries);
        return new Loop(loop.depth(), loop.extent(), loop.accumulating(), body, carries, Optional.empty());
    }

    /** {@code body} with what is carried, which nothing in it reads, at its end and in order. */
    private static List<Item> carriedLast(List<Item> body, List<Carry> carries) {
        List<Item> ordered = new ArrayList<>(body);
        for (Carry carry : carries) {
            ordered.removeAll(carry.parts());
            ordered.addAll(carry.parts());
        }
        return ordered;
    }

    private static List<Carry> in(Loop loop, Map<Node, Integer> fills) {
        Map<Node, List<Statement>> parts = new HashMap<>();
        List<Carry> carries = new ArrayList<>();
        for (Item item : loop.body()) {
            Statement statement = (Statement) item;
            Node node = statement.node();
            if (fills.containsKey(node)
                    && statement.adds()
                    && offset(statement, loop.depth()).isPresent()) {
                List<Statement> own = parts.computeIfAbsent(node, n -> new ArrayList<>());
                own.add(statement);
                if (own.size() > 1 && own.size() == Scatter.target(node).parts().size()) {
                    own.sort(Comparator.comparingLong(
                            part -> offset(part, loop.depth()).orElseThrow()));
                    if (coversAll(own, loop.depth())) {
                        carries.add(new Carry(own));
                    }
                }
            }
        }
        return carries;
    }

    /** How far from element i of a row {@code part} lands in iteration i; empty where it does not land so. */
    private static OptionalLong offset(Statement part, int depth) {
        List<IndexExpr> index = part.outputIndex();
        if (index.size() != depth + 1) {
            return OptionalLong.empty();
        }
        for (int axis = 0; axis < depth; axis++) {
            boolean isWhole = index.get(axis).isAxis(axis)
                    && part.extents().get(axis).equals(part.node().shape().dim(axis));
            if (!isWhole) {
                return OptionalLong.empty();
            }
        }
        IndexExpr last = index.get(depth);
        boolean isRun = last.terms().equals(IndexExpr.axis(depth).terms());
        return isRun ? last.constant().constant() : OptionalLong.empty();
    }

    /** Whether the parts land in elements i, i + 1, ... and leave out none. */
    private static boolean coversAll(List<Statement> parts, int depth) {
        for (int i = 0; i < parts.size(); i++) {
            if (offset(parts.get(i), depth).orElseThrow() != i) {
                return false;
            }
        }
        Dim run = parts.get(0).extents().get(depth);
        return run.plus(Dim.of(parts.size() - 1))
                .equals(parts.get(0).node().shape().dim(depth));
    }
}
