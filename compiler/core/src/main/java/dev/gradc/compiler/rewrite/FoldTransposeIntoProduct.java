package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code contract(x', y) → contract(x, y)} with x's labels permuted: a product reads its operands in any order of axes. */
final class FoldTransposeIntoProduct extends StructuralRule {

    FoldTransposeIntoProduct() {
        super(
                "fold-transpose",
                "A' @ B => sum[k] A[k, i] * B[k, j]",
                Contract.BITWISE,
                gate -> gate == Contraction.CONTRACT);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Contraction.Labels labels = Contraction.labels(at.node());
        Optional<List<Integer>> left = relabel(at.node().input(0), labels.left());
        Optional<List<Integer>> right = relabel(at.node().input(1), labels.right());
        if (left.isEmpty() && right.isEmpty()) {
            return Optional.empty();
        }
        Contraction.Labels permuted =
                new Contraction.Labels(left.orElse(labels.left()), right.orElse(labels.right()), labels.out());
        List<Node> inputs = List.of(
                left.isPresent() ? at.node().input(0).input(0) : at.node().input(0),
                right.isPresent() ? at.node().input(1).input(0) : at.node().input(1));
        return Optional.of(new Term(at.graph(), at.graph().make(Contraction.CONTRACT, permuted, inputs)));
    }

    /** The labels of what {@code operand} permutes; empty where it is no permutation. */
    private static Optional<List<Integer>> relabel(Node operand, List<Integer> labels) {
        if (!operand.is(View.VIEW)
                || operand.input(0).shape().rank() != operand.shape().rank()
                || !((IndexMap) operand.attribute())
                        .isBroadcast(operand.input(0).shape())) {
            return Optional.empty();
        }
        List<Integer> permuted = new ArrayList<>();
        for (Affine source : ((IndexMap) operand.attribute()).sources()) {
            OptionalInt axis = source.soleAxis();
            if (axis.isEmpty()) {
                return Optional.empty();
            }
            permuted.add(labels.get(axis.getAsInt()));
        }
        return Optional.of(permuted);
    }
}
