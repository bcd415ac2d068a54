package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Optional;

/** {@code sum(broadcast(x)) → count * x}, where x repeats along every summed axis. */
final class SumRepeated extends StructuralRule {

    SumRepeated() {
        super("sum-broadcast", Contract.ROUNDING, gate -> gate == Reductions.SUM);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        if (!at.node().isReal()) {
            return Optional.empty();
        }
        List<Integer> axes = Reduction.axes(at.node());
        return Repetition.without(at.in(0), axes).map(term -> term.times(count(at, axes, term)));
    }

    private static Term count(Site at, List<Integer> axes, Term like) {
        Dim count = Dim.product(axes.stream().map(at.in(0).node().shape()::dim).toList());
        if (count.constant().isPresent()) {
            return like.constant((double) count.constant().getAsLong());
        }
        Node extent = at.graph().make(Arithmetic.TO_REAL, Leaf.extent(at.graph(), count));
        return new Term(at.graph(), extent).broadcast(like.node().shape(), List.of());
    }
}
