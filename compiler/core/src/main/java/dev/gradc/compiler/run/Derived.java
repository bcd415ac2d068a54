package dev.gradc.compiler.run;

import dev.gradc.runtime.SparsePattern;
import java.util.Arrays;

/** What a method for a further derivative gave. */
public sealed interface Derived {

    /** All elements. */
    record Dense(Tensor value) implements Derived {}

    /**
     * The entries of a matrix that are not zero by structure.
     *
     * @param pattern where they are
     * @param values of the entries, in the pattern's order by rows
     */
    record Sparse(SparsePattern pattern, double[] values) implements Derived {

        @Override
        public boolean equals(Object other) {
            return other instanceof Sparse s && pattern == s.pattern && Arrays.equals(values, s.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return pattern.rows() + " x " + pattern.columns() + Arrays.toString(values);
        }
    }
}
