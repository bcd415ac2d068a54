package dev.gradc.compiler.lower;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import dev.gradc.compiler.lower.LoweredModel.Output;
import dev.gradc.compiler.source.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A derivative that the generated class is to offer beside the gradient: one clause of a {@code derive} statement.
 *
 * @param kind which derivative
 * @param of the output that is differentiated
 * @param by the variables, in declaration order; together they are one vector
 * @param name of the method
 * @param span the clause
 */
public record Derivation(Kind kind, Output of, List<Argument> by, String name, Span span) {

    public Derivation {
        by = List.copyOf(by);
    }

    /** This derivation with computed nodes replaced: old node to new node. */
    Derivation at(Map<Node, Node> nodes) {
        return new Derivation(kind, of.at(nodes), by, name, span);
    }

    /** The number of elements of all variables together. */
    public Dim size() {
        Dim size = Dim.ZERO;
        for (Argument argument : by) {
            size = size.plus(argument.node().shape().size());
        }
        return size;
    }

    /** The derivatives there are; f is an output of any shape, u a scalar one, x the vector of all variables. */
    public enum Kind {
        /** All partial derivatives df/dx, a row an element of f. */
        JACOBIAN("jacobian", false),
        /** The partial derivatives that are not zero by the model's structure. */
        SPARSE_JACOBIAN("sparse jacobian", false),
        /** All second derivatives of u. */
        HESSIAN("hessian", true),
        /** The second derivatives that are not zero by the model's structure. */
        SPARSE_HESSIAN("sparse hessian", true),
        /** The second derivative of u by each element. */
        HESSIAN_DIAGONAL("diagonal hessian", true),
        /** df/dx times a direction. */
        JVP("jvp", false),
        /** An upstream gradient times df/dx. */
        VJP("vjp", false),
        /** The Hessian of u times a direction. */
        HVP("hvp", true),
        /** J'J with J = df/dx, the Gauss-Newton approximation of the Hessian of |f|^2 / 2. */
        GAUSS_NEWTON("gauss_newton", false),
        /** J'J times a direction. */
        GAUSS_NEWTON_PRODUCT("gauss_newton product", false);

        private final String words;
        private final boolean ofScalar;

        Kind(String words, boolean ofScalar) {
            this.words = words;
            this.ofScalar = ofScalar;
        }

        /** As a clause has it. */
        public String words() {
            return words;
        }

        /** Whether what it differentiates must be a scalar. */
        public boolean isOfScalar() {
            return ofScalar;
        }

        /** Whether it gives its nonzeros alone. */
        public boolean isSparse() {
            return this == SPARSE_JACOBIAN || this == SPARSE_HESSIAN;
        }

        /** The kind that {@code words} say, in any order. */
        static Optional<Kind> of(List<String> words) {
            Set<String> wanted = new TreeSet<>(words);
            return Arrays.stream(values())
                    .filter(kind -> new TreeSet<>(List.of(kind.words.split(" ", -1))).equals(wanted))
                    .findFirst();
        }
    }
}
