package dev.gradc.compiler;

import java.util.List;
import java.util.Optional;

/**
 * What a compilation is asked for.
 *
 * @param model only this model; all models of the sources when empty
 * @param wrt the variables to differentiate by; the model's params when empty
 * @param of the output to differentiate; the loss (or a model's only output) when empty
 * @param simplify whether the simplifier runs; off only to test it against itself
 */
public record CompilerOptions(Optional<String> model, List<String> wrt, Optional<String> of, boolean simplify) {

    public CompilerOptions {
        wrt = List.copyOf(wrt);
    }

    /** Every model, its loss by its params, simplified. */
    public static CompilerOptions defaults() {
        return new CompilerOptions(Optional.empty(), List.of(), Optional.empty(), true);
    }

    public CompilerOptions withModel(String name) {
        return new CompilerOptions(Optional.of(name), wrt, of, simplify);
    }

    public CompilerOptions withWrt(List<String> names) {
        return new CompilerOptions(model, names, of, simplify);
    }

    public CompilerOptions withOf(String output) {
        return new CompilerOptions(model, wrt, Optional.of(output), simplify);
    }

    public CompilerOptions withSimplify(boolean on) {
        return new CompilerOptions(model, wrt, of, on);
    }
}
