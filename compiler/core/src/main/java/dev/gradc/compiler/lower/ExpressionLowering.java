package dev.gradc.compiler.lower;

import dev.gradc.compiler.autodiff.Derivatives;
import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Term;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

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
            return unary(unary, scope);
        } else if (expr instanceof Expr.Binary binary) {
            return binary(binary, scope);
        } else if (expr instanceof Expr.Transpose transpose) {
            return transpose(transpose, scope);
        } else if (expr instanceof Expr.Conditional conditional) {
            return conditional(conditional, scope);
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
                .orElseThrow(() -> report(LoweringDiagnostics.unknownName(name, reference.span(), scope.names())));
    }

    private Node unary(Expr.Unary unary, Scope scope) {
        Node operand = lower(unary.operand(), scope);
        if (unary.operator() == Expr.UnaryOperator.NOT) {
            return graph.make(Logic.NOT, bool(operand, unary.operand().span()));
        }
        if (Leaf.constantValue(operand).isPresent() && operand.type().element() != ElementType.BOOL) {
            return Leaf.constant(graph, -Leaf.constantValue(operand).getAsDouble(), operand.type());
        }
        return graph.make(Arithmetic.NEGATE, number(operand, unary.operand().span()));
    }

    private Node binary(Expr.Binary binary, Scope scope) {
        Span leftSpan = binary.left().span();
        Span rightSpan = binary.right().span();
        String symbol = binary.operator().symbol();
        Node left = lower(binary.left(), scope);
        Node right = lower(binary.right(), scope);
        return switch (binary.operator()) {
            case ADD -> arithmetic(Arithmetic.ADD, symbol, leftSpan, left, rightSpan, right);
            case SUBTRACT -> arithmetic(Arithmetic.SUBTRACT, symbol, leftSpan, left, rightSpan, right);
            case MULTIPLY -> arithmetic(Arithmetic.MULTIPLY, symbol, leftSpan, left, rightSpan, right);
            case DIVIDE -> reals(Arithmetic.DIVIDE, symbol, leftSpan, left, rightSpan, right);
            case POWER -> reals(Arithmetic.POWER, symbol, leftSpan, left, rightSpan, right);
            case MATRIX_PRODUCT -> new Products(this).product(leftSpan, left, rightSpan, right);
            case LESS -> arithmetic(Logic.LESS, symbol, leftSpan, left, rightSpan, right);
            case LESS_OR_EQUAL -> arithmetic(Logic.LESS_OR_EQUAL, symbol, leftSpan, left, rightSpan, right);
            case GREATER -> arithmetic(Logic.GREATER, symbol, leftSpan, left, rightSpan, right);
            case GREATER_OR_EQUAL -> arithmetic(Logic.GREATER_OR_EQUAL, symbol, leftSpan, left, rightSpan, right);
            case EQUAL -> arithmetic(Logic.EQUAL, symbol, leftSpan, left, rightSpan, right);
            case NOT_EQUAL -> arithmetic(Logic.NOT_EQUAL, symbol, leftSpan, left, rightSpan, right);
            case AND -> pointwise(Logic.AND, symbol, leftSpan, bool(left, leftSpan), rightSpan, bool(right, rightSpan));
            case OR -> pointwise(Logic.OR, symbol, leftSpan, bool(left, leftSpan), rightSpan, bool(right, rightSpan));
        };
    }

    private Node reals(Pointwise gate, String symbol, Span leftSpan, Node left, Span rightSpan, Node right) {
        Node first = Conversions.toReal(graph, number(left, leftSpan));
        return pointwise(gate, symbol, leftSpan, first, rightSpan, Conversions.toReal(graph, number(right, rightSpan)));
    }

    /** {@code gate} on two numbers: ints stay ints among themselves, and become reals beside a real. */
    Node arithmetic(Pointwise gate, String symbol, Span leftSpan, Node left, Span rightSpan, Node right) {
        number(left, leftSpan);
        number(right, rightSpan);
        boolean ints = left.type().element() == ElementType.INT && right.type().element() == ElementType.INT;
        return ints
                ? pointwise(gate, symbol, leftSpan, left, rightSpan, right)
                : reals(gate, symbol, leftSpan, left, rightSpan, right);
    }

    /** {@code gate} on two operands of the same element type, broadcast to each other. */
    Node pointwise(Pointwise gate, String symbol, Span leftSpan, Node left, Span rightSpan, Node right) {
        Shape shape = join(symbol, leftSpan, left, rightSpan, right);
        return graph.make(gate, Broadcasting.to(graph, left, shape), Broadcasting.to(graph, right, shape));
    }

    private Shape join(String symbol, Span leftSpan, Node left, Span rightSpan, Node right) {
        return Broadcasting.join(left.shape(), right.shape())
                .orElseThrow(() -> report(
                        LoweringDiagnostics.shapeMismatch(symbol, left.type(), leftSpan, right.type(), rightSpan)));
    }

    private Node number(Node node, Span span) {
        if (node.type().element() == ElementType.BOOL) {
            throw report(LoweringDiagnostics.wrongType(
                    "this operand",
                    "a number",
                    node.type(),
                    span,
                    "turn a bool into a number with `if c then 1 else 0`"));
        }
        return node;
    }

    private Node bool(Node node, Span span) {
        if (node.type().element() != ElementType.BOOL) {
            throw report(LoweringDiagnostics.wrongType(
                    "a condition", "bool", node.type(), span, "compare it with something, as in `x > 0`"));
        }
        return node;
    }

    private Node transpose(Expr.Transpose transpose, Scope scope) {
        Node operand = lower(transpose.operand(), scope);
        int rank = operand.shape().rank();
        if (rank < 2) {
            throw report(LoweringDiagnostics.wrongType(
                    "what is transposed",
                    "a matrix",
                    operand.type(),
                    transpose.operand().span(),
                    "a vector needs no transpose: `x @ y` is the dot product, `W @ x` takes it as a column"));
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.swap(order, rank - 2, rank - 1);
        return new Term(graph, operand)
                .view(IndexMap.permutation(operand.shape(), order))
                .node();
    }

    private Node conditional(Expr.Conditional conditional, Scope scope) {
        Node condition = bool(
                lower(conditional.condition(), scope), conditional.condition().span());
        Node then = lower(conditional.then(), scope);
        Node otherwise = lower(conditional.otherwise(), scope);
        if (then.type().element() != otherwise.type().element()) {
            then = Conversions.toReal(graph, number(then, conditional.then().span()));
            otherwise = Conversions.toReal(
                    graph, number(otherwise, conditional.otherwise().span()));
        }
        Span thenSpan = conditional.then().span();
        Shape branches = join("if", thenSpan, then, conditional.otherwise().span(), otherwise);
        Node both = Broadcasting.to(graph, then, branches);
        Shape shape = join("if", conditional.condition().span(), condition, thenSpan, both);
        return graph.make(
                Logic.SELECT,
                Broadcasting.to(graph, condition, shape),
                Broadcasting.to(graph, then, shape),
                Broadcasting.to(graph, otherwise, shape));
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
