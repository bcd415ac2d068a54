package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import java.util.Optional;

/** {@code f(2, 3) → the value}: pointwise gates of constants. A NaN is left alone, to appear where it is computed. */
final class FoldConstants extends StructuralRule {

    FoldConstants() {
        super(
                "fold-constants",
                "f(2, 3) => its value, unless NaN",
                Contract.BITWISE,
                gate -> gate instanceof Pointwise);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        double[] inputs = new double[at.node().inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            if (Leaf.constantValue(at.node().input(i)).isEmpty()) {
                return Optional.empty();
            }
            inputs[i] = Leaf.constantValue(at.node().input(i)).getAsDouble();
        }
        double value = ((Pointwise) at.node().gate()).value(inputs);
        return Double.isNaN(value)
                ? Optional.empty()
                : Optional.of(new Term(
                        at.graph(), Leaf.constant(at.graph(), value, at.node().type())));
    }
}
