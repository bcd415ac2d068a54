package dev.gradc.compiler;

import dev.gradc.compiler.check.GateCheck;
import dev.gradc.compiler.check.GateFault;
import dev.gradc.compiler.concurrent.DeepStack;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.Derivation;
import dev.gradc.compiler.lower.Derivation.Kind;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import dev.gradc.compiler.lower.LoweredModel.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model made ready for its derivatives to be checked. */
public final class Audit {

    private final LoweredModel lowered;
    private final GeneratedModel model;

    private Audit(LoweredModel lowered, GeneratedModel model) {
        this.lowered = lowered;
        this.model = model;
    }

    static Audit of(LoweredModel lowered, CompilerOptions options) {
        return new Audit(lowered, Gradc.generate(withProducts(lowered), options));
    }

    /**
     * The class of the model, with methods for vector-Jacobian and Jacobian-vector products of all real outputs, and for
     * the vector-Jacobian products that go with the derivatives that {@code derive} clauses ask for.
     */
    public GeneratedModel model() {
        return model;
    }

    /**
     * The gates whose adjoint disagrees with differences of that gate alone, or that are at a kink.
     *
     * @param dims a value for every runtime dim
     * @param variables elements of every argument, by name, row-major
     */
    public List<GateFault> faults(Map<String, Integer> dims, Map<String, double[]> variables) {
        return DeepStack.call(() -> GateCheck.faults(lowered, dims, variables));
    }

    private static LoweredModel withProducts(LoweredModel model) {
        List<Derivation> derivations = new ArrayList<>(model.derivations());
        List<Argument> by = model.wrt().isEmpty() ? realArguments(model) : model.wrt();
        if (!by.isEmpty()) {
            for (Output output : model.outputs()) {
                boolean hasGradient =
                        isTarget(model, output) && output.node().shape().isScalar();
                if (output.node().isReal() && !hasGradient) {
                    add(derivations, Kind.VJP, output, by);
                }
                if (output.node().isReal()) {
                    add(derivations, Kind.JVP, output, by);
                }
            }
        }
        model.derivations().forEach(asked -> add(derivations, Kind.VJP, asked.of(), asked.by()));
        return model.withDerivations(derivations);
    }

    private static boolean isTarget(LoweredModel model, Output output) {
        return !model.wrt().isEmpty()
                && model.target()
                        .filter(target -> target.node() == output.node())
                        .isPresent();
    }

    private static List<Argument> realArguments(LoweredModel model) {
        return model.arguments().stream()
                .filter(argument -> argument.node().isReal())
                .toList();
    }

    /** Adds the derivation unless it is there. */
    private static void add(List<Derivation> derivations, Kind kind, Output of, List<Argument> by) {
        Node f = of.node();
        boolean isThere =
                derivations.stream().anyMatch(d -> d.kind() == kind && d.of().node() == f && d.by().equals(by));
        if (!isThere) {
            String name = "checked" + derivations.size() + (kind == Kind.VJP ? "Vjp" : "Jvp");
            derivations.add(new Derivation(kind, of, by, name, of.span()));
        }
    }
}
