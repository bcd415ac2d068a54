package dev.gradc.compiler;

import dev.gradc.compiler.codegen.ClassGenerator;
import dev.gradc.compiler.codegen.ModelPlan;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.lower.Lowering;
import dev.gradc.compiler.lower.Packages;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.syntax.Module;
import dev.gradc.compiler.syntax.Parser;
import java.util.ArrayList;
import java.util.List;

/** The compiler in one call: model files in, Java sources and diagnostics out. Pure: no files, clock or environment. */
public final class Gradc {

    private Gradc() {}

    /** The version of this compiler. */
    public static String version() {
        return Library.version();
    }

    /** Compiles {@code sources} together, which may import from each other; every problem is a diagnostic in the result. */
    public static Compilation compile(List<SourceFile> sources, CompilerOptions options) {
        return compile(sources, (importer, wanted) -> List.of(), options);
    }

    /**
     * Compiles {@code sources} together, which may import from each other and from what {@code finder} finds; every
     * problem is a diagnostic in the result.
     */
    public static Compilation compile(List<SourceFile> sources, ImportFinder finder, CompilerOptions options) {
        return DeepStack.call(() -> compileHere(sources, finder, options));
    }

    private static Compilation compileHere(List<SourceFile> sources, ImportFinder finder, CompilerOptions options) {
        Diagnostics diagnostics = new Diagnostics();
        List<Module> modules = sources.stream()
                .map(source -> Parser.parse(source, diagnostics))
                .toList();
        if (diagnostics.hasErrors()) {
            return new Compilation(List.of(), diagnostics.list());
        }
        List<GeneratedModel> generated = new ArrayList<>();
        Packages packages = new Packages(Imports.close(modules, Library.modules(), finder, diagnostics));
        if (diagnostics.hasErrors()) {
            return new Compilation(List.of(), diagnostics.list());
        }
        Lowering lowering = new Lowering(packages, diagnostics, options::factory);
        for (Module module : modules) {
            List<LoweredModel> models = lowering.lower(module, options.model(), options.wrt(), options.of());
            if (!diagnostics.hasErrors()) {
                models.forEach(model -> generated.add(generate(model, options)));
            }
        }
        return new Compilation(diagnostics.hasErrors() ? List.of() : generated, diagnostics.list());
    }

    private static GeneratedModel generate(LoweredModel written, CompilerOptions options) {
        LoweredModel lowered = options.precision().map(written::inPrecision).orElse(written);
        ModelPlan plan = Pipeline.plan(lowered, options);
        return new GeneratedModel(
                lowered.packageName(),
                lowered.name(),
                ClassGenerator.generate(plan, version()),
                Signatures.of(lowered));
    }
}
