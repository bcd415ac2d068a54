package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * {@code sum over k of broadcast(A)[i, k, j] * broadcast(B)[i, k, j] → contract(A, B)}: a matrix product, however it was
 * written; a convolution is one of all windows with the kernels. A product of two tensors neither of which is spread stays a loop, which fuses with its neighbours; so does a
 * product with a vector of a matrix that is computed on the way.
 */
final class SumOfProductIsContraction extends StructuralRule {

    /** A factor before it was spread, and the axis of the product that each of its axes is. */
    private record Factor(Node node, List<Integer> axes) {
        private boolean isStored() {
            return node.is(Leaf.VARIABLE);
        }
    }

    SumOfProductIsContraction() {
        super(
                "product-as-contraction",
                "sum[k] A[i, k] * B[k, j] => A @ B",
                Contract.ROUNDING,
                gate -> gate == Reductions.SUM);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node product = at.node().input(0);
        if (!at.node().isReal() || !product.is(Arithmetic.MULTIPLY)) {
            return Optional.empty();
        }
        Optional<Factor> left = factor(at.graph(), product.input(0));
        Optional<Factor> right = factor(at.graph(), product.input(1));
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> summed = Reduction.axes(at.node());
        int rank = product.shape().rank();
        return isProduct(left.get(), right.get(), summed, rank)
                ? Optional.of(contraction(at, left.get(), right.get(), summed, rank))
                : Optional.empty();
    }

    private static boolean isProduct(Factor left, Factor right, List<Integer> summed, int rank) {
        boolean meet = left.axes().containsAll(summed) && right.axes().containsAll(summed);
        boolean leftIsSpread = left.axes().size() < rank;
        boolean rightIsSpread = right.axes().size() < rank;
        boolean pays = (leftIsSpread && rightIsSpread)
                || (leftIsSpread && right.isStored())
                || (rightIsSpread && left.isStored());
        return meet
                && pays
                && IntStream.range(0, rank)
                        .allMatch(axis ->
                                left.axes().contains(axis) || right.axes().contains(axis));
    }

    private static Term contraction(Site at, Factor left, Factor right, List<Integer> summed, int rank) {
        List<Integer> out = IntStream.range(0, rank)
                .filter(axis -> !summed.contains(axis))
                .boxed()
                .toList();
        Contraction.Labels labels = new Contraction.Labels(left.axes(), right.axes(), out);
        return new Term(at.graph(), at.graph().make(Contraction.CONTRACT, labels, List.of(left.node(), right.node())));
    }

    private static Optional<Factor> factor(NodeFactory graph, Node node) {
        if (!node.is(View.VIEW)) {
            List<Integer> axes = IntStream.range(0, node.shape().rank()).boxed().toList();
            return node.inputs().isEmpty() && !node.is(Leaf.VARIABLE)
                    ? Optional.empty()
                    : Optional.of(new Factor(node, axes));
        }
        IndexMap map = (IndexMap) node.attribute();
        if (!map.isBroadcast(node.input(0).shape())) {
            return window(graph, node, map);
        }
        List<Integer> axes = new ArrayList<>();
        for (Affine source : map.sources()) {
            OptionalInt axis = source.soleAxis();
            if (axis.isEmpty()) {
                return window(graph, node, map);
            }
            axes.add(axis.getAsInt());
        }
        return Optional.of(new Factor(node.input(0), axes));
    }

    /** A window or a slice that is spread along axes which no index depends on: the factor is the window without them. */
    private static Optional<Factor> window(NodeFactory graph, Node node, IndexMap map) {
        List<Integer> axes = IntStream.range(0, map.shape().rank())
                .filter(axis -> map.sources().stream()
                        .anyMatch(source -> !source.coefficients().get(axis).equals(Dim.ZERO)))
                .boxed()
                .toList();
        if (axes.size() == map.shape().rank()) {
            return Optional.empty();
        }
        List<Affine> sources = map.sources().stream()
                .map(source -> new Affine(
                        source.offset(),
                        axes.stream().map(source.coefficients()::get).toList()))
                .toList();
        Shape shape = new Shape(axes.stream().map(map.shape()::dim).toList());
        Node window = graph.make(View.VIEW, new IndexMap(sources, shape), node.inputs());
        return Optional.of(new Factor(window, axes));
    }
}
