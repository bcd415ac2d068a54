package dev.gradc.compiler.codegen;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.Derivation;
import dev.gradc.compiler.schedule.Program;
import java.util.List;
import java.util.Optional;

/**
 * A method that gives a further derivative.
 *
 * @param derivation what is asked for
 * @param program computes the outputs and it
 * @param results its value; for a sparse one the row, the column and the value of each entry
 * @param vector the direction or the upstream gradient that the method takes
 */
public record DerivedPlan(Derivation derivation, Program program, List<Node> results, Optional<Node> vector) {

    public DerivedPlan {
        results = List.copyOf(results);
    }

    /** The derivative, or its entries' values. */
    Node value() {
        return results.get(results.size() - 1);
    }
}
