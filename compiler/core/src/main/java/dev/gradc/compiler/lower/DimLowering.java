package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Extents and subscripts made of dims and whole numbers. */
final class DimLowering {

    private final Map<String, Dim> dims = new LinkedHashMap<>();
    private final Diagnostics diagnostics;

    DimLowering(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void define(String name, Dim dim) {
        dims.put(name, dim);
    }

    boolean defines(String name) {
        return dims.containsKey(name);
    }

    Map<String, Dim> dims() {
        return dims;
    }

    /** The shape with these extents, each at least 1 where it is fixed. */
    Shape shape(List<Expr> extents) {
        List<Dim> shape = new ArrayList<>();
        for (Expr extent : extents) {
            Dim dim = dim(extent);
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
    Dim dim(Expr expr) {
        try {
            return lower(expr);
        } catch (ArithmeticException overflow) {
            throw report(LoweringDiagnostics.notADim("too large to represent", expr.span()));
        }
    }

    private Dim lower(Expr expr) {
        if (expr instanceof Expr.NumberLiteral number && number.isInteger() && number.value() <= Integer.MAX_VALUE) {
            return Dim.of((long) number.value());
        } else if (expr instanceof Expr.Reference reference) {
            Dim dim = dims.get(reference.name().text());
            if (dim == null) {
                throw report(LoweringDiagnostics.notADim(
                        "`" + reference.name() + "` is not a dim of the model", expr.span()));
            }
            return dim;
        } else if (expr instanceof Expr.Unary unary && unary.operator() == Expr.UnaryOperator.NEGATE) {
            return Dim.ZERO.minus(lower(unary.operand()));
        } else if (expr instanceof Expr.Binary binary) {
            return lower(binary);
        }
        throw report(LoweringDiagnostics.notADim("not an expression of dims", expr.span()));
    }

    private Dim lower(Expr.Binary binary) {
        Dim left = lower(binary.left());
        Dim right = lower(binary.right());
        return switch (binary.operator()) {
            case ADD -> left.plus(right);
            case SUBTRACT -> left.minus(right);
            case MULTIPLY -> left.times(right);
            case DIVIDE -> quotient(left, right, binary);
            case POWER, MATRIX_PRODUCT, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, AND, OR ->
                throw report(LoweringDiagnostics.notADim(
                        "`" + binary.operator().symbol() + "` is not for dims", binary.span()));
        };
    }

    private Dim quotient(Dim left, Dim right, Expr.Binary binary) {
        if (right.constant().isEmpty() || right.constant().getAsLong() < 1) {
            throw report(
                    LoweringDiagnostics.notADim("divided by something else than a positive number", binary.span()));
        }
        return left.dividedBy(right.constant().getAsLong());
    }

    private Unresolved report(Diagnostic diagnostic) {
        diagnostics.report(diagnostic);
        return new Unresolved();
    }
}
