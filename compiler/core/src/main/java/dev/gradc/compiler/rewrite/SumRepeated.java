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
import java.util.stream.IntStream;

/**
 * {@code sum(broadcast(x)) → broadcast(count * sum(x))}: what repeats along a summed axis is counted, and what repeats
 * along another is summed before it is repeated. Any count of zeros is zero.
 */
final class SumRepeated extends StructuralRule {

    SumRepeated() {
        super("sum-broadcast", "sum[j] x[i] => M * x[i]", Contract.ROUNDING, gate -> gate == Reductions.SUM);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        if (!at.node().isReal()) {
            return Optional.empty();
        }
        Term input = at.in(0);
        if (Leaf.isConstant(input.node(), 0)) {
            return Optional.of(at.constant(0));
        }
        List<Integer> summed = Reduction.axes(at.node());
        List<Integer> repeated = repeated(input);
        if (repeated.isEmpty()) {
            return Optional.empty();
        }
        Term source = Repetition.without(input, repeated).orElseThrow();
        List<Integer> counted = repeated.stream().filter(summed::contains).toList();
        List<Integer> left = IntStream.range(0, input.node().shape().rank())
                .filter(axis -> !repeated.contains(axis))
                .boxed()
                .toList();
        List<Integer> folded =
                summed.stream().filter(left::contains).map(left::indexOf).toList();
        Term sum = source.reduce(Reductions.SUM, folded);
        Term total = counted.isEmpty() ? sum : sum.times(count(at, counted, sum));
        List<Integer> kept = IntStream.range(0, input.node().shape().rank())
                .filter(axis -> !summed.contains(axis))
                .boxed()
                .toList();
        List<Integer> places =
                left.stream().filter(kept::contains).map(kept::indexOf).toList();
        return Optional.of(total.broadcast(at.node().shape(), places));
    }

    /** The axes along which {@code term} repeats. */
    private static List<Integer> repeated(Term term) {
        return IntStream.range(0, term.node().shape().rank())
                .filter(axis -> Repetition.repeats(term.node(), axis))
                .boxed()
                .toList();
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
