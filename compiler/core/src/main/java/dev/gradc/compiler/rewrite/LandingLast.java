package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import java.util.Optional;

/** {@code (x + scatter(a)) - y → (x - y) + scatter(a)} where far less lands than x has: what is small is added last. */
final class LandingLast extends StructuralRule {

    LandingLast() {
        super(
                "landing-last",
                "(x + scatter(a)) - y => (x - y) + scatter(a), for a far smaller than x",
                Contract.ROUNDING,
                gate -> gate == Arithmetic.ADD || gate == Arithmetic.SUBTRACT);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        boolean isOne = SmallPart.of(new Term(at.graph(), at.node())).isPresent();
        if (!at.node().isReal() || isOne) {
            return Optional.empty();
        }
        boolean isDifference = at.node().is(Arithmetic.SUBTRACT);
        for (int input = 0; input < 2; input++) {
            Optional<SmallPart> sum = SmallPart.of(at.in(input));
            if (sum.isPresent()) {
                boolean isSubtracted = isDifference && input == 1;
                boolean isOtherSubtracted = isDifference && input == 0;
                Term rest = SmallPart.sum(
                        at.in(1 - input),
                        isOtherSubtracted,
                        sum.get().rest(),
                        sum.get().restNegated() != isSubtracted);
                return Optional.of(
                        SmallPart.sum(rest, false, sum.get().part(), sum.get().partNegated() != isSubtracted));
            }
        }
        return Optional.empty();
    }
}
