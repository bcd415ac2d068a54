package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import java.util.Optional;

/**
 * A sum of a tensor and of a small part that lands in it, such as a diagonal: {@code rest + part}, with their signs.
 *
 * @param part lands in far fewer places than the whole has
 * @param rest is no such part
 */
record SmallPart(Term rest, boolean restNegated, Term part, boolean partNegated) {

    /** How many times smaller what lands has to be. */
    private static final double SMALLER = 8;

    /** Sums of more such parts are left alone, so that work does not grow with their number. */
    private static final int MOST = 4;

    /** The sum {@code term} taken apart, where it is such a sum. */
    static Optional<SmallPart> of(Term term) {
        return hasFewParts(term.node()) ? taken(term) : Optional.empty();
    }

    private static Optional<SmallPart> taken(Term term) {
        int part = part(term.node());
        if (part < 0) {
            return Optional.empty();
        }
        boolean isDifference = term.node().is(Arithmetic.SUBTRACT);
        return Optional.of(new SmallPart(
                new Term(term.graph(), term.node().input(1 - part)),
                isDifference && part == 0,
                new Term(term.graph(), term.node().input(part)),
                isDifference && part == 1));
    }

    /** Which term of the sum {@code node} is a small part; negative where none, or both. */
    private static int part(Node node) {
        boolean isSum = node.isReal() && (node.is(Arithmetic.ADD) || node.is(Arithmetic.SUBTRACT));
        if (!isSum || isSmall(node.input(0)) == isSmall(node.input(1))) {
            return -1;
        }
        return isSmall(node.input(0)) ? 0 : 1;
    }

    private static boolean hasFewParts(Node sum) {
        Node rest = sum;
        for (int parts = 0; parts <= MOST; parts++) {
            int part = part(rest);
            if (part < 0) {
                return true;
            }
            rest = rest.input(1 - part);
        }
        return false;
    }

    private static boolean isSmall(Node node) {
        return Sparse.isSparse(node) && Sparse.size(node.input(0).shape()) * SMALLER <= Sparse.size(node.shape());
    }

    /** {@code ±first ± second}. */
    static Term sum(Term first, boolean firstNegated, Term second, boolean secondNegated) {
        if (!firstNegated) {
            return secondNegated ? first.minus(second) : first.plus(second);
        }
        return secondNegated ? first.plus(second).negate() : second.minus(first);
    }
}
