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
 * {@code sum(x * broadcast(s)) → sum(x) * s}, and the same for a quotient by s; where s repeats along some of the summed
 * axes only, x is summed along those first. A factor that varies along all summed axes stays, and so does a divisor further
 * inside, as in {@code sum((x / s) * (x / s))}: it may be what keeps the products from overflowing.
 */
final class PullFactorOutOfSum extends StructuralRule {

    PullFactorOutOfSum() {
        super(
                "factor-out-of-sum",
                "sum[j] x[i, j] * s[i] => s[i] * sum[j] x[i, j], and for a divisor s[i]",
                Contract.ROUNDING,
                gate -> gate == Reductions.SUM);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node input = at.node().input(0);
        if (!at.node().isReal() || !(input.is(Arithmetic.MULTIPLY) || input.is(Arithmetic.DIVIDE))) {
            return Optional.empty();
        }
        Optional<Term> pulled = pull(at, input, input.input(0), input.input(1));
        return pulled.isPresent() || input.is(Arithmetic.DIVIDE)
                ? pulled
                : pull(at, input, input.input(1), input.input(0));
    }

    private static Optional<Term> pull(Site at, Node input, Node left, Node factor) {
        List<Integer> axes = Reduction.axes(at.node());
        List<Integer> over =
                axes.stream().filter(axis -> Repetition.repeats(factor, axis)).toList();
        if (over.isEmpty()) {
            return Optional.empty();
        }
        Term outside = Repetition.without(new Term(at.graph(), factor), over).orElseThrow();
        Term sum = new Term(at.graph(), left).reduce(Reductions.SUM, over);
        Term result = input.is(Arithmetic.MULTIPLY) ? sum.times(outside) : sum.over(outside);
        List<Integer> rest = axes.stream()
                .filter(axis -> !over.contains(axis))
                .map(axis -> axis - (int) over.stream().filter(o -> o < axis).count())
                .toList();
        return Optional.of(result.reduce(Reductions.SUM, rest));
    }
}
