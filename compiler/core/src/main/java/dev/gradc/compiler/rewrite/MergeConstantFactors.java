package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Node;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code a * (b * x) → (a b) * x} for constants a and b, left alone where their product overflows or underflows; and
 * {@code a * (x * broadcast(y)) → x * broadcast(a * y)}: the smaller factor takes the constant.
 */
final class MergeConstantFactors extends StructuralRule {

    MergeConstantFactors() {
        super(
                "merge-factors",
                "2 * (3 * x) => 6 * x, 2 * (x[i, j] * y[i]) => x[i, j] * (2 * y[i])",
                Contract.ROUNDING,
                gate -> gate == Arithmetic.MULTIPLY);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        for (int side = 0; side < 2; side++) {
            Node outer = at.node().input(side);
            Node product = at.node().input(1 - side);
            if (at.node().isReal() && Leaf.constantValue(outer).isPresent() && product.is(Arithmetic.MULTIPLY)) {
                double factor = Leaf.constantValue(outer).getAsDouble();
                return merge(at, factor, product).or(() -> intoSmaller(at, factor, product));
            }
        }
        return Optional.empty();
    }

    private static Optional<Term> merge(Site at, double factor, Node product) {
        for (int side = 0; side < 2; side++) {
            Node inner = product.input(side);
            if (Leaf.constantValue(inner).isPresent()) {
                double merged = factor * Leaf.constantValue(inner).getAsDouble();
                boolean ordinary = Math.abs(merged) > 1e-290 && Math.abs(merged) < 1e290;
                Term rest = new Term(at.graph(), product.input(1 - side));
                return ordinary ? Optional.of(rest.times(merged)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Term> intoSmaller(Site at, double factor, Node product) {
        for (int side = 0; side < 2; side++) {
            Node repeated = product.input(side);
            if (isRepeated(repeated)) {
                Term smaller = new Term(at.graph(), repeated.input(0)).times(factor);
                return Optional.of(new Term(at.graph(), product.input(1 - side))
                        .times(smaller.view((IndexMap) repeated.attribute())));
            }
        }
        return Optional.empty();
    }

    private static boolean isRepeated(Node node) {
        return node.is(View.VIEW)
                && ((IndexMap) node.attribute()).isBroadcast(node.input(0).shape())
                && IntStream.range(0, node.shape().rank()).anyMatch(axis -> Repetition.repeats(node, axis));
    }
}
