package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;

/** Derivatives as functions of the language: values like all others, which can be differentiated again. */
final class DerivativeFunctions {

    /** How many elements a dense Jacobian may have: a gigabyte. */
    static final long MOST_ELEMENTS = 1L << 27;

    private DerivativeFunctions() {}

    static void define(Builtins.Table table) {
        table.define(
                "grad",
                List.of("u", "x"),
                2,
                (graph, a) -> a.lowering().derivatives().gradient(scalar(a), by(a, "x")));
        table.define("jacobian", List.of("f", "x"), 2, (graph, a) -> {
            Node f = differentiable(a, "f");
            Node x = by(a, "x");
            requireDense(a, f.shape(), x.shape());
            return a.lowering().derivatives().jacobian(f, x);
        });
        table.define("hessian", List.of("u", "x", "y"), 2, (graph, a) -> {
            Node u = scalar(a);
            Node x = by(a, "x");
            Node y = a.has("y") ? by(a, "y") : x;
            requireDense(a, x.shape(), y.shape());
            return a.lowering().derivatives().hessian(u, x, y);
        });
        table.define(
                "hessian_diagonal",
                List.of("u", "x"),
                2,
                (graph, a) -> a.lowering().derivatives().hessianDiagonal(scalar(a), by(a, "x")));
        table.define("jvp", List.of("f", "x", "direction"), 3, (graph, a) -> {
            Node f = differentiable(a, "f");
            Node x = by(a, "x");
            return a.lowering().derivatives().jvp(f, x, like(a, "direction", x));
        });
        table.define("vjp", List.of("f", "x", "seed"), 3, (graph, a) -> {
            Node f = differentiable(a, "f");
            return a.lowering().derivatives().vjp(f, by(a, "x"), like(a, "seed", f));
        });
        table.define("hvp", List.of("u", "x", "direction"), 3, (graph, a) -> {
            Node u = scalar(a);
            Node x = by(a, "x");
            return a.lowering().derivatives().hvp(u, x, like(a, "direction", x));
        });
    }

    private static Node differentiable(Arguments a, String parameter) {
        Node value = a.value(parameter);
        if (!value.isReal()) {
            throw a.lowering()
                    .report(DerivativeDiagnostics.notReal("what is differentiated", value.type(), a.span(parameter)));
        }
        return value;
    }

    private static Node scalar(Arguments a) {
        Node u = differentiable(a, "u");
        if (!u.shape().isScalar()) {
            throw a.lowering().report(DerivativeDiagnostics.notScalar(a.function(), u.type(), a.span("u")));
        }
        return u;
    }

    /** The variable that {@code parameter} names. */
    private static Node by(Arguments a, String parameter) {
        if (!(a.expression(parameter).orElseThrow() instanceof Expr.Reference reference)) {
            throw a.lowering().report(DerivativeDiagnostics.notAName(a.function(), a.span(parameter)));
        }
        Node variable = a.value(parameter);
        String name = reference.name().text();
        boolean isConstant = Leaf.constantValue(variable).isPresent();
        if (isConstant && !a.lowering().isInFunction()) {
            throw a.lowering().report(DerivativeDiagnostics.byConstant(name, a.span(parameter)));
        }
        if (!variable.isReal() && !isConstant) {
            throw a.lowering()
                    .report(DerivativeDiagnostics.notReal("`" + name + "`", variable.type(), a.span(parameter)));
        }
        a.lowering().differentiatesBy(variable);
        return Conversions.toReal(a.lowering().graph(), variable);
    }

    /** The real given for {@code parameter}, broadcast to the shape of {@code like}. */
    private static Node like(Arguments a, String parameter, Node like) {
        Node value = a.real(parameter);
        boolean fits = Broadcasting.join(value.shape(), like.shape())
                .filter(like.shape()::equals)
                .isPresent();
        if (!fits) {
            throw a.lowering()
                    .report(DerivativeDiagnostics.unlike(parameter, like.type(), value.type(), a.span(parameter)));
        }
        return Broadcasting.to(a.lowering().graph(), value, like.shape());
    }

    private static void requireDense(Arguments a, Shape rows, Shape columns) {
        List<Dim> dims = new ArrayList<>(rows.dims());
        dims.addAll(columns.dims());
        Dim size = Dim.product(dims);
        if (size.constant().orElse(0) > MOST_ELEMENTS) {
            throw a.lowering().report(DerivativeDiagnostics.tooLargeToBeDense(a.function(), size, a.span()));
        }
    }
}
