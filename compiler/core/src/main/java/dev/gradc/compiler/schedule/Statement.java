package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The computation of one root inside a loop nest, or of one part of a pack.
 *
 * @param node the root
 * @param part the input of a pack that is stored; 0 for other gates
 * @param extents its iteration space, outermost first: a loop an axis
 * @param folded for each axis, whether the output is accumulated along it
 */
public record Statement(Node node, int part, List<Dim> extents, List<Boolean> folded) implements Item {

    /** The statements that compute {@code node}: one, but for a pack one for each part. */
    static List<Statement> all(Node node) {
        if (node.gate().kind() != Gate.Kind.PACK) {
            return List.of(of(node));
        }
        List<Statement> parts = new ArrayList<>();
        for (int part = 0; part < node.inputs().size(); part++) {
            List<Dim> extents = node.input(part).shape().dims();
            parts.add(new Statement(node, part, extents, Collections.nCopies(extents.size(), false)));
        }
        return parts;
    }

    /** The statement that computes {@code node}, which is no pack. */
    static Statement of(Node node) {
        return switch (node.gate().kind()) {
            case LEAF, POINTWISE, LAYOUT, GATHER -> uniform(node, node.shape().dims(), false);
            case SCATTER -> uniform(node, node.input(0).shape().dims(), true);
            case SCAN -> uniform(node, node.shape().dims(), false);
            case KERNEL, CUSTOM, PACK -> throw new IllegalStateException("not looped over: " + node);
            case REDUCTION -> reduction(node);
            case CONTRACTION -> contraction(node);
        };
    }

    private static Statement uniform(Node node, List<Dim> extents, boolean folded) {
        return new Statement(node, 0, extents, Collections.nCopies(extents.size(), folded));
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

    /** The index of the output element inside the loops; not for a scatter, which lands where its map says. */
    public List<IndexExpr> outputIndex() {
        if (node.gate().kind() == Gate.Kind.PACK) {
            List<IndexExpr> axes = IndexExpr.axes(extents.size());
            return Pack.target(node).maps().get(part).sources().stream()
                    .map(source -> IndexExpr.apply(source, axes))
                    .toList();
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

    /** Whether results are added up in place: along folded axes, or where a scatter lands. */
    public boolean accumulates() {
        return node.gate().kind() == Gate.Kind.SCATTER || firstFolded() < extents.size();
    }

    /** Whether the accumulator is one scalar: all axes from the first folded one on are folded, none lands elsewhere. */
    public boolean hasScalarAccumulator() {
        boolean lands = node.gate().kind() == Gate.Kind.SCATTER;
        return firstFolded() < extents.size()
                && !lands
                && !folded.subList(firstFolded(), folded.size()).contains(false);
    }
}
