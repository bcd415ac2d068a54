package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Expr;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model used by another one: a function of its inputs and params, whose value is its loss, its only output, or the
 * output asked for. Its dims are the extents of the arguments.
 */
final class ModelCall {

    private static final String LOSS = "loss";

    private final ExpressionLowering lowering;
    private final Declaration.Model model;
    private final Map<String, Node> values;
    private final Arguments arguments;
    private final SymbolTable symbols;
    private final Map<String, Dim> dims = new LinkedHashMap<>();

    private ModelCall(
            ExpressionLowering lowering, Declaration.Model model, Arguments arguments, Map<String, Node> values) {
        this.lowering = lowering;
        this.model = model;
        this.arguments = arguments;
        this.values = values;
        this.symbols = new SymbolTable(lowering.diagnostics());
    }

    /** The call with its arguments lowered where it stands. */
    static ModelCall bind(ExpressionLowering lowering, Declaration.Model model, Expr.Call call, Scope scope) {
        List<String> names = new ArrayList<>();
        variables(model).forEach(variables -> variables.names().forEach(name -> names.add(name.text())));
        Arguments arguments = Arguments.bind(lowering, call, scope, names, names.size());
        Map<String, Node> values = new LinkedHashMap<>();
        names.forEach(name -> values.put(name, arguments.value(name)));
        return new ModelCall(lowering, model, arguments, values);
    }

    private static List<Statement.Variables> variables(Declaration.Model model) {
        return model.body().stream()
                .filter(Statement.Variables.class::isInstance)
                .map(Statement.Variables.class::cast)
                .toList();
    }

    /** The output asked for, lowered in the model's own file. */
    Node output(Optional<Identifier> wanted) {
        variables(model).forEach(this::bindDims);
        model.dims().forEach(this::defineDim);
        variables(model).forEach(this::defineVariables);
        List<String> outputs = new ArrayList<>();
        model.body().forEach(statement -> define(statement, outputs));
        Scope constants = lowering.scope();
        for (String name : constants.names()) {
            if (!symbols.names().contains(name)) {
                symbols.define(
                        new Identifier(name, model.name().span()),
                        () -> constants.find(name).orElseThrow());
            }
        }
        String standard = outputs.contains(LOSS) ? LOSS : outputs.size() == 1 ? outputs.get(0) : "";
        String name = wanted.map(Identifier::text).orElse(standard);
        if (!outputs.contains(name)) {
            Span span = wanted.map(Identifier::span).orElse(arguments.span());
            throw lowering.report(LoweringDiagnostics.unknownOutput(model.name().text(), name, outputs, span));
        }
        return symbols.find(name).orElseThrow();
    }

    /** An extent that is a dim's bare name gives the dim its value. */
    private void bindDims(Statement.Variables variables) {
        List<String> open = model.dims().stream()
                .filter(dim -> dim.value().isEmpty())
                .map(dim -> dim.name().text())
                .toList();
        for (Identifier variable : variables.names()) {
            Shape shape = values.get(variable.text()).shape();
            List<Expr> extents = variables.type().dims();
            for (int axis = 0; axis < Math.min(shape.rank(), extents.size()); axis++) {
                if (extents.get(axis) instanceof Expr.Reference reference
                        && open.contains(reference.name().text())) {
                    dims.putIfAbsent(reference.name().text(), shape.dim(axis));
                }
            }
        }
    }

    private void defineDim(Declaration.DimParameter parameter) {
        String name = parameter.name().text();
        symbols.define(parameter.name(), () -> {
            Optional<Dim> dim = parameter
                    .value()
                    .map(value -> lowering.dims().dim(value, symbols))
                    .or(() -> Optional.ofNullable(dims.get(name)));
            return Leaf.extent(
                    lowering.graph(),
                    dim.orElseThrow(() -> lowering.report(IndexDiagnostics.extentUnknown(name, arguments.span()))));
        });
    }

    private void defineVariables(Statement.Variables variables) {
        for (Identifier variable : variables.names()) {
            symbols.define(variable, () -> argument(variables, variable.text()));
        }
    }

    /** The argument, which has the type that the model declares. */
    private Node argument(Statement.Variables variables, String name) {
        Node given = values.get(name);
        Type expected = lowering.type(variables.type(), symbols);
        Node value = expected.element() == ElementType.REAL ? Conversions.toReal(lowering.graph(), given) : given;
        if (!value.type().equals(expected)) {
            throw lowering.report(LoweringDiagnostics.modelArgument(
                    model.name().text(), name, expected, given.type(), arguments.span(name)));
        }
        variables.range().ifPresent(range -> requireRange(value, range, name));
        return value;
    }

    private void requireRange(Node value, Expr.Range range, String name) {
        Dim low = lowering.dims().dim(range.low(), symbols);
        Dim high = lowering.dims().dim(range.high(), symbols);
        Node start = Broadcasting.to(lowering.graph(), Leaf.extent(lowering.graph(), low), value.shape());
        Node counted = low.equals(Dim.ZERO) ? value : lowering.graph().make(Arithmetic.SUBTRACT, value, start);
        Span span = arguments.span(name);
        lowering.requireIndex(
                counted,
                high.minus(low).plus(Dim.ONE),
                span,
                problem -> LoweringDiagnostics.argumentRange(model.name().text(), name, low, high, span));
    }

    private void define(Statement statement, List<String> outputs) {
        if (statement instanceof Statement.Const constant) {
            symbols.define(constant.name(), () -> lowering.lower(constant.value(), symbols));
        } else if (statement instanceof Statement.Let let) {
            symbols.define(let.name(), () -> lowering.define(let, symbols));
        } else if (statement instanceof Statement.Scan scan) {
            ScanLowering.define(lowering, scan, symbols, (name, node) -> node);
        } else if (statement instanceof Statement.Output output) {
            outputs.add(output.name().text());
            output.value().ifPresent(value -> symbols.define(output.name(), () -> lowering.lower(value, symbols)));
        } else if (statement instanceof Statement.Loss loss) {
            outputs.add(LOSS);
            symbols.define(
                    new Identifier(LOSS, loss.span()),
                    () -> Conversions.toReal(lowering.graph(), lowering.lower(loss.value(), symbols)));
        }
    }
}
