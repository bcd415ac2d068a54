package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.ShapeMismatch;
import dev.gradc.compiler.ir.Type;
import java.util.List;
import java.util.Optional;

/** A gate that folds axes by an associative operation; attribute {@link Axes}. */
public final class Reduction extends Operation {

    /** How a reduction's upstream gradient reaches its input. */
    @FunctionalInterface
    interface AdjointRule {
        Optional<Term> adjoint(Site at, Term upstream, Axes axes);
    }

    private final Pointwise combiner;
    private final double identity;
    private final Optional<Pointwise> keeper;
    private final AdjointRule rule;
    private final Formula formula;
    private final Optional<Flow> flow;

    private Reduction(
            String name,
            Formula formula,
            Pointwise combiner,
            double identity,
            Optional<Pointwise> keeper,
            Optional<Flow> flow,
            AdjointRule rule) {
        super(name, Kind.REDUCTION);
        this.combiner = combiner;
        this.identity = identity;
        this.keeper = keeper;
        this.rule = rule;
        this.formula = formula;
        this.flow = flow;
    }

    /** Folds values: {@code combiner(accumulator, element)} from {@code identity}. */
    static Reduction folding(
            String name, Formula formula, Pointwise combiner, double identity, Optional<Flow> flow, AdjointRule rule) {
        return new Reduction(name, formula, combiner, identity, Optional.empty(), flow, rule);
    }

    /**
     * Finds the position, in row-major order of the folded axes, of the first element for which {@code
     * comparison(element, best)} holds against all before it; of which one where an element is NaN, is not said.
     *
     * @param keeper gives the better of two: {@code keeper(best, element)}
     */
    static Reduction seeking(String name, Formula formula, Pointwise comparison, Pointwise keeper, double worst) {
        AdjointRule none = (at, upstream, axes) -> Optional.empty();
        return new Reduction(name, formula, comparison, worst, Optional.of(keeper), Optional.empty(), none);
    }

    /** The combining gate, or for a {@link #isPositional positional} reduction the comparison that wins. */
    public Pointwise combiner() {
        return combiner;
    }

    /** What an empty fold gives. */
    public double identity() {
        return identity;
    }

    /** Whether it gives a position rather than a value. */
    public boolean isPositional() {
        return keeper.isPresent();
    }

    /** Of a {@link #isPositional positional} reduction, the gate that gives the better of two. */
    public Pointwise keeper() {
        return keeper.orElseThrow();
    }

    /** The axes that {@code node} folds. */
    public static List<Integer> axes(Node node) {
        return ((Axes) node.attribute()).axes();
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        Axes axes = (Axes) attribute;
        Type input = inputs.get(0).type();
        if (axes.axes().stream()
                .anyMatch(axis -> axis < 0 || axis >= input.shape().rank())) {
            throw new ShapeMismatch(name() + " over " + axes + " of " + input);
        }
        ElementType element = isPositional() ? ElementType.INT : input.element();
        return new Type(element, input.shape().without(axes.axes()));
    }

    @Override
    public boolean handsOnZeros(List<Node> inputs) {
        return this == Reductions.SUM && inputs.get(0).isRouted();
    }

    @Override
    public Optional<Flow> flow(Node node) {
        return flow;
    }

    @Override
    public Formula formula() {
        return formula;
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        return rule.adjoint(at, upstream, (Axes) at.node().attribute());
    }
}
