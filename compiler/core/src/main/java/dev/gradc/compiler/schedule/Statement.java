package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The computation of one root inside a loop nest, or of one part of a scatter.
 *
 * @param node the root
 * @param part the input of a scatter that lands; 0 for other gates
 * @param extents its iteration space, outermost first: a loop an axis
 * @param folded for each axis, whether the output is accumulated along it
 */
public record Statement(Node node, int part, List<Dim> extents, List<Boolean> folded) implements Item {

    /** By what tells statements apart: the extents follow from the node. */
    @Override
    public int hashCode() {
        return 31 * node.hashCode() + part;
    }

    /** The statements that compute {@code node}: one, but for a scatter one for each part. */
    static List<Statement> all(Node node) {
        if (node.gate().kind() != Gate.Kind.SCATTER) {
            return List.of(of(node));
        }
        List<Statement> parts = new ArrayList<>();
        for (int part = 0; part < Scatter.target(node).parts().size(); part++) {
            List<Dim> extents = axisOrder(node, part).stream()
                    .map(node.input(part).shape()::dim)
                    .toList();
            parts.add(new Statement(node, part, extents, Collections.nCopies(extents.size(), false)));
        }
        return parts;
    }

    /**
     * The axes of a part of a scatter as its loops nest: as what lands lies in memory, which its producer's loops do, too,
     * unless the innermost would not be one along which neighbours in the scatter lie.
     */
    private static List<Integer> axisOrder(Node scatter, int part) {
        Node landing = scatter.input(part);
        IndexMap map = Scatter.target(scatter).parts().get(part).selection().map();
        List<Integer> axes = IntStream.range(0, map.shape().rank()).boxed().toList();
        List<Integer> order = landing.is(View.VIEW) ? sorted(axes, (IndexMap) landing.attribute()) : axes;
        List<Integer> sorted = sorted(order, map);
        int last = order.size() - 1;
        boolean isNatural = last < 0 || lastMoved(map, order.get(last)) == lastMoved(map, sorted.get(last));
        return isNatural ? order : sorted;
    }

    /** {@code axes} of the space of {@code map} by what they move along. */
    private static List<Integer> sorted(List<Integer> axes, IndexMap map) {
        return axes.stream()
                .sorted(Comparator.comparingInt(axis -> lastMoved(map, axis)))
                .toList();
    }

    /** The last axis that {@code axis} of the map's space moves along; -1 for none. */
    private static int lastMoved(IndexMap map, int axis) {
        int last = -1;
        for (int target = 0; target < map.sources().size(); target++) {
            if (!map.sources().get(target).coefficients().get(axis).equals(Dim.ZERO)) {
                last = target;
            }
        }
        return last;
    }

    /** The statement that computes {@code node}, which is no scatter. */
    static Statement of(Node node) {
        return switch (node.gate().kind()) {
            case LEAF, POINTWISE, LAYOUT, GATHER, SCAN -> uniform(node);
            case KERNEL, CUSTOM, PACK, SCATTER -> throw new IllegalStateException("not looped over: " + node);
            case REDUCTION -> reduction(node);
            case CONTRACTION -> contraction(node);
        };
    }

    private static Statement uniform(Node node) {
        return new Statement(
                node, 0, node.shape().dims(), Collections.nCopies(node.shape().rank(), false));
    }

    private static Statement reduction(Node node) {
        List<Integer> axes = Reduction.axes(node);
        List<Dim> extents = new ArrayList<>();
        List<Boolean> folded = new ArrayList<>();
        for (int axis : axisOrder(node)) {
            extents.add(node.input(0).shape().dim(axis));
            folded.add(axes.contains(axis));
        }
        return new Statement(node, 0, extents, folded);
    }

    /**
     * The input's axes as a reduction's loops nest: as in memory, but folded ones innermost where a position is sought,
     * which takes a scalar accumulator.
     */
    static List<Integer> axisOrder(Node reduction) {
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < reduction.input(0).shape().rank(); axis++) {
            order.add(axis);
        }
        if (((Reduction) reduction.gate()).isPositional()) {
            List<Integer> axes = Reduction.axes(reduction);
            order.removeAll(axes);
            order.addAll(axes);
        }
        return order;
    }

    /** The loops over all labels of the contraction {@code node}. */
    public static Statement contraction(Node node) {
        Map<Integer, Dim> byLabel = Contraction.extents(Contraction.labels(node), node.inputs());
        List<Dim> extents = new ArrayList<>();
        List<Boolean> folded = new ArrayList<>();
        for (int label : labelOrder(node)) {
            extents.add(byLabel.get(label));
            folded.add(folded.size() >= node.shape().rank());
        }
        return new Statement(node, 0, extents, folded);
    }

    /** The labels of a contraction as its loops nest: the output's, then the summed ones. */
    public static List<Integer> labelOrder(Node contraction) {
        Contraction.Labels labels = Contraction.labels(contraction);
        List<Integer> order = new ArrayList<>(labels.out());
        for (int label : Contraction.extents(labels, contraction.inputs()).keySet()) {
            if (!order.contains(label)) {
                order.add(label);
            }
        }
        return order;
    }

    /** The index inside the loops of the element of a scatter's part that lands. */
    public List<IndexExpr> landingIndex() {
        List<Integer> order = axisOrder(node, part);
        return IntStream.range(0, order.size())
                .mapToObj(axis -> IndexExpr.axis(order.indexOf(axis)))
                .toList();
    }

    /** The index of the output element inside the loops. */
    public List<IndexExpr> outputIndex() {
        if (node.gate().kind() == Gate.Kind.SCATTER) {
            return Reads.selected(node, Scatter.target(node).parts().get(part).selection(), landingIndex());
        }
        if (!accumulates()) {
            return IndexExpr.axes(extents.size());
        }
        List<IndexExpr> index = new ArrayList<>();
        for (int axis = 0; axis < extents.size(); axis++) {
            if (!folded.get(axis)) {
                index.add(IndexExpr.axis(axis));
            }
        }
        return index;
    }

    /** The depth at which accumulation starts; the number of axes where nothing is accumulated. */
    public int firstFolded() {
        int first = folded.indexOf(true);
        return first < 0 ? extents.size() : first;
    }

    /** Whether results are added up in place along folded axes. */
    public boolean accumulates() {
        return firstFolded() < extents.size();
    }

    /** Whether it adds up one scalar. */
    public boolean isSum() {
        boolean adds = node.gate() instanceof Reduction reduction
                ? reduction.combiner() == Arithmetic.ADD && !reduction.isPositional()
                : node.gate().kind() == Gate.Kind.CONTRACTION;
        return adds && accumulates() && hasScalarAccumulator();
    }

    /** What combines the value of an iteration with what is there; empty where it takes its place. */
    public Optional<Pointwise> combiner() {
        if (accumulates() && node.gate() instanceof Reduction reduction) {
            return Optional.of(reduction.combiner());
        }
        return accumulates() || adds() ? Optional.of(Arithmetic.ADD) : Optional.empty();
    }

    /** Whether it is a part of a scatter that is added to what is there. */
    public boolean adds() {
        return node.gate().kind() == Gate.Kind.SCATTER
                && !Scatter.target(node).parts().get(part).stored();
    }

    /** Whether the accumulator is one scalar: all axes from the first folded one on are folded. */
    public boolean hasScalarAccumulator() {
        return accumulates() && !folded.subList(firstFolded(), folded.size()).contains(false);
    }
}
