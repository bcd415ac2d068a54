package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code log(broadcast(x)) → broadcast(log(x))}: a function of one argument that costs more than arithmetic is computed
 * once, not along each axis that its argument repeats on. Arithmetic stays, to be computed where it is used.
 */
final class GateBeforeRepeat extends StructuralRule {

    GateBeforeRepeat() {
        super(
                "gate-before-repeat",
                "log(expand(x, 1)) => expand(log(x), 1), for functions dearer than arithmetic",
                Contract.BITWISE,
                gate -> gate instanceof Pointwise pointwise && pointwise.arity() == 1 && pointwise.isExpensive());
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Term input = at.in(0);
        int rank = input.node().shape().rank();
        List<Integer> repeated = IntStream.range(0, rank)
                .filter(axis -> Repetition.repeats(input.node(), axis))
                .boxed()
                .toList();
        if (repeated.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> kept = IntStream.range(0, rank)
                .filter(axis -> !repeated.contains(axis))
                .boxed()
                .toList();
        return Repetition.without(input, repeated)
                .map(smaller ->
                        smaller.apply(at.node().gate()).broadcast(at.node().shape(), kept));
    }
}
