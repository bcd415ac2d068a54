package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.syntax.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Syntax to graphs: one graph for each model of the files given. */
public final class Lowering {

    /** Words that Java takes as names, but not of classes. */
    private static final Set<String> RESTRICTED_TYPE_NAMES = Set.of("var", "record", "yield", "sealed", "permits");

    private final Diagnostics diagnostics;
    private final Module library;

    /** @param library the functions every file sees */
    public Lowering(Module library, Diagnostics diagnostics) {
        this.library = library;
        this.diagnostics = diagnostics;
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
        module.imports().forEach(i -> {
            String name = i.name().toString();
            boolean isLibrary = name.equals("gradc.nn") || name.startsWith("gradc.nn.");
            if (!isLibrary) {
                diagnostics.report(LoweringDiagnostics.notSupported(
                        "importing `" + name + "` is",
                        i.span(),
                        "define the function in this file; the library there is so far is `gradc.nn`"));
            }
        });
        Map<String, Declaration.Function> functions = new LinkedHashMap<>();
        functionsOf(library).forEach(f -> functions.put(f.name().text(), f));
        checkDeclarations(module);
        functionsOf(module).forEach(f -> functions.put(f.name().text(), f));
        List<LoweredModel> models = new ArrayList<>();
        for (Declaration declaration : module.declarations()) {
            if (declaration instanceof Declaration.Model model
                    && wanted.map(model.name().text()::equals).orElse(true)) {
                new ModelLowering(module, model, functions.values(), diagnostics)
                        .lower(wrt, of)
                        .ifPresent(models::add);
            }
        }
        return models;
    }

    private static List<Declaration.Function> functionsOf(Module module) {
        return module.declarations().stream()
                .filter(Declaration.Function.class::isInstance)
                .map(Declaration.Function.class::cast)
                .toList();
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
            if (declaration instanceof Declaration.Function function) {
                unique(functions, function.name());
                if (Builtins.names().contains(function.name().text())) {
                    diagnostics.report(LoweringDiagnostics.reservedName(
                            function.name().text(),
                            "a gate has this name",
                            function.name().span()));
                }
            } else if (declaration instanceof Declaration.Model model) {
                unique(models, model.name());
                checkClassName(model.name());
            } else if (declaration instanceof Declaration.CustomGate gate) {
                diagnostics.report(LoweringDiagnostics.notSupported(
                        "a custom gate is", gate.name().span(), "write it as an `fn`; its derivative is derived"));
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
