package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code [[a, b], [c, d]] → pack(a, b, c, d)}, {@code concat([x, [a, b]]) → pack(x, a, b)}: the parts of a part lie in the
 * whole by the composed map. A part that zeros fill is left alone, unless zeros fill the whole, too.
 */
final class PackOfPacks extends StructuralRule {

    PackOfPacks() {
        super("pack-of-packs", "concat([x, [a, b]]) => [x..., a, b]", Contract.BITWISE, gate -> gate == Pack.PACK);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Pack.Target whole = Pack.target(at.node());
        List<Node> parts = new ArrayList<>();
        List<IndexMap> maps = new ArrayList<>();
        for (int i = 0; i < at.node().inputs().size(); i++) {
            Node part = at.node().input(i);
            IndexMap outer = whole.maps().get(i);
            if (part.is(Pack.PACK) && (whole.filled() || !Pack.target(part).filled())) {
                parts.addAll(part.inputs());
                Pack.target(part).maps().forEach(inner -> maps.add(outer.compose(inner)));
            } else {
                parts.add(part);
                maps.add(outer);
            }
        }
        Pack.Target flat = new Pack.Target(whole.shape(), maps, whole.filled());
        return parts.equals(at.node().inputs())
                ? Optional.empty()
                : Optional.of(new Term(at.graph(), at.graph().make(Pack.PACK, flat, parts)));
    }
}
