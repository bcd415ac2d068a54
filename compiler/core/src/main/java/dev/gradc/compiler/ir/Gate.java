package dev.gradc.compiler.ir;

import java.util.List;
import java.util.Set;

/**
 * An operation. A gate is declared once, in package {@code gate}, as an instance of the class of its kind; stages after
 * lowering switch on the kind, never on the name. Gates have identity equality.
 */
public abstract class Gate {

    /** How a gate moves data; what scheduling and code generation need to know of it. */
    public enum Kind {
        /** A value that is not computed: an argument, a constant, an index. */
        LEAF,
        /** Each element of the output from the same element of every input. */
        POINTWISE,
        /** Axes folded by an associative operation. */
        REDUCTION,
        /** Sums of products over shared axes. */
        CONTRACTION,
        /** Elements moved, none computed: each output element is one input element. */
        LAYOUT,
        /** Elements moved and added: the adjoint of a layout. */
        SCATTER,
        /** Elements picked by positions known only at run time. */
        GATHER,
        /** Whole tensors, by a routine of the runtime. */
        KERNEL,
        /** A recurrence over the steps of a loop. */
        SCAN,
        /** A value with a derivative of its own; none is left after differentiation. */
        CUSTOM,
        /** Parts put together: each part stored where its map says. */
        PACK
    }

    private final String name;
    private final Kind kind;

    protected Gate(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    /** Its name in listings; unique among all gates. */
    public final String name() {
        return name;
    }

    /** How it moves data. */
    public final Kind kind() {
        return kind;
    }

    /** Whether the order of its operands does not matter, to the last bit. */
    public boolean isCommutative() {
        return false;
    }

    /**
     * The type of the output.
     *
     * @param attribute what the gate needs beside its inputs; {@link Attribute#NONE} for most
     * @throws ShapeMismatch where the inputs do not fit
     */
    public abstract Type type(Attribute attribute, List<Node> inputs);

    /**
     * Whether zeros of the output may be those of a branch not taken, which its inputs handed on: such a zero must stay
     * one whatever it is multiplied by.
     */
    public boolean handsOnZeros(List<Node> inputs) {
        return false;
    }

    /** Whether the output, as a local gradient, may be infinite or NaN though what it is made of is finite. */
    public boolean canBeInfinite(List<Node> inputs) {
        return false;
    }

    /** The loops whose steps {@code attribute} tells apart, by their symbols; perhaps too many, never too few. */
    public Set<String> loops(Attribute attribute) {
        return Set.of();
    }

    @Override
    public final String toString() {
        return name;
    }
}
