package dev.gradc.compiler.lower;

import dev.gradc.compiler.autodiff.Derivatives;
import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Expr;
import dev.gradc.compiler.syntax.Module;
import dev.gradc.compiler.syntax.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** Expressions to nodes: names resolved, shapes checked, broadcasts made explicit. */
final class ExpressionLowering {

    /** How many nodes a model may have before it is refused. */
    private static final int MOST_NODES = 4_000_000;

    private final GraphBuilder graph;
    private final Derivatives derivatives;
    private final DimLowering dims;
    private final FunctionTable functions;
    private final Diagnostics diagnostics;
    private final Map<Node, LoweredModel.Range> ranges = new HashMap<>();
    private final Operators operators = new Operators(this);
    private final LoopIndices indices = new LoopIndices(this::report);
    private final IntBounds bounds = new IntBounds(ranges, indices);

    /** @param file where the model is */
    ExpressionLowering(
            GraphBuilder graph,
            Derivatives derivatives,
            DimLowering dims,
            Packages packages,
            Module file,
            Diagnostics diagnostics) {
        this.graph = graph;
        this.derivatives = derivatives;
        this.dims = dims;
        this.diagnostics = diagnostics;
        this.functions = new FunctionTable(packages, file, this);
    }

    /** What operators make of operands that are lowered. */
    Operators operators() {
        return operators;
    }

    GraphBuilder graph() {
        return graph;
    }

    /** Makes derivatives in the graph. */
    Derivatives derivatives() {
        return derivatives;
    }

    /** An output of a model that is called. */
    private Node member(Expr.Member member, Scope scope) {
        boolean isOfModel = member.target() instanceof Expr.Call call
                && functions.isModel(call.function().text());
        if (!isOfModel) {
            throw report(LoweringDiagnostics.notOfModel(
                    member.name().text(), member.target().span()));
        }
        return functions.call((Expr.Call) member.target(), Optional.of(member.name()), scope);
    }

    /** The type that is written, with its extents. */
    Type type(Statement.Type type, Scope scope) {
        String name = type.element().text();
        for (ElementType element : ElementType.values()) {
            if (element.toString().equals(name)) {
                return new Type(element, dims.shape(type.dims(), scope));
            }
        }
        throw report(LoweringDiagnostics.unknownElement(name, type.element().span()));
    }

    /** Whether a function's body is being lowered. */
    boolean isInFunction() {
        return functions.isInFunction();
    }

    /** Notes that something is differentiated by {@code variable}: a parameter's value that is none becomes one. */
    void differentiatesBy(Node variable) {
        functions.differentiatesBy(variable);
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    /** The constants that the file under way sees. */
    Scope scope() {
        return functions.scope();
    }

    DimLowering dims() {
        return dims;
    }

    LoopIndices indices() {
        return indices;
    }

    /** Reports a problem; throw the result to leave the statement. */
    Unresolved report(Diagnostic diagnostic) {
        diagnostics.report(diagnostic);
        return new Unresolved();
    }

    /** The ranges of int inputs, declared or implied by their use as an index. */
    Map<Node, LoweredModel.Range> ranges() {
        return ranges;
    }

    /** The value of {@code expr}. */
    Node lower(Expr expr, Scope scope) {
        if (graph.size() > MOST_NODES) {
            throw report(
                    LoweringDiagnostics.tooLarge("the model has more than " + MOST_NODES + " operations", expr.span()));
        }
        if (expr instanceof Expr.NumberLiteral number) {
            ElementType element = number.isInteger() ? ElementType.INT : ElementType.REAL;
            return Leaf.constant(graph, number.value(), new Type(element, Shape.SCALAR));
        } else if (expr instanceof Expr.Bool bool) {
            return Leaf.constant(graph, bool.value() ? 1 : 0, new Type(ElementType.BOOL, Shape.SCALAR));
        } else if (expr instanceof Expr.Reference reference) {
            return reference(reference, scope);
        } else if (expr instanceof Expr.Unary unary) {
            return operators.unary(unary, scope);
        } else if (expr instanceof Expr.Binary binary) {
            return operators.binary(binary, scope);
        } else if (expr instanceof Expr.Transpose transpose) {
            return operators.transpose(transpose, scope);
        } else if (expr instanceof Expr.Conditional conditional) {
            return operators.conditional(conditional, scope);
        } else if (expr instanceof Expr.Call call) {
            return call(call, scope);
        } else if (expr instanceof Expr.Member member) {
            return member(member, scope);
        } else if (expr instanceof Expr.Index index) {
            return new Subscripting(this, scope).lower(index, lower(index.target(), scope));
        } else if (expr instanceof Expr.Block block) {
            return block(block, scope);
        } else if (expr instanceof Expr.Binder binder) {
            return new IndexNotation(this, indices).binder(binder, scope);
        } else if (expr instanceof Expr.TensorLiteral literal) {
            return literal(literal, scope);
        }
        throw new IllegalStateException("no value: " + expr);
    }

    /** The value of {@code expr} as a real. */
    Node real(Expr expr, Scope scope) {
        Node node = Conversions.toReal(graph, lower(expr, scope));
        if (!node.isReal()) {
            throw report(LoweringDiagnostics.wrongType(
                    "this operand",
                    "real",
                    node.type(),
                    expr.span(),
                    "turn a bool into a number with `if c then 1 else 0`"));
        }
        return node;
    }

    /** The whole number that {@code expr} is, whatever the data. */
    long integer(Expr expr, Scope scope, String what) {
        return integer(lower(expr, scope), what, expr.span());
    }

    /** The whole number that {@code node} is, whatever the data. */
    long integer(Node node, String what, Span span) {
        OptionalDouble value = Conversions.staticValue(node);
        if (value.isEmpty() || value.getAsDouble() != Math.rint(value.getAsDouble())) {
            throw report(LoweringDiagnostics.notStatic(what, span));
        }
        return (long) value.getAsDouble();
    }

    private Node reference(Expr.Reference reference, Scope scope) {
        String name = reference.name().text();
        return scope.find(name)
                .orElseThrow(() -> report(
                        indices.hasEndedBefore(reference.name())
                                ? IndexDiagnostics.binderEnded(name, reference.span())
                                : LoweringDiagnostics.unknownName(name, reference.span(), scope.names())));
    }

    private Node call(Expr.Call call, Scope scope) {
        String name = call.function().text();
        if (functions.defines(name)) {
            return functions.call(call, Optional.empty(), scope);
        } else if (Builtins.names().contains(name)) {
            return Builtins.call(graph, this, call, scope);
        }
        throw report(LoweringDiagnostics.unknownFunction(
                name, call.function().span(), functions.packagesWith(name), functions.known()));
    }

    /** What {@code let} defines: a value, or a tensor element by element. */
    Node define(Statement.Let let, Scope scope) {
        return let.indices().isEmpty()
                ? lower(let.value(), scope)
                : new IndexNotation(this, indices).definition(let, scope);
    }

    /** The elements along a new first axis: reals where one of them is real, of one shape. */
    private Node literal(Expr.TensorLiteral literal, Scope scope) {
        List<Node> parts =
                literal.elements().stream().map(part -> lower(part, scope)).toList();
        boolean anyReal = parts.stream().anyMatch(Node::isReal);
        List<Node> alike = parts.stream()
                .map(part -> anyReal ? Conversions.toReal(graph, part) : part)
                .toList();
        for (int i = 1; i < alike.size(); i++) {
            if (!alike.get(i).type().equals(alike.get(0).type())) {
                throw report(LoweringDiagnostics.shapeMismatch(
                        "[...]",
                        alike.get(0).type(),
                        literal.elements().get(0).span(),
                        alike.get(i).type(),
                        literal.elements().get(i).span()));
            }
        }
        return Pack.stacked(graph, alike, 0);
    }

    /** {@code scope} with the names that {@code definition} defines. */
    Scope define(Statement.Definition definition, Scope scope) {
        if (definition instanceof Statement.Let let) {
            return scope.with(let.name().text(), define(let, scope));
        }
        Scope inner = scope;
        for (Map.Entry<String, Node> result : new ScanLowering(this, (Statement.Scan) definition, scope)
                .lower()
                .entrySet()) {
            inner = inner.with(result.getKey(), result.getValue());
        }
        return inner;
    }

    private Node block(Expr.Block block, Scope scope) {
        Scope inner = scope;
        for (Statement.Definition definition : block.definitions()) {
            inner = define(definition, inner);
        }
        return lower(block.result(), inner);
    }

    /**
     * Holds {@code index} to 0..extent-1: by the ranges of the inputs it is made of, or, where it is an input without a
     * range, by giving it that one.
     */
    void requireIndex(Node index, Dim extent, Span span) {
        requireIndex(index, extent, span, problem -> problem);
    }

    /** @param wording turns the problem into what the user should read */
    void requireIndex(Node index, Dim extent, Span span, UnaryOperator<Diagnostic> wording) {
        Node source = index;
        while (source.is(View.VIEW)) {
            source = source.input(0);
        }
        if (source.is(Leaf.VARIABLE)) {
            ranges.putIfAbsent(source, new LoweredModel.Range(Dim.ZERO, extent.minus(Dim.ONE)));
        }
        indices.require(
                bounds.symbols(index), () -> bounds.check(index, extent, span).map(wording));
    }
}
