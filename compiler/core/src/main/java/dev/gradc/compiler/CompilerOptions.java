package dev.gradc.compiler;

import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Precision;
import dev.gradc.compiler.rewrite.RuleSets;
import dev.gradc.compiler.rewrite.Simplifier;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a compilation is asked for.
 *
 * @param model only this model; all models of the sources when empty
 * @param wrt the variables to differentiate by; the model's params when empty
 * @param of the output to differentiate; the loss (or a model's only output) when empty
 * @param withoutRules the names of the simplifier's rules that are switched off
 * @param precision the precision of all models; what each one says when empty
 * @param vectors whether loops are written with the types of jdk.incubator.vector, which the classes need then
 */
public record CompilerOptions(
        Optional<String> model,
        List<String> wrt,
        Optional<String> of,
        Set<String> withoutRules,
        Optional<Precision> precision,
        boolean vectors) {

    /**
     * Checked options.
     *
     * @throws IllegalArgumentException where no rule has one of the names of {@code withoutRules}
     */
    public CompilerOptions {
        wrt = List.copyOf(wrt);
        RuleSets.requireNames(withoutRules);
        withoutRules = Collections.unmodifiableSet(new TreeSet<>(withoutRules));
    }

    /** Every model, its loss by its params, simplified by all rules. */
    public static CompilerOptions defaults() {
        return new CompilerOptions(Optional.empty(), List.of(), Optional.empty(), Set.of(), Optional.empty(), false);
    }

    /** What makes the nodes of derivatives while a model is lowered: a simplifier. */
    NodeFactory factory(GraphBuilder graph) {
        return new Simplifier(graph, RuleSets.without(withoutRules, (index, extent) -> false));
    }

    public CompilerOptions withModel(String name) {
        return new CompilerOptions(Optional.of(name), wrt, of, withoutRules, precision, vectors);
    }

    public CompilerOptions withWrt(List<String> names) {
        return new CompilerOptions(model, names, of, withoutRules, precision, vectors);
    }

    public CompilerOptions withOf(String output) {
        return new CompilerOptions(model, wrt, Optional.of(output), withoutRules, precision, vectors);
    }

    /** Without the rules called {@code names}; the catalogue of the reference lists them. */
    public CompilerOptions withoutRules(Set<String> names) {
        return new CompilerOptions(model, wrt, of, names, precision, vectors);
    }

    /** With all of the simplifier's rules, or with none. */
    public CompilerOptions withSimplify(boolean on) {
        return withoutRules(on ? Set.of() : RuleSets.names());
    }

    /** With reals in {@code wanted}, whatever the models say. */
    public CompilerOptions withPrecision(Precision wanted) {
        return new CompilerOptions(model, wrt, of, withoutRules, Optional.of(wanted), vectors);
    }

    /** With loops written with vectors, or not. */
    public CompilerOptions withVectors(boolean on) {
        return new CompilerOptions(model, wrt, of, withoutRules, precision, on);
    }
}
