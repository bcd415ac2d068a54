package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Contraction.Labels;
import dev.gradc.compiler.gate.Site;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code broadcast(x) @ B → broadcast(x @ B)}: an operand that is the same along an axis of the result is multiplied once;
 * and {@code (u outer x) @ B → u outer (x @ B)}: what a product of such an operand and a factor that is not summed over
 * leaves to do.
 */
final class ProductOfRepeated extends StructuralRule {

    ProductOfRepeated() {
        super(
                "product-of-repeated",
                "sum[k] (u[i] * x[k]) * B[k, j] => u[i] * sum[k] x[k] * B[k, j]",
                Contract.ROUNDING,
                gate -> gate == Contraction.CONTRACT);
    }

    @Override
    public Optional<Term> rewrite(Site at) {
        for (int side = 0; side < 2; side++) {
            Optional<Term> result = repeated(at, side);
            for (int inner = 0; inner < 2 && result.isEmpty(); inner++) {
                result = outer(at, side, inner);
            }
            if (result.isPresent()) {
                return result;
            }
        }
        return Optional.empty();
    }

    private static List<Integer> own(Site at, int side) {
        Labels labels = Contraction.labels(at.node());
        return side == 0 ? labels.left() : labels.right();
    }

    /** The axes of {@code operand} that are not summed over, and along which it repeats. */
    private static List<Integer> idle(Site at, int side, Node operand) {
        List<Integer> out = Contraction.labels(at.node()).out();
        List<Integer> own = own(at, side);
        return IntStream.range(0, own.size())
                .filter(axis -> out.contains(own.get(axis)) && Repetition.repeats(operand, axis))
                .boxed()
                .toList();
    }

    private static Optional<Term> repeated(Site at, int side) {
        List<Integer> idle = idle(at, side, at.node().input(side));
        if (idle.isEmpty()) {
            return Optional.empty();
        }
        return Repetition.without(at.in(side), idle).map(smaller -> {
            List<Integer> own = own(at, side);
            List<Integer> other = own(at, 1 - side);
            List<Integer> dropped = idle.stream().map(own::get).toList();
            List<Integer> rest = without(own, dropped);
            List<Integer> oldOut = Contraction.labels(at.node()).out();
            List<Integer> out = oldOut.stream()
                    .filter(label -> !dropped.contains(label) || other.contains(label))
                    .toList();
            Term product = side == 0
                    ? smaller.make(Contraction.CONTRACT, new Labels(rest, other, out), at.in(1))
                    : at.in(0).make(Contraction.CONTRACT, new Labels(other, rest, out), smaller);
            return product.broadcast(
                    at.node().shape(), out.stream().map(oldOut::indexOf).toList());
        });
    }

    /** Takes a factor out of an operand that is a product, where the rest of it repeats. */
    private static Optional<Term> outer(Site at, int side, int inner) {
        Node operand = at.node().input(side);
        if (!operand.is(Arithmetic.MULTIPLY)
                || idle(at, side, operand.input(inner)).isEmpty()) {
            return Optional.empty();
        }
        List<Integer> out = Contraction.labels(at.node()).out();
        List<Integer> own = own(at, side);
        List<Integer> summed = IntStream.range(0, own.size())
                .filter(axis -> !out.contains(own.get(axis)))
                .boxed()
                .toList();
        Node factor = operand.input(1 - inner);
        if (!summed.stream().allMatch(axis -> Repetition.repeats(factor, axis))) {
            return Optional.empty();
        }
        return Repetition.without(new Term(at.graph(), factor), summed).map(outside -> {
            List<Node> inputs = new ArrayList<>(at.node().inputs());
            inputs.set(side, operand.input(inner));
            Term product = new Term(
                    at.graph(), at.graph().make(Contraction.CONTRACT, at.node().attribute(), inputs));
            List<Integer> places =
                    own.stream().filter(out::contains).map(out::indexOf).toList();
            return product.times(outside.broadcast(at.node().shape(), places));
        });
    }

    private static List<Integer> without(List<Integer> labels, List<Integer> removed) {
        List<Integer> rest = new ArrayList<>(labels);
        rest.removeAll(removed);
        return rest;
    }
}
