package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Elementary;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What folds axes: the reductions, and the two that are made of them. The same for functions and for binders. */
final class Folds {

    private static final Map<String, Reduction> REDUCTIONS = new LinkedHashMap<>();

    static {
        REDUCTIONS.put("sum", Reductions.SUM);
        REDUCTIONS.put("prod", Reductions.PROD);
        REDUCTIONS.put("max", Reductions.MAX);
        REDUCTIONS.put("min", Reductions.MIN);
        REDUCTIONS.put("argmax", Reductions.ARGMAX);
        REDUCTIONS.put("argmin", Reductions.ARGMIN);
        REDUCTIONS.put("any", Reductions.ANY);
        REDUCTIONS.put("all", Reductions.ALL_OF);
    }

    private Folds() {}

    /** The names of the plain reductions; {@code mean} and {@code logsumexp} come beside them. */
    static Set<String> reductions() {
        return REDUCTIONS.keySet();
    }

    /** {@code x} folded along {@code axes} by the reduction called {@code name}. */
    static Node fold(ExpressionLowering lowering, String name, Node x, List<Integer> axes, Span span) {
        boolean isLogic = name.equals("any") || name.equals("all");
        if (isLogic != (x.type().element() == ElementType.BOOL)) {
            throw lowering.report(LoweringDiagnostics.wrongType(
                    "the argument of `" + name + "`",
                    isLogic ? "bool" : "real or int",
                    x.type(),
                    span,
                    isLogic ? "compare it with something, as in `x > 0`" : "count with `sum(if c then 1 else 0)`"));
        }
        NodeFactory graph = lowering.graph();
        return switch (name) {
            case "mean" -> mean(graph, Conversions.toReal(graph, x), axes);
            case "logsumexp" -> logSumExp(graph, Conversions.toReal(graph, x), axes);
            default -> new Term(graph, x).reduce(REDUCTIONS.get(name), axes).node();
        };
    }

    private static Node mean(NodeFactory graph, Node x, List<Integer> axes) {
        Dim count = Dim.product(axes.stream().map(x.shape()::dim).toList());
        Node sum = new Term(graph, x).reduce(Reductions.SUM, axes).node();
        Node divisor = Conversions.toReal(graph, Leaf.extent(graph, count));
        return graph.make(Arithmetic.DIVIDE, sum, Broadcasting.to(graph, divisor, sum.shape()));
    }

    /** max + log(sum(exp(x - max))), with the maximum taken as given (its gradient cancels) and finite. */
    private static Node logSumExp(NodeFactory graph, Node x, List<Integer> axes) {
        Term term = new Term(graph, x);
        Term largest = term.reduce(Reductions.MAX, axes).apply(Arithmetic.DETACH);
        Term finite = largest.apply(Arithmetic.ABS)
                .apply(Logic.LESS, largest.constant(Double.POSITIVE_INFINITY))
                .select(largest, largest.constant(0));
        Term spread = new Term(graph, Broadcasting.to(graph, keep(finite, x.shape(), axes), x.shape()));
        return term.minus(spread)
                .apply(Elementary.EXP)
                .reduce(Reductions.SUM, axes)
                .apply(Elementary.LOG)
                .plus(finite)
                .node();
    }

    /** {@code folded} with the axes that were folded away from {@code shape} back, of extent 1. */
    static Node keep(Term folded, Shape shape, List<Integer> axes) {
        List<Dim> dims = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            dims.add(axes.contains(axis) ? Dim.ONE : shape.dim(axis));
            if (!axes.contains(axis)) {
                kept.add(axis);
            }
        }
        return folded.broadcast(new Shape(dims), kept).node();
    }

    /** A position counted from {@code low}. */
    static Node shifted(NodeFactory graph, Node position, Dim low) {
        if (low.equals(Dim.ZERO)) {
            return position;
        }
        return graph.make(Arithmetic.ADD, position, Broadcasting.to(graph, Leaf.extent(graph, low), position.shape()));
    }
}
