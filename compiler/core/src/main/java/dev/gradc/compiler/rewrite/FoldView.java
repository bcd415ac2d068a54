package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Type;
import java.util.Optional;

/**
 * {@code view(constant) → constant}, {@code view(view(x)) → view(x)} by the composed map, and a view that moves nothing
 * {@code → x}.
 */
final class FoldView extends StructuralRule {

    FoldView() {
        super("fold-view", "A'' => A, x[1:][1:] => x[2:]", Contract.BITWISE, gate -> gate == View.VIEW);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Term input = at.in(0);
        IndexMap map = (IndexMap) at.node().attribute();
        if (input.node().attribute() instanceof Leaf.Constant constant) {
            Type type = at.node().type();
            return Optional.of(new Term(at.graph(), Leaf.constant(at.graph(), constant.value(), type)));
        }
        if (map.isIdentityOn(input.node().shape())) {
            return Optional.of(input);
        }
        if (input.node().is(View.VIEW)) {
            IndexMap inner = (IndexMap) input.node().attribute();
            return Optional.of(new Term(at.graph(), input.node().input(0)).view(inner.compose(map)));
        }
        return Optional.empty();
    }
}
