package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code sum_k broadcast(x)[k] * y[k] → x * sum_k y[k]}: an operand that repeats along a summed label leaves it, and the
 * other operand is summed along it. A label that only one operand has is left alone.
 */
final class SumInsteadOfProduct extends StructuralRule {

    SumInsteadOfProduct() {
        super(
                "sum-instead-of-product",
                "sum[j] x[i] * A[i, j] => x[i] * sum[j] A[i, j] in a product",
                Contract.ROUNDING,
                gate -> gate == Contraction.CONTRACT);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Contraction.Labels labels = Contraction.labels(at.node());
        for (int side = 0; side < 2; side++) {
            List<Integer> own = side == 0 ? labels.left() : labels.right();
            List<Integer> other = side == 0 ? labels.right() : labels.left();
            for (int label : own) {
                if (!labels.out().contains(label) && other.contains(label)) {
                    Optional<Term> smaller = Repetition.without(at.in(side), List.of(own.indexOf(label)));
                    if (smaller.isPresent()) {
                        Term summed = at.in(1 - side).reduce(Reductions.SUM, List.of(other.indexOf(label)));
                        return Optional.of(contract(at, labels, label, side, smaller.get(), summed));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Term contract(Site at, Contraction.Labels labels, int label, int side, Term smaller, Term summed) {
        Contraction.Labels rest =
                new Contraction.Labels(without(labels.left(), label), without(labels.right(), label), labels.out());
        List<Node> inputs = side == 0 ? List.of(smaller.node(), summed.node()) : List.of(summed.node(), smaller.node());
        return new Term(at.graph(), at.graph().make(Contraction.CONTRACT, rest, inputs));
    }

    private static List<Integer> without(List<Integer> labels, int label) {
        List<Integer> rest = new ArrayList<>(labels);
        rest.remove(Integer.valueOf(label));
        return rest;
    }
}
