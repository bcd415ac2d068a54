package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Contraction.Labels;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code sum[i] x[i] * A[i, j] → sum[i] A[i, j] * x[i]}, with labels numbered as they appear: products that differ in the
 * order of operands or in the names of labels alone become the same node. Operands of equal rank keep their order.
 */
final class ProductOrder extends StructuralRule {

    ProductOrder() {
        super(
                "product-order",
                "sum[i] x[i] * A[i, j] => sum[i] A[i, j] * x[i]",
                Contract.BITWISE,
                gate -> gate == Contraction.CONTRACT);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Labels labels = Contraction.labels(at.node());
        boolean isTurned = labels.left().size() < labels.right().size();
        Labels ordered = numbered(
                isTurned ? labels.right() : labels.left(), isTurned ? labels.left() : labels.right(), labels.out());
        List<Node> inputs = isTurned
                ? List.of(at.node().input(1), at.node().input(0))
                : at.node().inputs();
        return ordered.equals(labels) && !isTurned
                ? Optional.empty()
                : Optional.of(new Term(at.graph(), at.graph().make(Contraction.CONTRACT, ordered, inputs)));
    }

    private static Labels numbered(List<Integer> left, List<Integer> right, List<Integer> out) {
        Map<Integer, Integer> numbers = new HashMap<>();
        left.forEach(label -> numbers.putIfAbsent(label, numbers.size()));
        right.forEach(label -> numbers.putIfAbsent(label, numbers.size()));
        return new Labels(renamed(left, numbers), renamed(right, numbers), renamed(out, numbers));
    }

    private static List<Integer> renamed(List<Integer> labels, Map<Integer, Integer> numbers) {
        return labels.stream().map(numbers::get).toList();
    }
}
