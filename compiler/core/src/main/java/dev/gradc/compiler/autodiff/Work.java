package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Estimates of work, to weigh two ways to the same value against each other. */
final class Work {

    /** What a runtime dim is taken for. */
    private static final double TYPICAL_EXTENT = 1000;

    private Work() {}

    /** About how many operations {@code node} takes beyond those of {@code known}, which are there already. */
    static double of(Node node, Set<Node> known) {
        return of(List.of(node), known);
    }

    private static double of(List<Node> roots, Set<Node> known) {
        double work = 0;
        Set<Scan.Body> loops = new HashSet<>();
        for (Node node : Graph.reachable(roots, below -> !known.contains(below))) {
            if (!node.is(Scan.SCAN)) {
                work += own(node);
            } else if (loops.add(Scan.body(node))) {
                work += loop(node);
            }
        }
        return work;
    }

    private static double own(Node node) {
        return switch (node.gate().kind()) {
            case LEAF, LAYOUT, GATHER -> 0;
            case REDUCTION, SCATTER -> size(node.input(0).shape().dims());
            case CONTRACTION ->
                2
                        * size(Contraction.extents(Contraction.labels(node), node.inputs())
                                .values());
            case KERNEL -> Math.pow(size(node.input(0).shape().dims()), 1.5);
            case POINTWISE, PACK, CUSTOM, SCAN -> size(node.shape().dims());
        };
    }

    private static double loop(Node node) {
        List<Node> results = new ArrayList<>(Scan.body(node).next());
        if (node.attribute() instanceof Scan.Sequence sequence) {
            results.add(sequence.node());
        }
        return Scan.body(node).count().typical(TYPICAL_EXTENT) * of(results, Set.of());
    }

    /** About how many elements a tensor of these extents has. */
    static double size(Iterable<Dim> dims) {
        return Dim.product(dims).typical(TYPICAL_EXTENT);
    }
}
