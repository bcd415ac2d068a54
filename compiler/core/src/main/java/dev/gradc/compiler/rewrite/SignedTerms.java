package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a sum of sums and differences adds up: {@code a - (b - -c)} is {@code a}, less {@code b}, less {@code c}.
 *
 * @param terms in the order of the text
 * @param sums the sums that were taken apart, the whole one among them
 */
record SignedTerms(List<SignedTerm> terms, Set<Node> sums) {

    /** A term and its sign. */
    record SignedTerm(Node node, boolean isNegative) {}

    /** Takes {@code whole} apart, a sum, a difference or a negation, and each such node in it for which {@code opens} holds. */
    static SignedTerms of(Node whole, Predicate<Node> opens) {
        List<SignedTerm> terms = new ArrayList<>();
        Set<Node> sums = new HashSet<>();
        Deque<SignedTerm> open = new ArrayDeque<>(List.of(new SignedTerm(whole, false)));
        while (!open.isEmpty()) {
            SignedTerm next = open.pop();
            Node node = next.node();
            if (node != whole && !(isSum(node) && opens.test(node))) {
                terms.add(next);
                continue;
            }
            sums.add(node);
            for (int i = node.inputs().size() - 1; i >= 0; i--) {
                boolean flips = node.is(Arithmetic.NEGATE) || (node.is(Arithmetic.SUBTRACT) && i == 1);
                open.push(new SignedTerm(node.input(i), next.isNegative() != flips));
            }
        }
        return new SignedTerms(terms, sums);
    }

    /** Whether {@code node} is a sum, a difference or a negation. */
    static boolean isSum(Node node) {
        return node.is(Arithmetic.ADD) || node.is(Arithmetic.SUBTRACT) || node.is(Arithmetic.NEGATE);
    }
}
