package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Optional;

/**
 * {@code sum(x * broadcast(s)) → sum(x) * s}, and the same for a quotient by s. A factor that varies along a summed axis
 * stays.
 */
final class PullFactorOutOfSum extends StructuralRule {

    PullFactorOutOfSum() {
        super("factor-out-of-sum", Contract.ROUNDING, gate -> gate == Reductions.SUM);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node input = at.node().input(0);
        List<Integer> axes = Reduction.axes(at.node());
        if (!at.node().isReal() || !(input.is(Arithmetic.MULTIPLY) || input.is(Arithmetic.DIVIDE))) {
            return Optional.empty();
        }
        Term left = new Term(at.graph(), input.input(0));
        Term right = new Term(at.graph(), input.input(1));
        Optional<Term> factor = Repetition.without(right, axes);
        if (factor.isPresent()) {
            Term sum = left.reduce(Reductions.SUM, axes);
            return Optional.of(input.is(Arithmetic.MULTIPLY) ? sum.times(factor.get()) : sum.over(factor.get()));
        }
        return input.is(Arithmetic.MULTIPLY)
                ? Repetition.without(left, axes)
                        .map(f -> right.reduce(Reductions.SUM, axes).times(f))
                : Optional.empty();
    }
}
