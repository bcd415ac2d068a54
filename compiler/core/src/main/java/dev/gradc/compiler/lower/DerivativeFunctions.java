package dev.gradc.compiler.lower;

import dev.gradc.compiler.autodiff.Derivatives;
import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.GraphBuilder;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
                (graph, a) -> derived(a, scalar(a), List.of(by(a, "x")), (d, u, x) -> d.gradient(u, x.get(0))));
        table.define("jacobian", List.of("f", "x"), 2, (graph, a) -> {
            Node f = differentiable(a, "f");
            Node x = by(a, "x");
            requireDense(a, f.shape(), x.shape());
            return derived(a, f, List.of(x), (d, value, v) -> d.jacobian(value, v.get(0)));
        });
        table.define("hessian", List.of("u", "x", "y"), 2, (graph, a) -> {
            Node u = scalar(a);
            Node x = by(a, "x");
            Node y = a.has("y") ? by(a, "y") : x;
            requireDense(a, x.shape(), y.shape());
            return derived(a, u, List.of(x, y), (d, value, v) -> d.hessian(value, v.get(0), v.get(1)));
        });
        table.define(
                "hessian_diagonal",
                List.of("u", "x"),
                2,
                (graph, a) -> derived(a, scalar(a), List.of(by(a, "x")), (d, u, x) -> d.hessianDiagonal(u, x.get(0))));
        table.define("jvp", List.of("f", "x", "direction"), 3, (graph, a) -> {
            Node f = differentiable(a, "f");
            Node x = by(a, "x");
            Node direction = like(a, "direction", x);
            return derived(a, f, List.of(x), (d, value, v) -> d.jvp(value, v.get(0), direction));
        });
        table.define("vjp", List.of("f", "x", "seed"), 3, (graph, a) -> {
            Node f = differentiable(a, "f");
            Node seed = like(a, "seed", f);
            return derived(a, f, List.of(by(a, "x")), (d, value, v) -> d.vjp(value, v.get(0), seed));
        });
        table.define("hvp", List.of("u", "x", "direction"), 3, (graph, a) -> {
            Node u = scalar(a);
            Node x = by(a, "x");
            Node direction = like(a, "direction", x);
            return derived(a, u, List.of(x), (d, value, v) -> d.hvp(value, v.get(0), direction));
        });
    }

    /** A derivative of a value by variables. */
    private interface Rule {
        Node apply(Derivatives derivatives, Node value, List<Node> variables);
    }

    /**
     * The derivative by nodes of which some may be computed: each of these is a variable of its own meanwhile, so that
     * nothing is rewritten through it.
     */
    private static Node derived(Arguments a, Node value, List<Node> by, Rule rule) {
        GraphBuilder graph = a.lowering().graph();
        Map<Node, Node> places = new LinkedHashMap<>();
        for (Node node : by) {
            if (!node.is(Leaf.VARIABLE) && !places.containsKey(node)) {
                String name = Custom.placeholder("by" + places.size()) + graph.size();
                places.put(node, Leaf.variable(graph, name, node.type()));
            }
        }
        List<Node> variables =
                by.stream().map(node -> places.getOrDefault(node, node)).toList();
        Node moved = Graph.substitute(graph, List.of(value), places).get(value);
        Node derivative = rule.apply(a.lowering().derivatives(), moved, variables);
        Map<Node, Node> back = new HashMap<>();
        places.forEach((node, place) -> back.put(place, node));
        return Graph.substitute(graph, List.of(derivative), back).get(derivative);
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
