package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * {@code sum over j of (if j == index then x else 0) → x[..., index]}: what one entry per row got back, summed, is that
 * entry. The range of the index is checked on entry, so exactly one j meets it.
 */
final class PickRouted extends StructuralRule {

    private final BiPredicate<Node, Dim> isWithin;

    /** @param isWithin whether an int variable is known to be within an axis of an extent */
    PickRouted(BiPredicate<Node, Dim> isWithin) {
        super(
                "sum-of-picked",
                "sum[j] (if j == k[i] then x[i, j] else 0) => x[i, k[i]]",
                Contract.ORDINARY,
                gate -> gate == Reductions.SUM);
        this.isWithin = isWithin;
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node select = at.node().input(0);
        int last = select.shape().rank() - 1;
        if (!select.is(Logic.SELECT)
                || !Reduction.axes(at.node()).equals(List.of(last))
                || !Leaf.isConstant(select.input(2), 0)
                || !select.input(0).is(Logic.EQUAL)) {
            return Optional.empty();
        }
        return index(at, select.input(0), last)
                .map(index -> new Term(at.graph(), Gather.pick(at.graph(), select.input(1), index.node())));
    }

    /** The index where {@code equal} is "my own position along the last axis is the index of my row". */
    private Optional<Term> index(Site at, Node equal, int last) {
        for (int side = 0; side < 2; side++) {
            Node position = equal.input(side);
            Node other = equal.input(1 - side);
            boolean isPosition = position.attribute() instanceof Leaf.Position p && p.axis() == last;
            if (isPosition
                    && other.is(View.VIEW)
                    && isWithin.test(other.input(0), other.shape().dim(last))) {
                IndexMap map = (IndexMap) other.attribute();
                if (map.isBroadcast(other.input(0).shape())) {
                    return Repetition.without(new Term(at.graph(), other), List.of(last));
                }
            }
        }
        return Optional.empty();
    }
}
