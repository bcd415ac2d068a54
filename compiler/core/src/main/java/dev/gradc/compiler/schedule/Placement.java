package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the roots that must live in memory: read where their loops have moved on, or in another method, or by a kernel,
 * or accumulated element by element. All others are local variables.
 */
final class Placement {

    private final Reads reader;
    private final Set<Node> memory;
    private final Set<Node> locals = NodeMap.newSet();
    private final Map<Node, List<IndexExpr>> inScope = new HashMap<>();

    private Placement(Reads reader, Set<Node> persistent) {
        this.reader = reader;
        this.memory = new LinkedHashSet<>(persistent);
    }

    /** @param persistent roots that outlive the program */
    static Placement of(List<List<Item>> methods, Reads reader, Set<Node> persistent) {
        Placement placement = new Placement(reader, persistent);
        for (List<Item> method : methods) {
            placement.inScope.clear();
            placement.visit(method);
        }
        placement.memory.removeIf(node -> !reader.isRoot(node));
        return placement;
    }

    /** The roots that live in memory. */
    Set<Node> memory() {
        return memory;
    }

    /** The roots read as local variables. */
    Set<Node> locals() {
        return locals;
    }

    private void visit(List<Item> body) {
        Set<Node> local = new LinkedHashSet<>();
        for (Item item : body) {
            if (item instanceof Loop loop) {
                visit(loop.body());
                loop.accumulating().forEach(statement -> define(statement, local));
            } else {
                for (Reads.Read read : reader.of(item)) {
                    if (!read.index().equals(inScope.get(read.source())) || readsWholeTensors(item)) {
                        memory.add(read.source());
                    } else {
                        locals.add(read.source());
                    }
                }
                if (readsWholeTensors(item)) {
                    memory.addAll(Items.defined(item));
                } else if (item instanceof Statement s && !s.accumulates()) {
                    define(s, local);
                }
            }
        }
        inScope.keySet().removeAll(local);
    }

    private static boolean readsWholeTensors(Item item) {
        return item instanceof KernelCall || item instanceof Recurrence;
    }

    private void define(Statement statement, Set<Node> local) {
        if (statement.node().gate().kind() == Gate.Kind.SCATTER
                || (statement.accumulates() && !statement.hasScalarAccumulator())) {
            memory.add(statement.node());
            return;
        }
        inScope.put(statement.node(), statement.outputIndex());
        local.add(statement.node());
    }
}
