package dev.gradc.compiler.schedule;

import dev.gradc.compiler.cost.Costs;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Scatter;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import dev.gradc.compiler.ir.Reached;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Permutes the axes of contractions that are matrix products but for their order: convolutions over windows, attention
 * heads, sums in index notation. Copies of the operands in the order of a product, then the product and a view of its
 * result, take far less time than loops over all labels: where each copied number goes into at least
 * {@value #LEAST_REUSE} multiplications. Of several orders it takes the one whose copies have the longest rows of neighbours.
 */
public final class ProductLayout {

    private static final double LEAST_REUSE = 4;

    /** What the call for a row of neighbours costs, and each of them, where copying a number on its own costs 1. */
    private static final double CALL = 6;

    private static final double IN_ROW = 0.07;

    /** An order of labels for a product, and what it costs to get it, in numbers copied on their own. */
    private record Layout(Contraction.Labels labels, double copied) {}

    /** Where the elements of a tensor land in one of {@code shape}. */
    private record Landing(IndexMap map, Shape shape) {}

    /**
     * How the labels of a product may be ordered.
     *
     * @param swapped whether the right operand's labels are the rows
     * @param innerOfRight whether the summed labels are in the order of the right operand, not of the left
     * @param innerFirstInLeft whether they are before the left operand's own
     * @param innerFirstInRight whether they are before the right operand's own
     */
    private record Order(boolean swapped, boolean innerOfRight, boolean innerFirstInLeft, boolean innerFirstInRight) {

        /** All sixteen. */
        static final List<Order> ALL = IntStream.range(0, 16)
                .mapToObj(bits -> new Order((bits & 8) > 0, (bits & 4) > 0, (bits & 2) > 0, (bits & 1) > 0))
                .toList();
    }

    private ProductLayout() {}

    /** The nodes {@code reached}, old node to new, with contractions in the order of products where that pays. */
    public static Map<Node, Node> apply(NodeFactory graph, Reached reached) {
        Map<Node, Node> made = new NodeMap<>();
        Map<Node, Landing> landings = landings(reached);
        for (Node node : reached.nodes()) {
            Node moved = Graph.with(graph, node, made);
            Optional<Landing> landing = Optional.ofNullable(landings.get(node));
            made.put(node, moved.is(Contraction.CONTRACT) ? ordered(graph, moved, landing) : moved);
        }
        return made;
    }

    /** Where contractions land as parts of scatters. */
    private static Map<Node, Landing> landings(Reached reached) {
        Map<Node, Landing> landings = new NodeMap<>();
        for (Node node : reached.nodes()) {
            if (node.is(Scatter.SCATTER)) {
                List<Scatter.Part> parts = Scatter.target(node).parts();
                for (int part = 0; part < parts.size(); part++) {
                    landings.put(
                            node.input(part),
                            new Landing(parts.get(part).selection().map(), node.shape()));
                }
            }
        }
        return landings;
    }

    private static Node ordered(NodeFactory graph, Node node, Optional<Landing> landing) {
        if (KernelCall.of(node).isPresent()) {
            return node;
        }
        Contraction.Labels labels = Contraction.labels(node);
        List<Integer> all =
                List.copyOf(Contraction.extents(labels, node.inputs()).keySet());
        List<Integer> rows = those(all, labels, true, false, true);
        List<Integer> columns = those(all, labels, false, true, true);
        List<Integer> inner = those(all, labels, true, true, false);
        if (rows.isEmpty() || columns.isEmpty() || inner.isEmpty()) {
            return node;
        }
        Layout best = null;
        for (Order order : Order.ALL) {
            Layout layout = layout(node, order, landing);
            best = best == null || layout.copied() < best.copied() ? layout : best;
        }
        double multiplications = Costs.nominal(Dim.product(
                List.copyOf(Contraction.extents(labels, node.inputs()).values())));
        return multiplications >= LEAST_REUSE * best.copied() ? product(graph, node, best) : node;
    }

    /** Those of {@code from} that are labels of the operands and the result as the flags say. */
    private static List<Integer> those(
            List<Integer> from, Contraction.Labels labels, boolean left, boolean right, boolean out) {
        return from.stream()
                .filter(label -> labels.left().contains(label) == left
                        && labels.right().contains(label) == right
                        && labels.out().contains(label) == out)
                .toList();
    }

    private static Layout layout(Node node, Order order, Optional<Landing> landing) {
        Contraction.Labels labels = Contraction.labels(node);
        List<Integer> batch = those(labels.out(), labels, true, true, true);
        List<Integer> left = those(labels.out(), labels, true, false, true);
        List<Integer> right = those(labels.out(), labels, false, true, true);
        List<Integer> inner = (order.innerOfRight() ? labels.right() : labels.left())
                .stream().filter(label -> !labels.out().contains(label)).toList();
        List<Integer> newLeft = order.innerFirstInLeft() ? joined(batch, inner, left) : joined(batch, left, inner);
        List<Integer> newRight = order.innerFirstInRight() ? joined(batch, inner, right) : joined(batch, right, inner);
        List<Integer> out = order.swapped() ? joined(batch, right, left) : joined(batch, left, right);
        double copied = operandCost(node.input(0), labels.left(), newLeft)
                + operandCost(node.input(1), labels.right(), newRight)
                + landing.map(to -> landingCost(node.shape(), out, labels.out(), to))
                        .orElseGet(() -> resultCost(node.shape(), out, labels.out()));
        return new Layout(new Contraction.Labels(newLeft, newRight, out), copied);
    }

    /** What it costs to have {@code operand}, whose axes are {@code labels}, in the order {@code wanted}. */
    private static double operandCost(Node operand, List<Integer> labels, List<Integer> wanted) {
        IndexMap map = permutation(operand.shape(), labels, wanted);
        if (operand.is(View.VIEW)) {
            return copyCost(
                    ((IndexMap) operand.attribute()).compose(map),
                    operand.input(0).shape());
        }
        return labels.equals(wanted) ? 0 : copyCost(map, operand.shape());
    }

    /** What it costs to have a tensor of {@code shape}, whose axes are {@code wanted}, where they come as {@code labels}. */
    private static double resultCost(Shape shape, List<Integer> labels, List<Integer> wanted) {
        if (labels.equals(wanted)) {
            return 0;
        }
        Shape made = new Shape(
                labels.stream().map(label -> shape.dim(wanted.indexOf(label))).toList());
        return copyCost(permutation(made, labels, wanted), made);
    }

    /** What it costs to have a tensor of {@code shape} land whose axes come as {@code made} and not as {@code natural}. */
    private static double landingCost(Shape shape, List<Integer> made, List<Integer> natural, Landing landing) {
        IndexMap order = permutation(shape, natural, made);
        return copyCost(landing.map().compose(order), landing.shape());
    }

    /** What a copy by {@code map} of a tensor of {@code shape} costs: neighbours go together. */
    private static double copyCost(IndexMap map, Shape shape) {
        Dim step = Dim.ZERO;
        int last = map.shape().rank() - 1;
        for (int axis = 0; axis < shape.rank(); axis++) {
            step = step.plus(map.sources().get(axis).coefficients().get(last).times(shape.stride(axis)));
        }
        double row = step.equals(Dim.ONE) ? Costs.nominal(map.shape().dim(last)) : 1;
        return Costs.nominal(map.shape().size()) * Math.min(1, CALL / row + IN_ROW);
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
        IndexMap map = permutation(node.shape(), labels, wanted);
        return node.is(View.VIEW)
                ? graph.make(View.VIEW, ((IndexMap) node.attribute()).compose(map), List.of(node.input(0)))
                : graph.make(View.VIEW, map, List.of(node));
    }

    private static IndexMap permutation(Shape shape, List<Integer> labels, List<Integer> wanted) {
        return IndexMap.permutation(shape, wanted.stream().map(labels::indexOf).toList());
    }
}
