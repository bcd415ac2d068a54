package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code if true then x else y → x}. */
final class SelectKnownBranch extends StructuralRule {

    SelectKnownBranch() {
        super("select-known", "if true then x else y => x", Contract.BITWISE, gate -> gate == Logic.SELECT);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        OptionalDouble condition = Leaf.constantValue(at.node().input(0));
        return condition.isEmpty() ? Optional.empty() : Optional.of(at.in(condition.getAsDouble() != 0 ? 1 : 2));
    }
}
