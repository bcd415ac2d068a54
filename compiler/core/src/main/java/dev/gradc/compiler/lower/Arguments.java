package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of one call, bound to parameters. */
final class Arguments {

    private final ExpressionLowering lowering;
    private final Expr.Call call;
    private final Scope scope;
    private final Map<String, Expr> bound;
    private final List<String> parameters;

    private Arguments(
            ExpressionLowering lowering,
            Expr.Call call,
            Scope scope,
            Map<String, Expr> bound,
            List<String> parameters) {
        this.parameters = parameters;
        this.lowering = lowering;
        this.call = call;
        this.scope = scope;
        this.bound = bound;
    }

    /** Binds positional arguments in order, then the ones by name; the first {@code required} must be there. */
    static Arguments bind(
            ExpressionLowering lowering, Expr.Call call, Scope scope, List<String> parameters, int required) {
        String function = call.function().text();
        Map<String, Expr> bound = new LinkedHashMap<>();
        int positional = 0;
        for (Expr.Argument argument : call.arguments()) {
            if (argument.name().isEmpty() && positional == parameters.size()) {
                throw lowering.report(LoweringDiagnostics.argumentCount(
                        function,
                        counted(required, parameters.size()),
                        call.arguments().size(),
                        call.span()));
            }
            String name = argument.name().isPresent() ? argument.name().get().text() : parameters.get(positional++);
            Span span = argument.value().span();
            if (!parameters.contains(name)) {
                throw lowering.report(LoweringDiagnostics.unknownArgument(function, name, span, parameters));
            }
            if (bound.put(name, argument.value()) != null) {
                throw lowering.report(LoweringDiagnostics.repeatedArgument(function, name, span));
            }
        }
        if (!bound.keySet().containsAll(parameters.subList(0, required))) {
            throw lowering.report(LoweringDiagnostics.argumentCount(
                    function,
                    counted(required, parameters.size()),
                    call.arguments().size(),
                    call.span()));
        }
        return new Arguments(lowering, call, scope, bound, parameters);
    }

    private static String counted(int required, int all) {
        String count = required == all ? Integer.toString(all) : required + " to " + all;
        return count + (all == 1 ? " argument" : " arguments");
    }

    boolean has(String parameter) {
        return bound.containsKey(parameter);
    }

    Span span() {
        return call.span();
    }

    Span span(String parameter) {
        return bound.get(parameter).span();
    }

    String function() {
        return call.function().text();
    }

    ExpressionLowering lowering() {
        return lowering;
    }

    /** The value given for {@code parameter}. */
    Node value(String parameter) {
        return lowering.lower(bound.get(parameter), scope);
    }

    /** The value as a real. */
    Node real(String parameter) {
        return lowering.real(bound.get(parameter), scope);
    }

    /** The whole number given for {@code parameter}. */
    long integer(String parameter) {
        return lowering.integer(bound.get(parameter), scope, "`" + parameter + "`");
    }

    /** Whether {@code parameter} is given and true. */
    boolean flag(String parameter) {
        return has(parameter) && lowering.integer(bound.get(parameter), scope, "`" + parameter + "`") != 0;
    }

    /** The axes given: a whole number or a list of them, negative ones from the end; all axes where none is. */
    List<Integer> axes(String parameter, Node of) {
        List<Integer> axes = new ArrayList<>();
        if (!has(parameter)) {
            for (int axis = 0; axis < of.shape().rank(); axis++) {
                axes.add(axis);
            }
            return axes;
        }
        Node given = value(parameter);
        List<Node> each = Pack.list(given).orElse(List.of(given));
        for (Node one : each) {
            axes.add(place(one, of, of.shape().rank(), span(parameter)));
        }
        return axes.stream().distinct().sorted().toList();
    }

    /** The axis of {@code rank} axes that {@code parameter} gives, negative ones from the end. */
    int place(String parameter, Node of, int rank) {
        return place(bound.get(parameter), of, rank);
    }

    /** The axis of {@code rank} axes that {@code expr} gives, negative ones from the end. */
    int place(Expr expr, Node of, int rank) {
        return place(lowering.lower(expr, scope), of, rank, expr.span());
    }

    private int place(Node value, Node of, int rank, Span span) {
        long axis = lowering.integer(value, "an axis", span);
        if (axis < -rank || axis >= rank) {
            throw lowering.report(LoweringDiagnostics.axisOutOfRange(axis, of.type(), span));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** The items of the list given for {@code parameter}; a single value is a list of one. */
    List<Expr> list(String parameter) {
        Expr given = bound.get(parameter);
        return given instanceof Expr.TensorLiteral list ? list.elements() : List.of(given);
    }

    /** The values of the list given for {@code parameter}. */
    List<Node> values(String parameter) {
        List<Node> values = new ArrayList<>();
        list(parameter).forEach(item -> values.add(lowering.lower(item, scope)));
        return values;
    }

    /** The dims of the list given for {@code parameter}. */
    List<Dim> dims(String parameter) {
        List<Dim> dims = new ArrayList<>();
        list(parameter).forEach(item -> dims.add(lowering.dims().dim(item, scope)));
        return dims;
    }

    /** The dim given for {@code parameter}. */
    Dim dim(String parameter) {
        return lowering.dims().dim(bound.get(parameter), scope);
    }

    /** The dim of {@code expr}, at least 0. */
    Dim width(Expr expr) {
        Dim width = lowering.dims().dim(expr, scope);
        if (!width.isAtLeast(Dim.ZERO)) {
            throw lowering.report(LoweringDiagnostics.negativeWidth(width, expr.span()));
        }
        return width;
    }

    /** The int tensor given for {@code parameter}. */
    Node index(String parameter) {
        Node index = value(parameter);
        if (index.type().element() != ElementType.INT) {
            throw lowering.report(LoweringDiagnostics.wrongType(
                    "an index", "int", index.type(), span(parameter), "declare `input y : int[...] in 0..C-1;`"));
        }
        return index;
    }

    /** The parameters in order. */
    List<String> parameters() {
        return parameters;
    }

    /** The expression bound to {@code parameter}. */
    Optional<Expr> expression(String parameter) {
        return Optional.ofNullable(bound.get(parameter));
    }
}
