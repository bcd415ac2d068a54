package dev.gradc.compiler;

import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Precision;
import dev.gradc.compiler.rewrite.RuleSets;
import dev.gradc.compiler.rewrite.Simplifier;
import java.util.List;
import java.util.Optional;

/**
 * What a compilation is asked for.
 *
 * @param model only this model; all models of the sources when empty
 * @param wrt the variables to differentiate by; the model's params when empty
 * @param of the output to differentiate; the loss (or a model's only output) when empty
 * @param simplify whether the simplifier runs; off only to test it against itself
 * @param precision the precision of all models; what each one says when empty
 */
public record CompilerOptions(
        Optional<String> model,
        List<String> wrt,
        Optional<String> of,
        boolean simplify,
        Optional<Precision> precision) {

    public CompilerOptions {
        wrt = List.copyOf(wrt);
    }

    /** Every model, its loss by its params, simplified. */
    public static CompilerOptions defaults() {
        return new CompilerOptions(Optional.empty(), List.of(), Optional.empty(), true, Optional.empty());
    }

    /** What makes nodes of {@code graph}: the simplifier, where it runs. */
    NodeFactory factory(GraphBuilder graph) {
        return simplify ? new Simplifier(graph, RuleSets.all((index, extent) -> false)) : graph;
    }

    public CompilerOptions withModel(String name) {
        return new CompilerOptions(Optional.of(name), wrt, of, simplify, precision);
    }

    public CompilerOptions withWrt(List<String> names) {
        return new CompilerOptions(model, names, of, simplify, precision);
    }

    public CompilerOptions withOf(String output) {
        return new CompilerOptions(model, wrt, Optional.of(output), simplify, precision);
    }

    public CompilerOptions withSimplify(boolean on) {
        return new CompilerOptions(model, wrt, of, on, precision);
    }

    /** With reals in {@code wanted}, whatever the models say. */
    public CompilerOptions withPrecision(Precision wanted) {
        return new CompilerOptions(model, wrt, of, simplify, Optional.of(wanted));
    }
}
