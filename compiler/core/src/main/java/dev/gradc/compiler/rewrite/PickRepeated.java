package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Affine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** {@code broadcast(v)[..., index] → v}: any entry of a row of equal entries. */
final class PickRepeated extends StructuralRule {

    PickRepeated() {
        super("pick-repeated", "broadcast(v)[i, k[i]] => v[i]", Contract.BITWISE, gate -> gate == Gather.GATHER);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        OptionalInt picked = Gather.pickedAxis(at.node());
        boolean isOfLast =
                picked.isPresent() && picked.getAsInt() == at.node().shape().rank();
        return isOfLast && isInOrder(at) ? Repetition.without(at.in(0), List.of(picked.getAsInt())) : Optional.empty();
    }

    private static boolean isInOrder(Site at) {
        IndexMap map = Gather.selection(at.node()).map();
        return IntStream.range(0, at.node().shape().rank())
                .allMatch(axis -> map.sources()
                        .get(axis)
                        .equals(Affine.axis(axis, map.shape().rank())));
    }
}
