package dev.gradc.compiler.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model, explained.
 *
 * @param model its name
 * @param dims the runtime dims that {@link #cost} is evaluated at
 * @param primal the model's formulas
 * @param derivative those of its gradient; empty where nothing is differentiated
 * @param patterns what happens to the gradient on its way back
 * @param rules the rewrites that took place
 * @param derived the further derivatives that the model asks for
 * @param cost what the generated code does and keeps
 */
public record Explanation(
        String model,
        Map<String, Integer> dims,
        List<Equation> primal,
        List<Equation> derivative,
        List<Found> patterns,
        List<Found> rules,
        List<Derived> derived,
        Cost cost) {

    public Explanation {
        dims = Map.copyOf(dims);
        primal = List.copyOf(primal);
        derivative = List.copyOf(derivative);
        patterns = List.copyOf(patterns);
        rules = List.copyOf(rules);
        derived = List.copyOf(derived);
    }

    /**
     * A pattern or a rule, and where it was found.
     *
     * @param name its name
     * @param meaning what a pattern does, what a rule promises about numbers
     * @param count how often
     * @param where the places, {@code file:line} or names of values, each once, in order
     */
    public record Found(String name, String meaning, int count, List<String> where) {
        public Found {
            where = List.copyOf(where);
        }
    }

    /**
     * A further derivative.
     *
     * @param method the class's method for it
     * @param kind as a {@code derive} clause has it
     * @param of the output differentiated
     * @param by the variables, which together are one vector
     * @param operations of one call, the outputs' among them
     * @param entries of a sparse one, before those with the same place are added up
     * @param pattern of a sparse one: the row and the column of each entry
     */
    public record Derived(
            String method,
            String kind,
            String of,
            List<String> by,
            Count operations,
            Optional<Count> entries,
            List<Equation> pattern) {
        public Derived {
            by = List.copyOf(by);
            pattern = List.copyOf(pattern);
        }
    }

    /**
     * A number of operations.
     *
     * @param formula over the dims
     * @param value at the dims
     */
    public record Count(String formula, long value) {}

    /**
     * What the generated code does and keeps.
     *
     * @param forward operations of forward
     * @param backward operations of backward behind it; empty where nothing is differentiated
     * @param valueAndGradient operations of both in one; empty where there is no scalar target, too
     * @param bytesKept what forward leaves for backward
     * @param workspaceBytes all that an instance allocates: tensors, scratch memory, the gradient
     * @param largestMethod the estimated size of the largest method, in bytes of bytecode
     * @param loops the number of loops in value and gradient, or where there is none in forward
     */
    public record Cost(
            Count forward,
            Optional<Count> backward,
            Optional<Count> valueAndGradient,
            long bytesKept,
            long workspaceBytes,
            int largestMethod,
            int loops) {

        /** The operations of value and gradient in terms of those of the value; of forward and backward without a fused one. */
        public Optional<Double> ratio() {
            Optional<Long> both =
                    valueAndGradient.map(Count::value).or(() -> backward.map(count -> count.value() + forward.value()));
            return both.filter(count -> forward.value() > 0).map(count -> (double) count / forward.value());
        }
    }
}
