package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code (scatter(a) + x) * y → scatter(a) * y + x * y} where far less lands than x has: what is linear in a sum with a
 * diagonal, or another small part, is computed of the part alone, and the rest keeps its own structure. A Hessian is such a
 * sum more often than not.
 */
final class DistributeOverLanding extends StructuralRule {

    DistributeOverLanding() {
        super(
                "distribute-landing",
                "(scatter(a) + x) * y => scatter(a) * y + x * y, and for quotients, sums and products",
                Contract.ROUNDING,
                DistributeOverLanding::isLinear);
    }

    private static boolean isLinear(Operation gate) {
        return gate == Arithmetic.MULTIPLY
                || gate == Arithmetic.DIVIDE
                || gate == Arithmetic.NEGATE
                || gate == View.VIEW
                || gate == Reductions.SUM
                || gate == Contraction.CONTRACT;
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node node = at.node();
        int inputs = node.is(Arithmetic.MULTIPLY) || node.is(Contraction.CONTRACT) ? 2 : 1;
        for (int input = 0; input < inputs; input++) {
            Optional<SmallPart> sum = SmallPart.of(at.in(input));
            if (sum.isPresent()) {
                Term part = of(at, input, sum.get().part());
                if (part.node().gate() != node.gate() || part.node().shape().isScalar()) {
                    Term rest = of(at, input, sum.get().rest());
                    return Optional.of(SmallPart.sum(
                            rest, sum.get().restNegated(), part, sum.get().partNegated()));
                }
            }
        }
        return Optional.empty();
    }

    /** The gate of {@code term} in place of the input. */
    private static Term of(Site at, int input, Term term) {
        List<Node> inputs = new ArrayList<>(at.node().inputs());
        inputs.set(input, term.node());
        return new Term(at.graph(), at.graph().make(at.node().gate(), at.node().attribute(), inputs));
    }
}
