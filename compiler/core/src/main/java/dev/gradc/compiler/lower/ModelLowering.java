package dev.gradc.compiler.lower;

import dev.gradc.compiler.autodiff.Derivatives;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Precision;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import dev.gradc.compiler.lower.LoweredModel.Definition;
import dev.gradc.compiler.lower.LoweredModel.Output;
import dev.gradc.compiler.lower.LoweredModel.Range;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Expr;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.syntax.Module;
import dev.gradc.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One model to one graph. */
final class ModelLowering {

    /** The name of the loss among the outputs. */
    private static final String LOSS = "loss";

    private final Module module;
    private final Declaration.Model model;
    private final Diagnostics diagnostics;
    private final GraphBuilder graph = new GraphBuilder();
    private final DimLowering dims;
    private final SymbolTable symbols;
    private final ExpressionLowering expressions;
    private final List<String> runtimeDims = new ArrayList<>();
    private final List<Argument> arguments = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final Map<Node, Definition> definitions = new LinkedHashMap<>();
    private final List<Runnable> pending = new ArrayList<>();
    private final List<Statement.DeriveClause> derived = new ArrayList<>();

    ModelLowering(
            Module module,
            Declaration.Model model,
            Packages packages,
            Diagnostics diagnostics,
            Function<GraphBuilder, NodeFactory> derivatives) {
        this.module = module;
        this.model = model;
        this.diagnostics = diagnostics;
        this.dims = new DimLowering(diagnostics);
        this.symbols = new SymbolTable(diagnostics);
        this.expressions = new ExpressionLowering(
                graph, new Derivatives(derivatives.apply(graph)), dims, packages, module, diagnostics);
    }

    /** The lowered model, unless problems were reported. */
    Optional<LoweredModel> lower(List<String> wrt, Optional<String> of) {
        int before = diagnostics.list().size();
        model.dims().forEach(dim -> guarded(() -> defineDim(dim)));
        model.body().forEach(statement -> guarded(() -> define(statement)));
        Scope constants = expressions.scope();
        for (String name : constants.names()) {
            if (!symbols.names().contains(name)) {
                symbols.define(
                        new Identifier(name, model.name().span()),
                        () -> constants.find(name).orElseThrow());
            }
        }
        for (String name : List.copyOf(symbols.names())) {
            guarded(() -> symbols.find(name));
        }
        pending.forEach(this::guarded);
        if (outputs.isEmpty() && pending.isEmpty()) {
            diagnostics.report(LoweringDiagnostics.nothingToCompute(
                    model.name().text(), model.name().span()));
        }
        List<Argument> variables = List.of();
        Optional<Output> target = Optional.empty();
        List<Derivation> derivations = List.of();
        if (diagnostics.list().size() == before) {
            DeriveClauses clauses = new DeriveClauses(derived, ranged(), outputs, diagnostics);
            target = target(of.or(clauses::gradientOf));
            List<Argument> chosen =
                    differentiated(wrt.isEmpty() ? clauses.gradient().orElse(wrt) : wrt);
            variables = target.isPresent() ? chosen : List.of();
            derivations = clauses.derivations(target, chosen);
        }
        LoweredModel result = result(target, variables, derivations);
        if (!result.fitsByName() && !result.fitsAsVector()) {
            diagnostics.report(LoweringDiagnostics.tooLarge(
                    "a Java method cannot take as many arguments as `"
                            + model.name().text() + "` has",
                    model.name().span()));
        }
        return diagnostics.list().size() > before ? Optional.empty() : Optional.of(result);
    }

    /** The arguments with the ranges they have by now. */
    private List<Argument> ranged() {
        return arguments.stream()
                .map(a -> new Argument(
                        a.name(),
                        a.isParam(),
                        a.node(),
                        Optional.ofNullable(expressions.ranges().get(a.node())),
                        a.documentation(),
                        a.span()))
                .toList();
    }

    private LoweredModel result(Optional<Output> target, List<Argument> wrt, List<Derivation> derivations) {
        List<Argument> ranged = ranged();
        Set<String> names = wrt.stream().map(Argument::name).collect(Collectors.toSet());
        return new LoweredModel(
                module.packageName().map(Module.QualifiedName::toString).orElse(""),
                model.name().text(),
                model.documentation().orElse(""),
                model.span(),
                graph,
                precision(),
                runtimeDims,
                ranged,
                outputs,
                target,
                ranged.stream().filter(a -> names.contains(a.name())).toList(),
                derivations,
                definitions);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Unresolved reported) {
            // its problem stands among the diagnostics; the next statement may have its own
        }
    }

    private void defineDim(Declaration.DimParameter parameter) {
        String name = parameter.name().text();
        Dim dim = parameter.value().map(value -> dims.dim(value, symbols)).orElse(Dim.symbol(name));
        if (dim.constant().isPresent() && dim.constant().getAsLong() < 1) {
            diagnostics.report(LoweringDiagnostics.badExtent(
                    name,
                    dim.constant().getAsLong(),
                    parameter.value().orElseThrow().span()));
            dim = Dim.ONE;
        }
        Dim value = dim;
        symbols.define(parameter.name(), () -> Leaf.extent(graph, value));
        if (parameter.value().isEmpty()) {
            runtimeDims.add(name);
        }
    }

    private void define(Statement statement) {
        if (statement instanceof Statement.Variables variables) {
            defineVariables(variables);
        } else if (statement instanceof Statement.Const constant) {
            symbols.define(constant.name(), () -> expressions.lower(constant.value(), symbols));
        } else if (statement instanceof Statement.Let let) {
            defineLet(let);
        } else if (statement instanceof Statement.Output output) {
            defineOutput(output);
        } else if (statement instanceof Statement.Loss loss) {
            defineLoss(loss);
        } else if (statement instanceof Statement.Precision precision) {
            checkPrecision(precision, diagnostics);
        } else if (statement instanceof Statement.Scan scan) {
            defineScan(scan);
        } else if (statement instanceof Statement.Derive derive) {
            derived.addAll(derive.clauses());
        }
    }

    /** The model's own precision, or else its file's. */
    private Precision precision() {
        Optional<Statement.Precision> own = model.body().stream()
                .filter(Statement.Precision.class::isInstance)
                .map(Statement.Precision.class::cast)
                .findFirst();
        Optional<Statement.Precision> files = module.declarations().stream()
                .filter(Declaration.FilePrecision.class::isInstance)
                .map(declaration -> ((Declaration.FilePrecision) declaration).statement())
                .findFirst();
        return own.or(() -> files).flatMap(ModelLowering::named).orElse(Precision.F64);
    }

    private static Optional<Precision> named(Statement.Precision statement) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .equals(statement.name().text()))
                .findFirst();
    }

    static void checkPrecision(Statement.Precision precision, Diagnostics diagnostics) {
        if (named(precision).isEmpty()) {
            diagnostics.report(
                    LoweringDiagnostics.unknownPrecision(precision.name().text(), precision.span()));
        }
    }

    private void defineVariables(Statement.Variables variables) {
        Type type;
        try {
            type = expressions.type(variables.type(), symbols);
        } catch (Unresolved reported) {
            variables
                    .names()
                    .forEach(name -> symbols.define(name, () -> {
                        throw new Unresolved();
                    }));
            return;
        }
        boolean isParam = variables.role() == Statement.Role.PARAM;
        for (Identifier name : variables.names()) {
            if (isParam && type.element() != ElementType.REAL) {
                diagnostics.report(LoweringDiagnostics.paramNotReal(name.text(), type, name.span()));
            }
            Node node = Leaf.variable(graph, name.text(), type);
            symbols.define(name, () -> node);
            variables.range().ifPresent(range -> defineRange(name, node, range));
            String documentation = variables.documentation().orElse("");
            arguments.add(new Argument(name.text(), isParam, node, Optional.empty(), documentation, variables.span()));
        }
    }

    private void defineRange(Identifier name, Node node, Expr.Range range) {
        if (node.type().element() != ElementType.INT) {
            diagnostics.report(LoweringDiagnostics.rangeNotInt(name.text(), node.type(), range.span()));
            return;
        }
        Dim low = dims.dim(range.low(), symbols);
        Dim high = dims.dim(range.high(), symbols);
        if (low.minus(Dim.ONE).isAtLeast(high)) {
            diagnostics.report(LoweringDiagnostics.emptyRange(low, high, range.span()));
        }
        expressions.ranges().put(node, new Range(low, high));
    }

    private void defineLet(Statement.Let let) {
        symbols.define(let.name(), () -> named(let.name().text(), let.span(), expressions.define(let, symbols)));
    }

    private void defineScan(Statement.Scan scan) {
        ScanLowering.define(expressions, scan, symbols, (name, node) -> named(name, scan.span(), node));
    }

    private Node named(String name, Span span, Node node) {
        definitions.putIfAbsent(node, new Definition(name, span));
        return node;
    }

    private void defineOutput(Statement.Output output) {
        output.value()
                .ifPresent(value -> symbols.define(
                        output.name(),
                        () -> named(output.name().text(), output.span(), expressions.lower(value, symbols))));
        String name = output.name().text();
        pending.add(() -> {
            Node node = expressions.lower(new Expr.Reference(output.name()), symbols);
            if (outputs.stream().anyMatch(o -> o.name().equals(name))) {
                diagnostics.report(LoweringDiagnostics.duplicate(name, output.span(), output.span()));
                return;
            }
            outputs.add(new Output(name, node, output.documentation().orElse(""), output.span()));
        });
    }

    private void defineLoss(Statement.Loss loss) {
        Identifier name = new Identifier(LOSS, loss.span());
        symbols.define(
                name,
                () -> named(LOSS, loss.span(), Conversions.toReal(graph, expressions.lower(loss.value(), symbols))));
        pending.add(() -> {
            Node node = symbols.find(LOSS).orElseThrow();
            if (!node.isReal() || !node.shape().isScalar()) {
                diagnostics.report(LoweringDiagnostics.lossNotScalar(
                        node.type(), loss.value().span()));
            }
            if (outputs.stream().noneMatch(o -> o.name().equals(LOSS))) {
                outputs.add(new Output(LOSS, node, loss.documentation().orElse(""), loss.span()));
            }
        });
    }

    private Optional<Output> target(Optional<String> of) {
        if (of.isPresent()) {
            Optional<Output> named =
                    outputs.stream().filter(o -> o.name().equals(of.get())).findFirst();
            if (named.isEmpty()) {
                List<String> names = outputs.stream().map(Output::name).toList();
                diagnostics.report(LoweringDiagnostics.unknownOption(
                        "output", of.get(), names, model.name().span()));
            } else if (!named.get().node().isReal()) {
                diagnostics.report(LoweringDiagnostics.notDifferentiable(
                        of.get(), named.get().node().type(), named.get().span()));
            }
            return named;
        }
        Optional<Output> loss =
                outputs.stream().filter(o -> o.name().equals(LOSS)).findFirst();
        boolean single = outputs.size() == 1 && outputs.get(0).node().isReal();
        return loss.isPresent() || !single ? loss : Optional.of(outputs.get(0));
    }

    private List<Argument> differentiated(List<String> wrt) {
        if (wrt.isEmpty()) {
            return arguments.stream().filter(Argument::isParam).toList();
        }
        List<String> names = arguments.stream().map(Argument::name).toList();
        for (String name : wrt) {
            if (!names.contains(name)) {
                diagnostics.report(LoweringDiagnostics.unknownOption(
                        "input or param", name, names, model.name().span()));
            }
        }
        List<Argument> chosen =
                arguments.stream().filter(a -> wrt.contains(a.name())).toList();
        for (Argument argument : chosen) {
            if (!argument.node().isReal()) {
                diagnostics.report(LoweringDiagnostics.notDifferentiable(
                        argument.name(), argument.node().type(), argument.span()));
            }
        }
        return chosen;
    }
}
