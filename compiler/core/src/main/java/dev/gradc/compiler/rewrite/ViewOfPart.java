package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * {@code stack([a, b])[1] → b}, {@code concat([a, b])[slice] → a[slice]}: a view of a pack that provably stays within one
 * part is a view of that part. A part that mixes its axes along one axis of the pack is left alone.
 */
final class ViewOfPart extends StructuralRule {

    ViewOfPart() {
        super("view-of-part", "stack([a, b])[1] => b", Contract.BITWISE, gate -> gate == View.VIEW);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        Node pack = at.node().input(0);
        if (!pack.is(Pack.PACK)) {
            return Optional.empty();
        }
        List<IndexMap> parts = Pack.target(pack).maps();
        for (int i = 0; i < parts.size(); i++) {
            Optional<IndexMap> within =
                    within(parts.get(i), (IndexMap) at.node().attribute());
            if (within.isPresent()) {
                return Optional.of(new Term(at.graph(), pack.input(i)).view(within.get()));
            }
        }
        return Optional.empty();
    }

    /** What {@code view} takes of the part that lies where {@code part} says; empty where it may take something else. */
    private static Optional<IndexMap> within(IndexMap part, IndexMap view) {
        int rank = view.shape().rank();
        List<Affine> own = new ArrayList<>(Collections.nCopies(part.shape().rank(), Affine.fixed(Dim.ZERO, rank)));
        for (int axis = 0; axis < part.sources().size(); axis++) {
            Affine placed = part.sources().get(axis);
            Affine taken = view.sources().get(axis).plus(Affine.fixed(Dim.ZERO.minus(placed.offset()), rank));
            new Affine(Dim.ZERO, placed.coefficients()).soleAxis().ifPresent(along -> own.set(along, taken));
        }
        IndexMap found = new IndexMap(own, view.shape());
        boolean isSame = part.compose(found).equals(view);
        return isSame && found.staysWithin(part.shape()) ? Optional.of(found) : Optional.empty();
    }
}
