package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.codegen.ClassGenerator;
import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Precision;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.lower.Lowering;
import dev.gradc.compiler.lower.Packages;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.syntax.Module;
import dev.gradc.compiler.syntax.Parser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Models for tests: from text, and from graphs. */
public final class TestModels {

    /** The defaults, but with written vectors where the build asks for them. */
    private static final CompilerOptions OPTIONS =
            CompilerOptions.defaults().withVectors(Boolean.getBoolean("gradc.vectors"));

    private TestModels() {}

    /** What tests that run a second time, with written vectors, compile with. */
    public static CompilerOptions options() {
        return OPTIONS;
    }

    /** The one model of {@code text}, which has no problems. */
    public static GeneratedModel compile(String text, CompilerOptions options) {
        Compilation compilation = Gradc.compile(List.of(new SourceFile("test.grad", text)), options);
        assertThat(compilation.diagnostics().stream()
                        .map(DiagnosticRenderer::render)
                        .collect(Collectors.joining("\n")))
                .isEmpty();
        assertThat(compilation.models()).hasSize(1);
        return compilation.models().get(0);
    }

    /** The graph of the one model of {@code text}, which has no problems. */
    public static LoweredModel lower(String text, CompilerOptions options) {
        Diagnostics diagnostics = new Diagnostics();
        Module module = Parser.parse(new SourceFile("test.grad", text), diagnostics);
        Packages packages = Imports.packages(List.of(module), (importer, wanted) -> List.of(), diagnostics);
        List<LoweredModel> models = new Lowering(packages, diagnostics, options::factory)
                .lower(module, Optional.empty(), List.of(), Optional.empty());
        assertThat(diagnostics.list().stream().map(DiagnosticRenderer::render).collect(Collectors.joining("\n")))
                .isEmpty();
        return models.get(0);
    }

    /** Outputs and gradients of the model in {@code text}. */
    public static Evaluation evaluate(String text, Map<String, Tensor> data) {
        return evaluate(text, CompilerOptions.defaults(), data);
    }

    /** Outputs and gradients of the model in {@code text}. */
    public static Evaluation evaluate(String text, CompilerOptions options, Map<String, Tensor> data) {
        return ModelRunner.load(compile(text, options)).evaluate(data, Map.of(), Optional.empty());
    }

    /** The class for a graph whose variables are all params and whose only output is {@code target}. */
    static GeneratedModel generate(
            GraphBuilder graph, List<String> dims, List<Node> variables, Node target, boolean simplify) {
        return generate("", graph, dims, variables, target, simplify);
    }

    /** The same, in a package. */
    static GeneratedModel generate(
            String packageName,
            GraphBuilder graph,
            List<String> dims,
            List<Node> variables,
            Node target,
            boolean simplify) {
        SourceFile source = new SourceFile("graph.grad", "");
        List<LoweredModel.Argument> arguments = variables.stream()
                .map(node -> new LoweredModel.Argument(
                        ((Leaf.Variable) node.attribute()).name(), true, node, Optional.empty(), "", source.span(0, 0)))
                .toList();
        LoweredModel.Output output = new LoweredModel.Output("result", target, "", source.span(0, 0));
        List<LoweredModel.Argument> wrt =
                arguments.stream().filter(a -> a.node().isReal()).toList();
        LoweredModel model = new LoweredModel(
                packageName,
                "Sample",
                "",
                source.span(0, 0),
                graph,
                Precision.F64,
                dims,
                arguments,
                List.of(output),
                Optional.of(output).filter(o -> o.node().isReal()),
                target.isReal() ? wrt : List.of(),
                List.of(),
                new LinkedHashMap<>());
        CompilerOptions options = OPTIONS.withSimplify(simplify);
        String text = ClassGenerator.generate(Pipeline.plan(model, options), "test");
        return new GeneratedModel(packageName, "Sample", text, Signatures.of(model));
    }
}
