package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.List;
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
        List<Node> inputs = at.node().inputs();
        for (int i = 0; i < inputs.size(); i++) {
            if (Leaf.constantValue(inputs.get(i)).isEmpty()) {
                return Optional.empty();
            }
        }
        double[] values = inputs.stream()
                .mapToDouble(input -> Leaf.constantValue(input).getAsDouble())
                .toArray();
        double value = ((Pointwise) at.node().gate()).value(values);
        return Double.isNaN(value)
                ? Optional.empty()
                : Optional.of(new Term(
                        at.graph(), Leaf.constant(at.graph(), value, at.node().type())));
    }
}
