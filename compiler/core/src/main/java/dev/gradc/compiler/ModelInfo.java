package dev.gradc.compiler;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.lower.Derivation;
import java.util.List;
import java.util.Optional;

/**
 * The signature of a model and of the class generated for it.
 *
 * @param name the model's name
 * @param dims runtime dims in the order of the generated constructor's arguments
 * @param arguments inputs and params in the order of the generated methods' arguments
 * @param outputs outputs in declaration order, {@code loss} last where there is one
 * @param target the output that is differentiated, where there is one
 * @param wrt the arguments differentiated by, in the order of the flat gradient
 * @param derivatives what the {@code derive} clauses ask for, in their order
 */
public record ModelInfo(
        String name,
        List<String> dims,
        List<Variable> arguments,
        List<Variable> outputs,
        Optional<String> target,
        List<String> wrt,
        List<Derivative> derivatives) {

    public ModelInfo {
        dims = List.copyOf(dims);
        arguments = List.copyOf(arguments);
        outputs = List.copyOf(outputs);
        wrt = List.copyOf(wrt);
        derivatives = List.copyOf(derivatives);
    }

    /**
     * A derivative beside the gradient. The variables that it is differentiated by are one vector, one behind the other,
     * each row-major; so are the elements of the output, where they are rows.
     *
     * @param name the generated method that computes it
     * @param kind which derivative
     * @param of the output that is differentiated
     * @param by the arguments it is differentiated by, in declaration order
     * @param vector the shape of the direction or of the upstream gradient that it takes, where it takes one
     * @param shape of the result: rows and columns of a matrix, sparse or not; the length of a vector; for {@code jvp}
     *     the output's shape
     */
    public record Derivative(
            String name,
            Derivation.Kind kind,
            String of,
            List<String> by,
            Optional<List<Dim>> vector,
            List<Dim> shape) {
        public Derivative {
            by = List.copyOf(by);
            vector = vector.map(List::copyOf);
            shape = List.copyOf(shape);
        }

        /** As a {@code derive} clause has it, output and variables named. */
        @Override
        public String toString() {
            return kind.words() + "(" + of + ", " + String.join(", ", by) + ")";
        }
    }

    /**
     * An argument or an output.
     *
     * @param name as in the model
     * @param kind {@code input}, {@code param} or {@code output}
     * @param element {@code real}, {@code int} or {@code bool}
     * @param shape extents over the model's dims; empty for a scalar
     * @param range the values that an int may have
     * @param accessor the generated method that gives an output; empty for an argument
     */
    public record Variable(
            String name, Kind kind, ElementType element, List<Dim> shape, Optional<Range> range, String accessor) {
        public Variable {
            shape = List.copyOf(shape);
        }

        public boolean isScalar() {
            return shape.isEmpty();
        }
    }

    /** What a variable is to the model. */
    public enum Kind {
        INPUT,
        PARAM,
        OUTPUT
    }

    /** The values of an int, both ends included. */
    public record Range(Dim low, Dim high) {}

    /** The output called {@code name}. */
    public Optional<Variable> output(String name) {
        return outputs.stream().filter(v -> v.name().equals(name)).findFirst();
    }

    /** The derivative that the method {@code name} computes. */
    public Optional<Derivative> derivative(String name) {
        return derivatives.stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /** The argument called {@code name}. */
    public Optional<Variable> argument(String name) {
        return arguments.stream().filter(v -> v.name().equals(name)).findFirst();
    }
}
