package dev.gradc.compiler.schedule;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import dev.gradc.compiler.ir.Reached;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Permutes the axes of contractions that are matrix products but for their order: convolutions over windows, attention
 * heads, sums in index notation. Copies of the operands in the order of a product, then the product and a view of its
 * result, take far less time than loops over all labels: where each copied number goes into at least
 * {@value #LEAST_REUSE} multiplications.
 */
public final class ProductLayout {

    private static final double LEAST_REUSE = 4;

    /** An order of labels for a product, and how many numbers are copied to get it. */
    private record Layout(Contraction.Labels labels, double copied) {}

    private ProductLayout() {}

    /** The nodes {@code reached}, old node to new, with contractions in the order of products where that pays. */
    public static Map<Node, Node> apply(NodeFactory graph, Reached reached) {
        Map<Node, Node> made = new NodeMap<>();
        for (Node node : reached.nodes()) {
            Node moved = Graph.with(graph, node, made);
            made.put(node, moved.is(Contraction.CONTRACT) ? ordered(graph, moved) : moved);
        }
        return made;
    }

    private static Node ordered(NodeFactory graph, Node node) {
        if (KernelCall.of(node).isPresent()) {
            return node;
        }
        Contraction.Labels labels = Contraction.labels(node);
        List<Integer> all =
                List.copyOf(Contraction.extents(labels, node.inputs()).keySet());
        List<Integer> rows = all.stream()
                .filter(label -> isIn(label, labels, true, false, true))
                .toList();
        List<Integer> columns = all.stream()
                .filter(label -> isIn(label, labels, false, true, true))
                .toList();
        List<Integer> inner = all.stream()
                .filter(label -> isIn(label, labels, true, true, false))
                .toList();
        if (rows.isEmpty() || columns.isEmpty() || inner.isEmpty()) {
            return node;
        }
        Layout best = Stream.of(
                        layout(node, false, labels.left()),
                        layout(node, false, labels.right()),
                        layout(node, true, labels.left()),
                        layout(node, true, labels.right()))
                .min(Comparator.comparingDouble(Layout::copied))
                .orElseThrow();
        double multiplications = Costs.nominal(Dim.product(
                List.copyOf(Contraction.extents(labels, node.inputs()).values())));
        return multiplications >= LEAST_REUSE * best.copied() ? product(graph, node, best) : node;
    }

    private static boolean isIn(int label, Contraction.Labels labels, boolean left, boolean right, boolean out) {
        return labels.left().contains(label) == left
                && labels.right().contains(label) == right
                && labels.out().contains(label) == out;
    }

    /**
     * A layout.
     *
     * @param swapped whether the right operand's labels are the rows
     * @param order labels whose order the summed ones take
     */
    private static Layout layout(Node node, boolean swapped, List<Integer> order) {
        Contraction.Labels labels = Contraction.labels(node);
        List<Integer> batch = labels.out().stream()
                .filter(label -> isIn(label, labels, true, true, true))
                .toList();
        List<Integer> left = labels.out().stream()
                .filter(label -> isIn(label, labels, true, false, true))
                .toList();
        List<Integer> right = labels.out().stream()
                .filter(label -> isIn(label, labels, false, true, true))
                .toList();
        List<Integer> inner =
                order.stream().filter(label -> !labels.out().contains(label)).toList();
        List<Integer> newLeft = fitting(labels.left(), batch, left, inner);
        List<Integer> newRight = fitting(labels.right(), batch, right, inner);
        List<Integer> out = swapped ? joined(batch, right, left) : joined(batch, left, right);
        double copied = (newLeft.equals(labels.left()) ? 0 : Costs.elements(node.input(0)))
                + (newRight.equals(labels.right()) ? 0 : Costs.elements(node.input(1)))
                + (out.equals(labels.out()) ? 0 : Costs.elements(node));
        return new Layout(new Contraction.Labels(newLeft, newRight, out), copied);
    }

    /**
     * An operand's labels with own and summed ones apart: first those that have the operand's first axis, which keeps the
     * order if it fits, and is the same order whichever of them a product sums over.
     */
    private static List<Integer> fitting(
            List<Integer> labels, List<Integer> batch, List<Integer> own, List<Integer> inner) {
        int first = labels.stream()
                .filter(label -> !batch.contains(label))
                .findFirst()
                .orElseThrow();
        return own.contains(first) ? joined(batch, own, inner) : joined(batch, inner, own);
    }

    private static List<Integer> joined(List<Integer> first, List<Integer> second, List<Integer> third) {
        List<Integer> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }

    private static Node product(NodeFactory graph, Node node, Layout layout) {
        Contraction.Labels labels = Contraction.labels(node);
        Node left =
                permuted(graph, node.input(0), labels.left(), layout.labels().left());
        Node right =
                permuted(graph, node.input(1), labels.right(), layout.labels().right());
        Node product = graph.make(Contraction.CONTRACT, layout.labels(), List.of(left, right));
        return permuted(graph, product, layout.labels().out(), labels.out());
    }

    /** {@code node}, whose axes are {@code labels}, with its axes in the order {@code wanted}. */
    private static Node permuted(NodeFactory graph, Node node, List<Integer> labels, List<Integer> wanted) {
        if (labels.equals(wanted)) {
            return node;
        }
        IndexMap map = IndexMap.permutation(
                node.shape(), wanted.stream().map(labels::indexOf).toList());
        return node.is(View.VIEW)
                ? graph.make(View.VIEW, ((IndexMap) node.attribute()).compose(map), List.of(node.input(0)))
                : graph.make(View.VIEW, map, List.of(node));
    }
}
