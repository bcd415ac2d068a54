package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import java.util.Optional;
import java.util.Set;

/** A gate with its adjoint: what each input gets of the upstream gradient. */
public abstract sealed class Operation extends Gate
        permits Contraction, Custom, Gather, Kernel, Leaf, Pack, Pointwise, Reduction, Scan, Scatter, View {

    Operation(String name, Kind kind) {
        super(name, kind);
    }

    /**
     * The vector-Jacobian product for one input: how a change of {@code input} moves the output, weighted by {@code
     * upstream}.
     *
     * @param at the gate in its graph: inputs and output
     * @param upstream gradient of the output, of the output's shape
     * @return a gradient of the input's shape; empty where it is structurally zero
     */
    public abstract Optional<Term> adjoint(Site at, Term upstream, int input);

    @Override
    public final Set<String> loops(Attribute attribute) {
        return Symbols.loops(attribute);
    }

    /** What {@code node}, made by this gate, does to the gradient on its way back, where that has a name. */
    public Optional<Flow> flow(Node node) {
        return Optional.empty();
    }

    /** What the reference page says of it. */
    public abstract Formula formula();

    /** The operation behind {@code node}. */
    public static Operation of(Node node) {
        return (Operation) node.gate();
    }
}
