package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Values that are not computed: variables, constants, extents, positions. */
public final class Leaf extends Operation {

    /** An argument of the model, or the seed: attribute {@link Variable}. */
    public static final Leaf VARIABLE = new Leaf("variable", "an input or param");

    /** The same number everywhere: attribute {@link Constant}. */
    public static final Leaf CONSTANT = new Leaf("constant", "a number");

    /** A dim's value as an int scalar: attribute {@link Extent}. */
    public static final Leaf EXTENT = new Leaf("extent", "a dim or an index, as an int");

    /** Each element's own position along one axis, an int: attribute {@link Position}. */
    public static final Leaf POSITION = new Leaf("position", "positions(a, axis)");

    /** The name of the seed, which no variable of a model can have. */
    public static final String SEED = "upstream'";

    /** A variable's name and type. */
    public record Variable(String name, Type type) implements Attribute {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A number and the type that is filled with it; 0.0 and -0.0 differ, NaN equals itself. */
    public record Constant(double value, Type type) implements Attribute {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** An extent used as a number. */
    public record Extent(Dim dim) implements Attribute {
        @Override
        public String toString() {
            return dim.toString();
        }
    }

    /** An axis of a shape. */
    public record Position(int axis, Shape shape) implements Attribute {
        @Override
        public String toString() {
            return "axis=" + axis;
        }
    }

    private final Formula formula;

    private Leaf(String name, String formula) {
        super(name, Kind.LEAF);
        this.formula = Formula.of(formula);
    }

    /** The variable called {@code name}. */
    public static Node variable(NodeFactory graph, String name, Type type) {
        return graph.make(VARIABLE, new Variable(name, type), List.of());
    }

    /** A tensor of {@code type} filled with {@code value} (1 is true). */
    public static Node constant(NodeFactory graph, double value, Type type) {
        return graph.make(CONSTANT, new Constant(value, type), List.of());
    }

    /** {@code dim} as an int scalar; a constant where it is fixed. */
    public static Node extent(NodeFactory graph, Dim dim) {
        return dim.constant().isPresent()
                ? constant(graph, (double) dim.constant().getAsLong(), new Type(ElementType.INT, Shape.SCALAR))
                : graph.make(EXTENT, new Extent(dim), List.of());
    }

    /** Positions along {@code axis} of {@code shape}. */
    public static Node position(NodeFactory graph, int axis, Shape shape) {
        return graph.make(POSITION, new Position(axis, shape), List.of());
    }

    /** The number where {@code node} is a constant. */
    public static OptionalDouble constantValue(Node node) {
        return node.attribute() instanceof Constant constant
                ? OptionalDouble.of(constant.value())
                : OptionalDouble.empty();
    }

    /** Whether {@code node} is the constant {@code value} (0.0 is not -0.0). */
    public static boolean isConstant(Node node, double value) {
        return node.attribute() instanceof Constant constant && Double.compare(constant.value(), value) == 0;
    }

    /** Whether {@code condition} tells one place from others by its position: no branch, but data being moved. */
    static boolean comparesPosition(Node condition) {
        return condition.is(Logic.EQUAL) && condition.inputs().stream().anyMatch(input -> input.is(POSITION));
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        if (attribute instanceof Variable variable) {
            return variable.type();
        } else if (attribute instanceof Constant constant) {
            return constant.type();
        } else if (attribute instanceof Position position) {
            return new Type(ElementType.INT, position.shape());
        }
        return new Type(ElementType.INT, Shape.SCALAR);
    }

    @Override
    public Formula formula() {
        return formula;
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        return Optional.empty();
    }
}
