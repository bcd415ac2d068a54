package dev.gradc.compiler.codegen;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.Derivation;
import dev.gradc.compiler.schedule.Program;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A method that gives a further derivative.
 *
 * @param derivation what is asked for
 * @param program computes the outputs and it, but for the places of a sparse one's entries where {@code places} does that
 * @param results its value; for a sparse one the row, the column and the value of each entry
 * @param places what computes the places of a sparse one's entries, where only dims and ints have a say in them
 * @param vector the direction or the upstream gradient that the method takes
 */
public record DerivedPlan(
        Derivation derivation, Program program, List<Node> results, Optional<Places> places, Optional<Node> vector) {

    /**
     * The rows and the columns of a sparse derivative's entries.
     *
     * @param program computes them
     * @param ints the arguments that they depend on
     */
    public record Places(Program program, List<Node> ints) {
        public Places {
            ints = List.copyOf(ints);
        }
    }

    public DerivedPlan {
        results = List.copyOf(results);
    }

    /** What computes it, in order. */
    public Stream<Program> programs() {
        return Stream.concat(places.stream().map(Places::program), Stream.of(program));
    }

    /** The derivative, or its entries' values. */
    Node value() {
        return results.get(results.size() - 1);
    }
}
