package dev.gradc.compiler.lower;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Expr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The functions a model sees, and their inlining. A call is lowered once for the same arguments, so that functions that
 * call functions cost what they say and not what they expand to.
 */
final class FunctionTable {

    private record Instance(String function, List<Node> arguments) {}

    private final Map<String, Declaration.Function> functions = new LinkedHashMap<>();
    private final Map<Instance, Node> instances = new HashMap<>();
    private final Deque<String> calls = new ArrayDeque<>();
    private final Scope fileScope;

    /** @param fileScope what a function's body sees beside its parameters */
    FunctionTable(Iterable<Declaration.Function> functions, Scope fileScope) {
        functions.forEach(function -> this.functions.put(function.name().text(), function));
        this.fileScope = fileScope;
    }

    boolean defines(String name) {
        return functions.containsKey(name);
    }

    /** The functions and builtins there are. */
    Set<String> known() {
        Set<String> names = new TreeSet<>(functions.keySet());
        names.addAll(Builtins.names());
        return names;
    }

    /** The body of the called function with the arguments in place of its parameters. */
    Node call(ExpressionLowering lowering, Expr.Call call, Scope scope) {
        Declaration.Function function = functions.get(call.function().text());
        String name = function.name().text();
        if (calls.contains(name)) {
            List<String> path = new ArrayList<>(calls);
            Collections.reverse(path);
            path.add(name);
            throw lowering.report(
                    LoweringDiagnostics.recursion(path.subList(path.indexOf(name), path.size()), call.span()));
        }
        List<Node> values = arguments(lowering, function, call, scope);
        calls.push(name);
        try {
            Instance instance = new Instance(name, values);
            Node known = instances.get(instance);
            if (known == null) {
                known = body(lowering, function, values);
                instances.put(instance, known);
            }
            return known;
        } finally {
            calls.pop();
        }
    }

    private List<Node> arguments(
            ExpressionLowering lowering, Declaration.Function function, Expr.Call call, Scope scope) {
        List<String> names =
                function.parameters().stream().map(p -> p.name().text()).toList();
        int required = (int) function.parameters().stream()
                .takeWhile(p -> p.defaultValue().isEmpty())
                .count();
        Arguments bound = Arguments.bind(lowering, call, scope, names, required);
        List<Node> values = new ArrayList<>();
        for (Declaration.Parameter parameter : function.parameters()) {
            Optional<Expr> given = bound.expression(parameter.name().text());
            values.add(
                    given.isPresent()
                            ? lowering.lower(given.get(), scope)
                            : lowering.lower(parameter.defaultValue().orElseThrow(), fileScope));
        }
        return values;
    }

    private Node body(ExpressionLowering lowering, Declaration.Function function, List<Node> values) {
        Scope inner = fileScope;
        for (int i = 0; i < values.size(); i++) {
            inner = inner.with(function.parameters().get(i).name().text(), values.get(i));
        }
        return lowering.lower(function.body(), inner);
    }
}
