package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * {@code (u * broadcast(v)) / broadcast(s) → u * broadcast(v / s)}: where a factor and the divisor repeat along the same
 * axes, they are divided once and not all along them.
 */
final class DivideSmallerFactor extends StructuralRule {

    DivideSmallerFactor() {
        super(
                "divide-smaller-factor",
                "u[i, j] * v[i] / s => u[i, j] * (v[i] / s)",
                Contract.ROUNDING,
                gate -> gate == Arithmetic.DIVIDE);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node product = at.node().input(0);
        Node divisor = at.node().input(1);
        if (!product.is(Arithmetic.MULTIPLY)) {
            return Optional.empty();
        }
        for (int side = 0; side < 2; side++) {
            Node factor = product.input(side);
            List<Integer> common =
                    axes(at, axis -> Repetition.repeats(factor, axis) && Repetition.repeats(divisor, axis));
            if (!common.isEmpty()) {
                Term smaller =
                        Repetition.without(new Term(at.graph(), factor), common).orElseThrow();
                Term quotient =
                        smaller.over(Repetition.without(at.in(1), common).orElseThrow());
                List<Integer> kept = axes(at, axis -> !common.contains(axis));
                Term other = new Term(at.graph(), product.input(1 - side));
                return Optional.of(other.times(quotient.broadcast(at.node().shape(), kept)));
            }
        }
        return Optional.empty();
    }

    private static List<Integer> axes(Site at, IntPredicate wanted) {
        return IntStream.range(0, at.node().shape().rank())
                .filter(wanted)
                .boxed()
                .toList();
    }
}
