package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code sum(sum(x)) → sum(x)} over both sets of axes, and {@code sum(-x) → -sum(x)}. */
final class SumSums extends StructuralRule {

    SumSums() {
        super(
                "sum-sums",
                "sum(sum(x)) => sum(x), sum(-x) => -sum(x)",
                Contract.ROUNDING,
                gate -> gate == Reductions.SUM);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Term input = at.in(0);
        List<Integer> axes = Reduction.axes(at.node());
        Term inner = input.node().inputs().isEmpty()
                ? input
                : new Term(at.graph(), input.node().input(0));
        if (input.node().is(Arithmetic.NEGATE)) {
            return Optional.of(inner.reduce(Reductions.SUM, axes).negate());
        }
        if (!input.node().is(Reductions.SUM)) {
            return Optional.empty();
        }
        List<Integer> folded = Reduction.axes(input.node());
        List<Integer> kept = IntStream.range(0, inner.node().shape().rank())
                .filter(axis -> !folded.contains(axis))
                .boxed()
                .toList();
        List<Integer> all = new ArrayList<>(folded);
        axes.forEach(axis -> all.add(kept.get(axis)));
        return Optional.of(inner.reduce(Reductions.SUM, all));
    }
}
