package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is linear in a padded tensor is computed of what is padded, which is less, and zeros are put around it afterwards. So a step
 * of a stencil, {@code u + k * pad(...)}, adds to the inner elements of {@code u} alone.
 */
final class PadRules {

    private PadRules() {}

    /** In the order in which they are tried. */
    static List<Rule> all() {
        return List.of(
                SparseRules.rule(
                        "pad-pointwise",
                        "pad(a) * x => pad(a * x[where a lies])",
                        Pointwise.class::isInstance,
                        PadRules::pointwise),
                SparseRules.rule("pad-sum", "sum(pad(a)) => sum(a)", gate -> gate == Reductions.SUM, PadRules::sum));
    }

    private static boolean isPadded(Node node) {
        return node.is(Pack.PACK) && Pack.target(node).filled() && node.inputs().size() == 1;
    }

    private static IndexMap place(Node padded) {
        return Pack.target(padded).maps().get(0);
    }

    private static Optional<Term> pointwise(Site at) {
        Node node = at.node();
        if (!node.isReal()) {
            return Optional.empty();
        }
        for (int input : SparseRules.linear(node)) {
            Node padded = node.input(input);
            if (isPadded(padded)) {
                Term inner = SparseRules.where(at, place(padded), Map.of(input, padded.input(0)));
                return Optional.of(
                        new Term(at.graph(), Pack.padded(at.graph(), node.shape(), inner.node(), place(padded))));
            }
        }
        return Optional.empty();
    }

    private static Optional<Term> sum(Site at) {
        Node padded = at.node().input(0);
        if (!at.node().shape().isScalar() || !isPadded(padded)) {
            return Optional.empty();
        }
        Term inner = new Term(at.graph(), padded.input(0));
        List<Integer> axes =
                IntStream.range(0, inner.node().shape().rank()).boxed().toList();
        return Optional.of(inner.reduce(Reductions.SUM, axes));
    }
}
