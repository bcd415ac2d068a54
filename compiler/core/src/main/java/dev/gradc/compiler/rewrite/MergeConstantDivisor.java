package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code (b * x) / a → (b / a) * x} and {@code a * (x / b) → (a / b) * x} for constants a and b, left alone where their
 * quotient overflows or underflows; and {@code x / a → (1 / a) * x} for powers of two, whose reciprocals are exact.
 */
final class MergeConstantDivisor extends StructuralRule {

    MergeConstantDivisor() {
        super(
                "merge-divisor",
                "(6 * x) / 3 => 2 * x, 6 * (x / 3) => 2 * x, x / 4 => x * 0.25",
                Contract.ROUNDING,
                gate -> gate == Arithmetic.DIVIDE || gate == Arithmetic.MULTIPLY);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        if (!at.node().isReal()) {
            return Optional.empty();
        }
        return at.node().is(Arithmetic.DIVIDE) ? quotient(at) : product(at);
    }

    private static Optional<Term> quotient(Site at) {
        OptionalDouble divisor = Leaf.constantValue(at.node().input(1));
        Node dividend = at.node().input(0);
        if (divisor.isEmpty()) {
            return Optional.empty();
        }
        for (int side = 0; side < 2 && dividend.is(Arithmetic.MULTIPLY); side++) {
            OptionalDouble factor = Leaf.constantValue(dividend.input(side));
            if (factor.isPresent()) {
                return scaled(at, dividend.input(1 - side), factor.getAsDouble() / divisor.getAsDouble());
            }
        }
        return isPowerOfTwo(divisor.getAsDouble()) ? scaled(at, dividend, 1 / divisor.getAsDouble()) : Optional.empty();
    }

    private static Optional<Term> product(Site at) {
        for (int side = 0; side < 2; side++) {
            OptionalDouble factor = Leaf.constantValue(at.node().input(side));
            Node quotient = at.node().input(1 - side);
            if (factor.isPresent() && quotient.is(Arithmetic.DIVIDE)) {
                OptionalDouble divisor = Leaf.constantValue(quotient.input(1));
                if (divisor.isPresent()) {
                    return scaled(at, quotient.input(0), factor.getAsDouble() / divisor.getAsDouble());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Term> scaled(Site at, Node node, double factor) {
        boolean isOrdinary = Math.abs(factor) > 1e-290 && Math.abs(factor) < 1e290;
        return isOrdinary ? Optional.of(new Term(at.graph(), node).times(factor)) : Optional.empty();
    }

    private static boolean isPowerOfTwo(double value) {
        return value != 0
                && Math.abs(value) != 1
                && Double.isFinite(value)
                && Math.scalb(1.0, Math.getExponent(value)) == Math.abs(value);
    }
}
