package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.ShapeMismatch;
import dev.gradc.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A gate computed by one call of the runtime on whole tensors, whose elements are not computed one by one: a
 * factorisation, a solve, a running sum. Leading axes are a batch, so the gate works along one more axis as it is.
 */
public final class Kernel extends Operation {

    /** An argument of the call in generated code. */
    public sealed interface Argument {}

    /** An extent. */
    public record Extent(Dim dim) implements Argument {}

    /** A choice. */
    public record Flag(boolean value) implements Argument {}

    /** All of a tensor: its array and where in it the tensor starts. */
    public record Tensor(Node node) implements Argument {}

    /** Scratch memory. */
    public record Work(ElementType element, Dim size) implements Argument {}

    /** What tests and the reference evaluator take as the gate's definition. */
    @FunctionalInterface
    public interface Meaning {
        /**
         * The output's elements.
         *
         * @param extents of each input
         * @param inputs elements of each input, row-major
         */
        double[] apply(Attribute attribute, int[][] extents, double[][] inputs);
    }

    @FunctionalInterface
    interface TypeRule {
        Type type(Attribute attribute, List<Type> inputs);
    }

    @FunctionalInterface
    interface AdjointRule {
        Optional<Term> adjoint(Site at, Term upstream, int input);
    }

    private final Builder declared;

    private Kernel(Builder declared) {
        super(declared.name, Kind.KERNEL);
        this.declared = declared;
    }

    static Builder declare(String name) {
        return new Builder(name);
    }

    /** Fully qualified name of the class with the method. */
    public String owner() {
        return declared.owner;
    }

    public String method() {
        return declared.method;
    }

    /** What the call that computes {@code node} is given. */
    public List<Argument> arguments(Node node) {
        return declared.arguments.apply(node);
    }

    /** The elements of the output, by definition. */
    public double[] value(Attribute attribute, int[][] extents, double[][] inputs) {
        return declared.meaning.apply(attribute, extents, inputs);
    }

    /** How many arithmetic operations the call that computes {@code node} takes, by the usual count. */
    public Dim cost(Node node) {
        return declared.cost.apply(node);
    }

    /** The attribute of the same gate along one more axis in front, of {@code extent}. */
    public Attribute along(Attribute attribute, Dim extent) {
        return declared.batch == null ? attribute : declared.batch.apply(extent).apply(attribute);
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        return declared.type.type(attribute, inputs.stream().map(Node::type).toList());
    }

    @Override
    public boolean handsOnZeros(List<Node> inputs) {
        return inputs.stream().anyMatch(Node::isRouted);
    }

    @Override
    public Optional<Flow> flow(Node node) {
        return Optional.of(Flow.ONE_GATE);
    }

    @Override
    public Formula formula() {
        return declared.formula;
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        return declared.adjoint.adjoint(at, upstream, input);
    }

    /** All but the last {@code last} extents of {@code shape}, multiplied. */
    static Dim batch(Shape shape, int last) {
        return Dim.product(shape.dims().subList(0, shape.rank() - last));
    }

    /** {@code shape} with its last {@code dropped} extents replaced. */
    static Shape replaced(Shape shape, int dropped, Dim... last) {
        List<Dim> dims = new ArrayList<>(shape.dims().subList(0, shape.rank() - dropped));
        dims.addAll(List.of(last));
        return new Shape(dims);
    }

    /** Fails where {@code fits} does not hold. */
    static void require(boolean fits, String what, List<Type> found) {
        if (!fits) {
            throw new ShapeMismatch(what + ", found " + found);
        }
    }

    /** A declaration under way. */
    static final class Builder {
        private final String name;
        private String owner;
        private String method;
        private Function<Node, List<Argument>> arguments;
        private Formula formula;
        private Function<Node, Dim> cost;
        private TypeRule type;
        private Meaning meaning;
        private AdjointRule adjoint = (at, upstream, input) -> Optional.empty();
        private Function<Dim, UnaryOperator<Attribute>> batch;

        private Builder(String name) {
            this.name = name;
        }

        /** The method of the runtime. */
        Builder java(String ownerName, String methodName, Function<Node, List<Argument>> call) {
            this.owner = ownerName;
            this.method = methodName;
            this.arguments = call;
            return this;
        }

        Builder type(TypeRule rule) {
            this.type = rule;
            return this;
        }

        Builder meaning(Meaning definition) {
            this.meaning = definition;
            return this;
        }

        Builder adjoint(AdjointRule rule) {
            this.adjoint = rule;
            return this;
        }

        /** The number of arithmetic operations of a call; none where elements are only moved. */
        Builder cost(Function<Node, Dim> operations) {
            this.cost = operations;
            return this;
        }

        /** How the attribute changes with one more axis in front. */
        Builder along(Function<Dim, UnaryOperator<Attribute>> change) {
            this.batch = change;
            return this;
        }

        /** What the reference says: the output, and a gradient for each differentiable input. */
        Builder formula(String output, String... gradients) {
            this.formula = Formula.of(output, gradients);
            return this;
        }

        /** Where the formulas hold. */
        Builder where(String condition) {
            this.formula = formula.where(condition);
            return this;
        }

        /** Conventions at kinks, and what else the reference says. */
        Builder note(String text) {
            this.formula = formula.note(text);
            return this;
        }

        Kernel define() {
            return new Kernel(this);
        }
    }
}
