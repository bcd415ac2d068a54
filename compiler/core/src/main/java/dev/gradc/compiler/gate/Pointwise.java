package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.ShapeMismatch;
import dev.gradc.compiler.ir.Type;
import java.util.List;
import java.util.Optional;

/**
 * A gate that works element by element. It declares its <em>partials</em>; the product with the upstream gradient is
 * made in one place for all of them. Its Jacobian is diagonal and never materialised.
 */
public final class Pointwise extends Operation {

    /** What elements the gate takes and gives. */
    public enum Signature {
        /** Real to real. */
        REAL,
        /** All int to int, or all real to real. */
        ARITHMETIC,
        /** Int to int. */
        WHOLE,
        /** Two of the same to bool. */
        COMPARISON,
        /** Bool to bool. */
        LOGIC,
        /** Bool, T, T to T. */
        SELECTION,
        /** Int to real. */
        CONVERSION,
        /** Anything, unchanged. */
        ANY
    }

    /** A local gradient. */
    @FunctionalInterface
    public interface Partial {
        /** Its term; a select with a zero branch where it routes, never a mask to multiply with. */
        Term of(Site at);
    }

    /** Where contract tests may sample an input, away from kinks and singularities. */
    public record Range(double low, double high) {}

    /** The runtime's {@code method} for blocks of a gate and of the gate named {@code other}, of the same arguments. */
    public record Pair(String other, String method) {}

    /** The class of the runtime whose methods work on blocks of arrays. */
    public static final String BLOCKS = "dev.gradc.runtime.BlockMath";

    private final Declaration declared;

    Pointwise(Declaration declared) {
        super(declared.name, Kind.POINTWISE);
        this.declared = declared;
    }

    /** Starts a declaration. */
    static Declaration declare(String name, int arity, Signature signature) {
        return new Declaration(name, arity, signature);
    }

    /** The number of inputs. */
    public int arity() {
        return declared.arity;
    }

    /** Its meaning: one element of each input (true is 1) to the output's. */
    public double value(double... inputs) {
        return declared.value.applyAsDouble(inputs);
    }

    /** How it is written in Java. */
    public JavaForm java() {
        return declared.java;
    }

    /** The runtime's method for blocks of it, see {@link #BLOCKS}: for single values see {@link #java}. */
    public Optional<String> block() {
        return Optional.ofNullable(declared.block);
    }

    /** The runtime's method that computes blocks of it and of another gate at once, for little more than one of the two takes. */
    public Optional<Pair> blockWith() {
        return Optional.ofNullable(declared.blockWith);
    }

    /** The runtime's method that combines all elements of a block by it, see {@link #BLOCKS}. */
    public Optional<String> blockFold() {
        return Optional.ofNullable(declared.blockFold);
    }

    /**
     * How it is written with vectors of reals and masks of conditions, the types of jdk.incubator.vector: {@code $0} is the first
     * input, {@code $V} the module's class of operators.
     */
    public Optional<String> vector() {
        return Optional.ofNullable(declared.vector);
    }

    /** Whether HotSpot computes vectors of it in a loop over reals that holds nothing but such gates. */
    public boolean hasLanes() {
        return declared.lanes;
    }

    /**
     * The runtime's method for blocks of reals of it, see {@link #BLOCKS}, conditions being 1 or 0: for gates that would keep
     * HotSpot from computing vectors of what is around them.
     */
    public Optional<String> choice() {
        return Optional.ofNullable(declared.choice);
    }

    /** Whether the local gradient by {@code input} is declared; structurally zero otherwise. */
    public boolean isDifferentiable(int input) {
        return input < declared.partials.size();
    }

    /** Where contract tests may sample {@code input}. */
    public Range domain(int input) {
        return declared.domains.get(Math.min(input, declared.domains.size() - 1));
    }

    public Signature signature() {
        return declared.signature;
    }

    /** Whether the language has it as a function of its own name; the others are operators, or have rules of their own. */
    public boolean isFunction() {
        return declared.function;
    }

    /** Whether one evaluation costs as much as many arithmetic operations (exp, tanh...): worth keeping. */
    public boolean isExpensive() {
        return declared.java instanceof JavaForm.Call && !declared.cheap;
    }

    /**
     * How its output moves with {@code input}, the others held, wherever it is defined and up to rounding: 1 where it never
     * falls as the input rises, -1 where it never rises, 0 where neither is known.
     */
    public int trend(int input) {
        return input < declared.trends.size() ? declared.trends.get(input) : 0;
    }

    /** How many operations it counts as: one, or those of the formula that it is one gate for. */
    public int operations() {
        return declared.operations;
    }

    @Override
    public boolean isCommutative() {
        return declared.commutative;
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        if (inputs.size() != declared.arity) {
            throw new ShapeMismatch(name() + " takes " + declared.arity + " inputs, not " + inputs.size());
        }
        for (int i = 1; i < inputs.size(); i++) {
            if (!inputs.get(i).shape().equals(inputs.get(0).shape())) {
                throw new ShapeMismatch(name() + " needs equal shapes, found "
                        + inputs.stream().map(Node::type).toList());
            }
        }
        ElementType element = element(inputs);
        Type last = inputs.get(inputs.size() - 1).type();
        return last.element() == element ? last : new Type(element, last.shape());
    }

    @Override
    public Optional<Flow> flow(Node node) {
        return Optional.ofNullable(declared.flow);
    }

    @Override
    public boolean handsOnZeros(List<Node> inputs) {
        if (this != Logic.SELECT) {
            return declared.linear && anyRouted(inputs);
        }
        boolean hasZero = Leaf.isConstant(inputs.get(1), 0) || Leaf.isConstant(inputs.get(2), 0);
        return inputs.get(1).isReal() && (anyRouted(inputs) || (hasZero && !Leaf.comparesPosition(inputs.get(0))));
    }

    private static boolean anyRouted(List<Node> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).isRouted()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean canBeInfinite(List<Node> inputs) {
        if (this == Arithmetic.NEGATE || this == Arithmetic.MULTIPLY) {
            return inputs.get(0).canBeInfinite()
                    || inputs.get(inputs.size() - 1).canBeInfinite();
        }
        boolean isDivision =
                this == Arithmetic.DIVIDE && Leaf.constantValue(inputs.get(1)).isEmpty();
        return isDivision
                || this == Arithmetic.POWER
                || this == Elementary.LOG
                || this == Special.DIGAMMA
                || this == Special.POLYGAMMA;
    }

    private ElementType element(List<Node> inputs) {
        ElementType first = inputs.get(0).type().element();
        ElementType last = inputs.get(inputs.size() - 1).type().element();
        boolean fits = switch (declared.signature) {
            case REAL -> first == ElementType.REAL && last == ElementType.REAL;
            case ARITHMETIC -> first != ElementType.BOOL && first == last;
            case WHOLE -> first == ElementType.INT && last == ElementType.INT;
            case COMPARISON -> first == last;
            case LOGIC -> first == ElementType.BOOL && last == ElementType.BOOL;
            case SELECTION -> first == ElementType.BOOL && inputs.get(1).type().element() == last;
            case CONVERSION -> first == ElementType.INT;
            case ANY -> true;
        };
        if (!fits) {
            throw new ShapeMismatch(
                    name() + " does not take " + inputs.stream().map(Node::type).toList());
        }
        return switch (declared.signature) {
            case REAL, CONVERSION -> ElementType.REAL;
            case ARITHMETIC, WHOLE, SELECTION, ANY -> last;
            case COMPARISON, LOGIC -> ElementType.BOOL;
        };
    }

    @Override
    public Formula formula() {
        return declared.formula;
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        if (!isDifferentiable(input) || !at.node().isReal()) {
            return Optional.empty();
        }
        return Optional.of(Routing.times(upstream, declared.partials.get(input).of(at)));
    }
}
