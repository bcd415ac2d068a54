package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Operators to nodes: operands made the numbers or conditions that the operator takes, and broadcast to each other. */
final class Operators {

    private final ExpressionLowering operands;

    /** @param operands lowers what operators stand between */
    Operators(ExpressionLowering operands) {
        this.operands = operands;
    }

    Node unary(Expr.Unary unary, Scope scope) {
        Node operand = operands.lower(unary.operand(), scope);
        if (unary.operator() == Expr.UnaryOperator.NOT) {
            return operands.graph()
                    .make(Logic.NOT, bool(operand, unary.operand().span()));
        }
        if (Leaf.constantValue(operand).isPresent() && operand.type().element() != ElementType.BOOL) {
            return Leaf.constant(operands.graph(), -Leaf.constantValue(operand).getAsDouble(), operand.type());
        }
        return operands.graph()
                .make(Arithmetic.NEGATE, number(operand, unary.operand().span()));
    }

    Node binary(Expr.Binary binary, Scope scope) {
        Span leftSpan = binary.left().span();
        Span rightSpan = binary.right().span();
        String symbol = binary.operator().symbol();
        Node left = operands.lower(binary.left(), scope);
        Node right = operands.lower(binary.right(), scope);
        return switch (binary.operator()) {
            case ADD -> arithmetic(Arithmetic.ADD, symbol, leftSpan, left, rightSpan, right);
            case SUBTRACT -> arithmetic(Arithmetic.SUBTRACT, symbol, leftSpan, left, rightSpan, right);
            case MULTIPLY -> arithmetic(Arithmetic.MULTIPLY, symbol, leftSpan, left, rightSpan, right);
            case DIVIDE -> reals(Arithmetic.DIVIDE, symbol, leftSpan, left, rightSpan, right);
            case POWER -> reals(Arithmetic.POWER, symbol, leftSpan, left, rightSpan, right);
            case MATRIX_PRODUCT -> new Products(operands).product(leftSpan, left, rightSpan, right);
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
        Node first = Conversions.toReal(operands.graph(), number(left, leftSpan));
        return pointwise(
                gate,
                symbol,
                leftSpan,
                first,
                rightSpan,
                Conversions.toReal(operands.graph(), number(right, rightSpan)));
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
        return operands.graph()
                .make(
                        gate,
                        Broadcasting.to(operands.graph(), left, shape),
                        Broadcasting.to(operands.graph(), right, shape));
    }

    private Shape join(String symbol, Span leftSpan, Node left, Span rightSpan, Node right) {
        return Broadcasting.join(left.shape(), right.shape())
                .orElseThrow(() -> operands.report(
                        LoweringDiagnostics.shapeMismatch(symbol, left.type(), leftSpan, right.type(), rightSpan)));
    }

    private Node number(Node node, Span span) {
        if (node.type().element() == ElementType.BOOL) {
            throw operands.report(LoweringDiagnostics.wrongType(
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
            throw operands.report(LoweringDiagnostics.wrongType(
                    "a condition", "bool", node.type(), span, "compare it with something, as in `x > 0`"));
        }
        return node;
    }

    Node transpose(Expr.Transpose transpose, Scope scope) {
        Node operand = operands.lower(transpose.operand(), scope);
        int rank = operand.shape().rank();
        if (rank < 2) {
            throw operands.report(LoweringDiagnostics.wrongType(
                    "what is transposed",
                    "a matrix",
                    operand.type(),
                    transpose.operand().span(),
                    "a vector needs no transpose: `x @ y` is the dot product, `W @ x` takes it as a column"));
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.swap(order, rank - 2, rank - 1);
        return new Term(operands.graph(), operand)
                .view(IndexMap.permutation(operand.shape(), order))
                .node();
    }

    Node conditional(Expr.Conditional conditional, Scope scope) {
        Node condition = bool(
                operands.lower(conditional.condition(), scope),
                conditional.condition().span());
        Node then = operands.lower(conditional.then(), scope);
        Node otherwise = operands.lower(conditional.otherwise(), scope);
        if (then.type().element() != otherwise.type().element()) {
            then = Conversions.toReal(
                    operands.graph(), number(then, conditional.then().span()));
            otherwise = Conversions.toReal(
                    operands.graph(), number(otherwise, conditional.otherwise().span()));
        }
        Span thenSpan = conditional.then().span();
        Shape branches = join("if", thenSpan, then, conditional.otherwise().span(), otherwise);
        Node both = Broadcasting.to(operands.graph(), then, branches);
        Shape shape = join("if", conditional.condition().span(), condition, thenSpan, both);
        return operands.graph()
                .make(
                        Logic.SELECT,
                        Broadcasting.to(operands.graph(), condition, shape),
                        Broadcasting.to(operands.graph(), then, shape),
                        Broadcasting.to(operands.graph(), otherwise, shape));
    }
}
