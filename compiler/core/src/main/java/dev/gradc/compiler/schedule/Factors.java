package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Reads.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a sum adds up: products of one or two arrays and of what is the same in all iterations, by which the sum of the
 * others is multiplied.
 *
 * @param standing what one call takes as it stands in memory or in a block
 * @param fixed what is the same in all iterations
 */
record Factors(List<Read> standing, List<Read> fixed) {

    /** The most arrays that one call multiplies and adds up. */
    private static final int MOST = 2;

    /** Looks for factors below virtual products, views and gathers. */
    private record Finder(Predicate<Read> isFixed, Predicate<Read> stands, Predicate<Node> isVirtual, Factors found) {

        /** False where a factor is neither. */
        private boolean find(Read value) {
            Node node = value.source();
            if (isFixed.test(value)) {
                return found.fixed.add(value);
            } else if (stands.test(value)) {
                return found.standing.add(value);
            }
            if (!isVirtual.test(node)) {
                return false;
            } else if (node.is(Arithmetic.MULTIPLY) || node.is(View.VIEW)) {
                return Reads.inputs(node, value.index()).stream().allMatch(this::find);
            }
            return node.is(Gather.GATHER)
                    && find(Reads.inputs(node, value.index()).get(0));
        }
    }

    /**
     * The factors of what {@code sum} adds up; empty where there are others.
     *
     * @param isFixed whether a value is the same in all iterations
     * @param stands whether a call can take it
     * @param isVirtual whether a node has no place of its own
     */
    static Optional<Factors> of(
            Statement sum, Predicate<Read> isFixed, Predicate<Read> stands, Predicate<Node> isVirtual) {
        Factors factors = new Factors(new ArrayList<>(), new ArrayList<>());
        Finder finder = new Finder(isFixed, stands, isVirtual, factors);
        boolean areFound = Reads.operands(sum).stream().allMatch(finder::find);
        int count = factors.standing.size();
        return areFound && count > 0 && count <= MOST ? Optional.of(factors) : Optional.empty();
    }
}
