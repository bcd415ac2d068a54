package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.Optional;

/** {@code (x - y) * (x - y)} and {@code (y - x) * (y - x)}, which are equal, become the same node: with the older minuend. */
final class SquareOfDifference extends StructuralRule {

    SquareOfDifference() {
        super(
                "square-of-difference",
                "(y - x) * (y - x) => (x - y) * (x - y), so that both are computed once",
                Contract.BITWISE,
                gate -> gate == Arithmetic.MULTIPLY);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node difference = at.node().input(0);
        boolean isTurned = difference == at.node().input(1)
                && difference.is(Arithmetic.SUBTRACT)
                && difference.input(0).id() > difference.input(1).id();
        if (!isTurned) {
            return Optional.empty();
        }
        Term turned = new Term(at.graph(), difference.input(1)).minus(new Term(at.graph(), difference.input(0)));
        return Optional.of(turned.times(turned));
    }
}
