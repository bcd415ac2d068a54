package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Pick;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import java.util.List;
import java.util.Optional;

/** {@code broadcast(v)[..., index] → v}: any entry of a row of equal entries. */
final class PickRepeated extends StructuralRule {

    PickRepeated() {
        super("pick-repeated", Contract.BITWISE, gate -> gate == Pick.PICK);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        int last = at.node().input(0).shape().rank() - 1;
        return Repetition.without(at.in(0), List.of(last));
    }
}
