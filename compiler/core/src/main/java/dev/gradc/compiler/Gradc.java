package dev.gradc.compiler;

import dev.gradc.compiler.codegen.ClassGenerator;
import dev.gradc.compiler.codegen.DerivedPlan;
import dev.gradc.compiler.codegen.ModelPlan;
import dev.gradc.compiler.concurrent.DeepStack;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.explain.CompiledCode;
import dev.gradc.compiler.explain.Explainer;
import dev.gradc.compiler.explain.Explanation;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.lower.Lowering;
import dev.gradc.compiler.lower.Packages;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.syntax.Module;
import dev.gradc.compiler.syntax.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /**
     * Explains the models of {@code sources}: formulas of values and derivatives, and what they cost.
     *
     * @param dims values for runtime dims, to evaluate costs at
     * @throws dev.gradc.compiler.explain.UnfitDimsException where a model does not fit them
     */
    public static Explanations explain(
            List<SourceFile> sources, ImportFinder finder, CompilerOptions options, Map<String, Integer> dims) {
        return DeepStack.call(() -> {
            Diagnostics diagnostics = new Diagnostics();
            List<Explanation> models = lowered(sources, finder, options, diagnostics).stream()
                    .map(model -> explain(model, options, dims))
                    .toList();
            return new Explanations(models, diagnostics.list());
        });
    }

    /** Makes the models of {@code sources} ready for their derivatives to be checked. */
    public static Audits audit(List<SourceFile> sources, ImportFinder finder, CompilerOptions options) {
        return DeepStack.call(() -> {
            Diagnostics diagnostics = new Diagnostics();
            List<Audit> models = lowered(sources, finder, options, diagnostics).stream()
                    .map(model -> Audit.of(model, options))
                    .toList();
            return new Audits(models, diagnostics.list());
        });
    }

    private static Explanation explain(LoweredModel model, CompilerOptions options, Map<String, Integer> dims) {
        ModelPlan plan = Pipeline.plan(model, options);
        CompiledCode code = new CompiledCode(
                plan.forward(),
                plan.backward(),
                plan.fused(),
                plan.derived().stream()
                        .collect(Collectors.toMap(each -> each.derivation().name(), DerivedPlan::program)),
                plan.buffers(),
                plan.gradients().keySet());
        return Explainer.explain(model, code, options.withoutRules(), dims);
    }

    private static Compilation compileHere(List<SourceFile> sources, ImportFinder finder, CompilerOptions options) {
        Diagnostics diagnostics = new Diagnostics();
        List<GeneratedModel> generated = lowered(sources, finder, options, diagnostics).stream()
                .map(model -> generate(model, options))
                .toList();
        return new Compilation(generated, diagnostics.list());
    }

    /** The models asked for; none where something is wrong. */
    private static List<LoweredModel> lowered(
            List<SourceFile> sources, ImportFinder finder, CompilerOptions options, Diagnostics diagnostics) {
        List<Module> modules = sources.stream()
                .map(source -> Parser.parse(source, diagnostics))
                .toList();
        if (diagnostics.hasErrors()) {
            return List.of();
        }
        Packages packages = Imports.packages(modules, finder, diagnostics);
        if (diagnostics.hasErrors()) {
            return List.of();
        }
        Lowering lowering = new Lowering(packages, diagnostics, options::factory);
        List<LoweredModel> models = new ArrayList<>();
        for (Module module : modules) {
            models.addAll(lowering.lower(module, options.model(), options.wrt(), options.of()));
        }
        return diagnostics.hasErrors()
                ? List.of()
                : models.stream()
                        .map(model ->
                                options.precision().map(model::inPrecision).orElse(model))
                        .toList();
    }

    static GeneratedModel generate(LoweredModel lowered, CompilerOptions options) {
        ModelPlan plan = Pipeline.plan(lowered, options);
        return new GeneratedModel(
                lowered.packageName(),
                lowered.name(),
                ClassGenerator.generate(plan, version()),
                Signatures.of(lowered));
    }
}
