package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A contraction that sums nothing {@code → broadcast(x) * broadcast(y)}, which fuses with its neighbours. */
final class OuterProductIsPointwise extends StructuralRule {

    OuterProductIsPointwise() {
        super(
                "outer-product",
                "a product that sums nothing => x[i] * y[j]",
                Contract.BITWISE,
                gate -> gate == Contraction.CONTRACT);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Contraction.Labels labels = Contraction.labels(at.node());
        Set<Integer> summed = new HashSet<>(labels.left());
        summed.addAll(labels.right());
        labels.out().forEach(summed::remove);
        if (!summed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                spread(at, 0, labels.left(), labels.out()).times(spread(at, 1, labels.right(), labels.out())));
    }

    private static Term spread(Site at, int input, List<Integer> labels, List<Integer> out) {
        return at.in(input)
                .broadcast(at.node().shape(), labels.stream().map(out::indexOf).toList());
    }
}
