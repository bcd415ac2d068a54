package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Graph to programs: which nodes are computed, in which loops, in which order, and what lives in memory. */
public final class Scheduler {

    private Scheduler() {}

    /** One program that leaves all of {@code results}. */
    public static Program fused(Results results) {
        Set<Node> roots = Roots.choose(results.all());
        return program(roots, roots, new HashSet<>(results.all()));
    }

    /** Two programs: one that leaves the outputs and what the other needs, and one that leaves the gradients. */
    public static Split split(Results results) {
        Set<Node> roots = Roots.choose(results.all());
        Set<Node> primal = new HashSet<>(Graph.reachable(results.outputs()));
        Set<Node> forward = new LinkedHashSet<>(roots);
        forward.retainAll(primal);
        Set<Node> backward = new LinkedHashSet<>(roots);
        backward.removeAll(primal);
        Set<Node> kept = new LinkedHashSet<>(results.outputs());
        Reads reads = new Reads(roots);
        for (Node node : backward) {
            reads.of(item(node)).stream()
                    .map(Reads.Read::source)
                    .filter(forward::contains)
                    .forEach(kept::add);
        }
        Set<Node> gradients = new LinkedHashSet<>(results.gradients());
        gradients.addAll(kept);
        return new Split(program(forward, roots, kept), program(backward, roots, gradients), kept);
    }

    /**
     * Forward and backward.
     *
     * @param kept what forward leaves: outputs, and what every later backward reads
     */
    public record Split(Program forward, Program backward, Set<Node> kept) {}

    private static Program program(Set<Node> computed, Set<Node> roots, Set<Node> persistent) {
        List<Item> items = new ArrayList<>();
        computed.forEach(node -> items.add(item(node)));
        Reads reads = new Reads(roots);
        List<List<Item>> methods = methods(new LoopFusion(reads).fuse(items), roots);
        Placement placement = Placement.of(methods, reads, persistent);
        return new Program(methods, roots, placement.memory(), placement.locals());
    }

    private static Item item(Node node) {
        return KernelCall.of(node).map(Item.class::cast).orElseGet(() -> Statement.of(node));
    }

    private static List<List<Item>> methods(List<Item> items, Set<Node> roots) {
        List<List<Item>> methods = new ArrayList<>();
        int weight = Integer.MAX_VALUE;
        for (Item item : items) {
            int more = Weights.of(item, roots);
            if (methods.isEmpty() || weight + more > Weights.METHOD_BUDGET) {
                methods.add(new ArrayList<>());
                weight = 0;
            }
            methods.get(methods.size() - 1).add(item);
            weight += more;
        }
        return methods;
    }
}
