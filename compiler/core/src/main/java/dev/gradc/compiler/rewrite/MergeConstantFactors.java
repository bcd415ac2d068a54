package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.Optional;

/** {@code a * (b * x) → (a b) * x} for constants a and b; left alone where their product overflows or underflows. */
final class MergeConstantFactors extends StructuralRule {

    MergeConstantFactors() {
        super("merge-factors", "2 * (3 * x) => 6 * x", Contract.ROUNDING, gate -> gate == Arithmetic.MULTIPLY);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        for (int side = 0; side < 2; side++) {
            Node outer = at.node().input(side);
            Node product = at.node().input(1 - side);
            if (at.node().isReal() && Leaf.constantValue(outer).isPresent() && product.is(Arithmetic.MULTIPLY)) {
                return merge(at, Leaf.constantValue(outer).getAsDouble(), product);
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
}
