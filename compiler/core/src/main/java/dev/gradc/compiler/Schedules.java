package dev.gradc.compiler;

import dev.gradc.compiler.codegen.DerivedPlan;
import dev.gradc.compiler.concurrent.Crew;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.lower.Derivation;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Results;
import dev.gradc.compiler.schedule.Scheduler;
import dev.gradc.compiler.schedule.Vectors;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the programs of one model: at the same time, since none needs another, where that leaves the graph alone. */
final class Schedules implements AutoCloseable {

    private final NodeFactory graph;
    private final Vectors vectors;
    private final boolean isApart;
    private final Crew crew = new Crew();

    /** @param hasRecurrences whether there are any in {@code graph}: scheduling them makes nodes */
    Schedules(NodeFactory graph, Vectors vectors, boolean hasRecurrences) {
        this.graph = graph;
        this.vectors = vectors;
        this.isApart = !hasRecurrences;
    }

    Supplier<Program> fused(Results results) {
        return crew.start(isApart, () -> Scheduler.fused(graph, vectors, results));
    }

    Supplier<Program> forward(Scheduler.Split split) {
        return crew.start(isApart, () -> split.forward(graph, vectors));
    }

    Supplier<Program> backward(Scheduler.Split split) {
        return crew.start(isApart, () -> split.backward(graph, vectors));
    }

    /** @param results the outputs, and what {@code nodes} became */
    Supplier<DerivedPlan> derived(Derivation derivation, DerivedNodes nodes, Results results) {
        return crew.start(isApart, () -> {
            List<Node> own = results.gradients();
            Optional<DerivedPlan.Places> places =
                    derivation.kind().isSparse() ? places(own.subList(0, 2)) : Optional.empty();
            Results together = places.isEmpty() ? results : new Results(results.outputs(), own.subList(2, 3));
            return new DerivedPlan(derivation, Scheduler.fused(graph, vectors, together), own, places, nodes.vector());
        });
    }

    /** What computes {@code rowsAndColumns} apart; empty where other data than ints have a say in them, or a loop has. */
    private Optional<DerivedPlan.Places> places(List<Node> rowsAndColumns) {
        List<Node> nodes = Graph.reachable(rowsAndColumns);
        List<Node> variables = nodes.stream()
                .filter(node -> node.attribute() instanceof Leaf.Variable)
                .toList();
        boolean isOfInts = nodes.stream().noneMatch(node -> node.is(Scan.SCAN))
                && variables.stream().allMatch(node -> node.type().element() == ElementType.INT);
        return isOfInts
                ? Optional.of(new DerivedPlan.Places(
                        Scheduler.fused(graph, vectors, new Results(List.of(), rowsAndColumns)), variables))
                : Optional.empty();
    }

    @Override
    public void close() {
        crew.close();
    }
}
