package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Extents and subscripts made of dims, whole numbers and loop indices. */
final class DimLowering {

    /** Says what part of an expression is no dim. */
    private static final class NotADim extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Span span;

        private NotADim(String reason, Span span) {
            super(reason, null, false, false);
            this.span = span;
        }
    }

    private final Diagnostics diagnostics;

    DimLowering(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The shape with these extents, each at least 1 where it is fixed. */
    Shape shape(List<Expr> extents, Scope scope) {
        List<Dim> shape = new ArrayList<>();
        for (Expr extent : extents) {
            Dim dim = dim(extent, scope);
            OptionalLong fixed = dim.constant();
            if (fixed.isPresent() && (fixed.getAsLong() < 1 || fixed.getAsLong() > Integer.MAX_VALUE)) {
                throw report(LoweringDiagnostics.badExtent(extent.span().text(), fixed.getAsLong(), extent.span()));
            }
            shape.add(dim);
        }
        return checkedSize(new Shape(shape), extents);
    }

    private Shape checkedSize(Shape shape, List<Expr> extents) {
        try {
            OptionalLong size = shape.fixedSize();
            if (size.isEmpty() || size.getAsLong() <= Integer.MAX_VALUE) {
                return shape;
            }
        } catch (ArithmeticException overflow) {
            // reported below, with the same words
        }
        Span span = extents.get(0).span().to(extents.get(extents.size() - 1).span());
        throw report(
                LoweringDiagnostics.tooLarge("a tensor of shape " + shape + " is too large for a Java array", span));
    }

    /** The dim that {@code expr} says. */
    Dim dim(Expr expr, Scope scope) {
        try {
            return lower(expr, scope);
        } catch (NotADim problem) {
            throw report(LoweringDiagnostics.notADim(problem.getMessage(), problem.span));
        } catch (ArithmeticException overflow) {
            throw report(LoweringDiagnostics.notADim("too large to represent", expr.span()));
        }
    }

    /** The dim that {@code expr} says; empty where it depends on data. */
    Optional<Dim> find(Expr expr, Scope scope) {
        try {
            return Optional.of(lower(expr, scope));
        } catch (NotADim | ArithmeticException problem) {
            return Optional.empty();
        }
    }

    private Dim lower(Expr expr, Scope scope) {
        if (expr instanceof Expr.NumberLiteral number && number.isInteger() && number.value() <= Integer.MAX_VALUE) {
            return Dim.of((long) number.value());
        } else if (expr instanceof Expr.Reference reference) {
            return scope.find(reference.name().text())
                    .flatMap(DimLowering::value)
                    .orElseThrow(() -> new NotADim("`" + reference.name() + "` is not a dim", expr.span()));
        } else if (expr instanceof Expr.Unary unary && unary.operator() == Expr.UnaryOperator.NEGATE) {
            return Dim.ZERO.minus(lower(unary.operand(), scope));
        } else if (expr instanceof Expr.Binary binary) {
            return lower(binary, scope);
        } else if (expr instanceof Expr.Call call && call.function().text().equals("floor")) {
            return floor(lower(argument(call, 0), scope), call);
        } else if (expr instanceof Expr.Call call && call.function().text().equals("div")) {
            Dim divisor = lower(argument(call, 1), scope);
            if (divisor.constant().orElse(0) < 1) {
                throw new NotADim("divided by something else than a positive number", call.span());
            }
            return floor(
                    lower(argument(call, 0), scope).dividedBy(divisor.constant().getAsLong()), call);
        } else if (expr instanceof Expr.Call call && call.function().text().equals("extent")) {
            return extent(call, scope);
        } else if (expr instanceof Expr.Index index && index.target() instanceof Expr.Reference list) {
            return element(index, list, scope);
        }
        throw new NotADim("not an expression of dims", expr.span());
    }

    /** An element of a list of dims. */
    private Dim element(Expr.Index index, Expr.Reference list, Scope scope) {
        Optional<List<Node>> items = scope.find(list.name().text()).flatMap(Pack::list);
        if (items.isEmpty()
                || index.subscripts().size() != 1
                || !(index.subscripts().get(0) instanceof Expr.Subscript.At at)) {
            throw new NotADim("not an element of a list of dims", index.span());
        }
        long position = lower(at.position(), scope).constant().orElse(-1);
        if (position < 0 || position >= items.get().size()) {
            throw new NotADim("not a position in the list", at.span());
        }
        return value(items.get().get((int) position))
                .orElseThrow(() -> new NotADim("an element that is not a dim", index.span()));
    }

    /** The dim that a value is: a whole number, a dim or a loop index, or sums, differences and products of those. */
    static Optional<Dim> value(Node node) {
        if (node.attribute() instanceof Leaf.Extent extent) {
            return Optional.of(extent.dim());
        } else if (node.attribute() instanceof Leaf.Constant constant) {
            boolean isWhole = node.type().element() == ElementType.INT
                    && node.shape().isScalar()
                    && Math.abs(constant.value()) <= Integer.MAX_VALUE;
            return isWhole ? Optional.of(Dim.of((long) constant.value())) : Optional.empty();
        }
        boolean isArithmetic = node.is(Arithmetic.ADD)
                || node.is(Arithmetic.SUBTRACT)
                || node.is(Arithmetic.MULTIPLY)
                || node.is(Arithmetic.NEGATE);
        if (!isArithmetic || !node.shape().isScalar()) {
            return Optional.empty();
        }
        Optional<Dim> left = value(node.input(0));
        if (node.is(Arithmetic.NEGATE)) {
            return left.map(Dim.ZERO::minus);
        }
        return left.flatMap(a -> value(node.input(1))
                .map(b ->
                        node.is(Arithmetic.ADD) ? a.plus(b) : node.is(Arithmetic.SUBTRACT) ? a.minus(b) : a.times(b)));
    }

    private Dim lower(Expr.Binary binary, Scope scope) {
        Dim left = lower(binary.left(), scope);
        Dim right = lower(binary.right(), scope);
        return switch (binary.operator()) {
            case ADD -> left.plus(right);
            case SUBTRACT -> left.minus(right);
            case MULTIPLY -> left.times(right);
            case DIVIDE -> quotient(left, right, binary);
            case POWER, MATRIX_PRODUCT, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, AND, OR ->
                throw new NotADim("`" + binary.operator().symbol() + "` is not for dims", binary.span());
        };
    }

    private static Dim quotient(Dim left, Dim right, Expr.Binary binary) {
        if (right.constant().isEmpty() || right.constant().getAsLong() < 1) {
            throw new NotADim("divided by something else than a positive number", binary.span());
        }
        return left.dividedBy(right.constant().getAsLong());
    }

    private static Dim floor(Dim dim, Expr.Call call) {
        OptionalLong floor = dim.floor();
        if (floor.isEmpty() && dim.denominator() != 1) {
            throw new NotADim("can be rounded down only where its dims are fixed", call.span());
        }
        return floor.isPresent() ? Dim.of(floor.getAsLong()) : dim;
    }

    private Dim extent(Expr.Call call, Scope scope) {
        boolean isTensor = argument(call, 0) instanceof Expr.Reference;
        Optional<Node> tensor = isTensor
                ? scope.find(((Expr.Reference) argument(call, 0)).name().text())
                : Optional.empty();
        Dim axis = lower(argument(call, 1), scope);
        int rank = tensor.map(node -> node.shape().rank()).orElse(0);
        long place = axis.constant().orElse(rank);
        if (place < -rank || place >= rank) {
            throw new NotADim("takes the name of a tensor and one of its axes", call.span());
        }
        return tensor.orElseThrow().shape().dim((int) (place < 0 ? place + rank : place));
    }

    private static Expr argument(Expr.Call call, int position) {
        if (position >= call.arguments().size()) {
            throw new NotADim("an argument is missing", call.span());
        }
        return call.arguments().get(position).value();
    }

    private Unresolved report(Diagnostic diagnostic) {
        diagnostics.report(diagnostic);
        return new Unresolved();
    }
}
