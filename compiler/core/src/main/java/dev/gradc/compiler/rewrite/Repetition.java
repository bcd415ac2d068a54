package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Terms that are the same all along some axes. */
final class Repetition {

    private Repetition() {}

    /** Whether {@code node} is the same all along {@code axis}. */
    static boolean repeats(Node node, int axis) {
        if (node.attribute() instanceof Leaf.Constant) {
            return true;
        }
        if (!node.is(View.VIEW)) {
            return false;
        }
        for (Affine source : ((IndexMap) node.attribute()).sources()) {
            if (!source.coefficients().get(axis).equals(Dim.ZERO)) {
                return false;
            }
        }
        return true;
    }

    /** {@code term} with {@code axes} taken out, where it repeats along them. */
    static Optional<Term> without(Term term, List<Integer> axes) {
        Node node = term.node();
        if (node.attribute() instanceof Leaf.Constant constant) {
            Node smaller = Leaf.constant(
                    term.graph(),
                    constant.value(),
                    new Type(node.type().element(), node.shape().without(axes)));
            return Optional.of(new Term(term.graph(), smaller));
        }
        if (!node.is(View.VIEW)) {
            return Optional.empty();
        }
        IndexMap map = (IndexMap) node.attribute();
        List<Affine> sources = new ArrayList<>();
        for (Affine source : map.sources()) {
            List<Dim> kept = new ArrayList<>();
            for (int axis = 0; axis < source.coefficients().size(); axis++) {
                Dim coefficient = source.coefficients().get(axis);
                if (!axes.contains(axis)) {
                    kept.add(coefficient);
                } else if (!coefficient.equals(Dim.ZERO)) {
                    return Optional.empty();
                }
            }
            sources.add(new Affine(source.offset(), kept));
        }
        IndexMap smaller = new IndexMap(sources, map.shape().without(axes));
        return Optional.of(new Term(term.graph(), node.input(0)).view(smaller));
    }
}
