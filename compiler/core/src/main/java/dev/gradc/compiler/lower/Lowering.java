package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.syntax.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.SourceVersion;

/** Syntax to graphs: one graph for each model of the files given. */
public final class Lowering {

    /** Words that Java takes as names, but not of classes. */
    private static final Set<String> RESTRICTED_TYPE_NAMES = Set.of("var", "record", "yield", "sealed", "permits");

    private final Diagnostics diagnostics;
    private final Packages packages;
    private final Function<GraphBuilder, NodeFactory> derivatives;

    /**
     * Lowers models.
     *
     * @param packages all files there are, the library's among them
     * @param derivatives what makes the nodes of derivatives in a graph
     */
    public Lowering(Packages packages, Diagnostics diagnostics, Function<GraphBuilder, NodeFactory> derivatives) {
        this.packages = packages;
        this.diagnostics = diagnostics;
        this.derivatives = derivatives;
    }

    /**
     * The models of {@code module}; a model with problems is left out after they are reported.
     *
     * @param wanted only the model of this name
     * @param wrt names of the variables to differentiate by; the params when empty
     * @param of name of the output to differentiate
     */
    public List<LoweredModel> lower(Module module, Optional<String> wanted, List<String> wrt, Optional<String> of) {
        checkPackage(module);
        new ImportChecks(packages, diagnostics).check(module);
        checkDeclarations(module);
        List<LoweredModel> models = new ArrayList<>();
        for (Declaration declaration : module.declarations()) {
            if (declaration instanceof Declaration.Model model
                    && wanted.map(model.name().text()::equals).orElse(true)) {
                new ModelLowering(module, model, packages, diagnostics, derivatives)
                        .lower(wrt, of)
                        .ifPresent(models::add);
            }
        }
        return models;
    }

    private void checkPackage(Module module) {
        if (module.packageName().isEmpty()) {
            return;
        }
        for (Identifier part : module.packageName().get().parts()) {
            if (!SourceVersion.isName(part.text(), SourceVersion.RELEASE_17)) {
                diagnostics.report(LoweringDiagnostics.packageMismatch(part.text(), part.span()));
            }
        }
    }

    private void checkDeclarations(Module module) {
        Map<String, Identifier> functions = new LinkedHashMap<>();
        Map<String, Identifier> models = new LinkedHashMap<>();
        for (Declaration declaration : module.declarations()) {
            if (declaration instanceof Declaration.Function || declaration instanceof Declaration.CustomGate) {
                Identifier name = Packages.importable(declaration).orElseThrow();
                unique(functions, name);
                if (Builtins.names().contains(name.text())) {
                    diagnostics.report(
                            LoweringDiagnostics.reservedName(name.text(), "a gate has this name", name.span()));
                }
            } else if (declaration instanceof Declaration.Model model) {
                unique(models, model.name());
                checkClassName(model.name());
            } else if (declaration instanceof Declaration.FilePrecision precision) {
                ModelLowering.checkPrecision(precision.statement(), diagnostics);
            }
        }
    }

    private void checkClassName(Identifier name) {
        boolean isWord = !SourceVersion.isName(name.text(), SourceVersion.RELEASE_17)
                || RESTRICTED_TYPE_NAMES.contains(name.text());
        if (isWord) {
            diagnostics.report(LoweringDiagnostics.reservedName(
                    name.text(), "a model becomes a Java class, and Java reserves this word", name.span()));
        }
    }

    private void unique(Map<String, Identifier> seen, Identifier name) {
        Identifier first = seen.putIfAbsent(name.text(), name);
        if (first != null) {
            diagnostics.report(LoweringDiagnostics.duplicate(name.text(), first.span(), name.span()));
        }
    }
}
