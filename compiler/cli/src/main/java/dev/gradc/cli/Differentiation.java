package dev.gradc.cli;

import dev.gradc.compiler.CompilerOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that choose a model and what of it is differentiated by what. */
final class Differentiation {

    @Option(names = "--model", paramLabel = "NAME", description = "Which model, where the file has several.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--wrt",
            split = ",",
            paramLabel = "NAME",
            description = "Differentiate by these params or inputs; by the params unless given.")
    private List<String> wrt = List.of();

    @Option(
            names = "--of",
            paramLabel = "NAME",
            description = "Differentiate this output; the loss unless given. One that is no scalar needs a seed.")
    private Optional<String> of = Optional.empty();

    CompilerOptions options() {
        CompilerOptions options = CompilerOptions.defaults().withWrt(wrt);
        options = model.map(options::withModel).orElse(options);
        return of.map(options::withOf).orElse(options);
    }
}
