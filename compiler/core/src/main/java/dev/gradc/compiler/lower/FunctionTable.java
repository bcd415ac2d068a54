package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Custom;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.FileScope.Visible;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Declaration;
import dev.gradc.compiler.syntax.Expr;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.syntax.Module;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The functions and custom gates a model sees, and their inlining. A function's body sees what its own file sees. A call
 * is lowered once for the same arguments, so that functions that call functions cost what they say and not what they
 * expand to.
 */
final class FunctionTable {

    private record Instance(Span function, List<Node> arguments) {}

    private final Packages packages;
    private final ExpressionLowering lowering;
    private final Map<SourceFile, FileScope> files = new HashMap<>();
    private final Deque<FileScope> current = new ArrayDeque<>();
    private final Map<Instance, Node> instances = new HashMap<>();
    private final Map<Span, Node> constants = new HashMap<>();
    private final Deque<Declaration> open = new ArrayDeque<>();
    private Set<Node> differentiatedBy = new HashSet<>();

    /** @param file where the model is */
    FunctionTable(Packages packages, Module file, ExpressionLowering lowering) {
        this.packages = packages;
        this.lowering = lowering;
        current.push(file(file));
    }

    private FileScope file(Module module) {
        FileScope known = files.get(module.source());
        if (known == null) {
            known = new FileScope(module, packages, this);
            files.put(module.source(), known);
        }
        return known;
    }

    /** The constants that the file under way sees. */
    FileScope scope() {
        return current.peek();
    }

    boolean defines(String name) {
        return current.peek().callable(name).isPresent();
    }

    /** The functions and builtins there are. */
    Set<String> known() {
        Set<String> names = new TreeSet<>(current.peek().callables());
        names.addAll(Builtins.names());
        return names;
    }

    /** The packages that have a function called {@code name}. */
    List<String> packagesWith(String name) {
        return packages.with(name);
    }

    /** The value of a constant, in its own file. */
    Node constant(Visible constant) {
        Node known = constants.get(constant.declaration().span());
        if (known == null) {
            Declaration.Constant declared = (Declaration.Constant) constant.declaration();
            known = within(constant, () -> lowering.lower(declared.statement().value(), scope()));
            constants.put(declared.span(), known);
        }
        return known;
    }

    boolean isInFunction() {
        return !open.isEmpty();
    }

    void differentiatesBy(Node variable) {
        differentiatedBy.add(variable);
    }

    /** Whether a model is called {@code name}. */
    boolean isModel(String name) {
        return current.peek()
                .callable(name)
                .filter(visible -> visible.declaration() instanceof Declaration.Model)
                .isPresent();
    }

    /**
     * The body of the called function with the arguments in place of its parameters.
     *
     * @param output which output of a model; its loss or its only output when empty
     */
    Node call(Expr.Call call, Optional<Identifier> output, Scope scope) {
        Visible called = current.peek().callable(call.function().text()).orElseThrow();
        if (isOpen(called)) {
            throw lowering.report(LoweringDiagnostics.recursion(path(called.declaration()), call.span()));
        }
        if (called.declaration() instanceof Declaration.Model model) {
            ModelCall used = ModelCall.bind(lowering, model, call, scope);
            return within(called, () -> used.output(output));
        }
        List<Declaration.Parameter> parameters = parameters(called.declaration());
        List<Optional<Node>> given = arguments(parameters, call, scope);
        return within(called, () -> {
            List<Node> values = completed(parameters, given);
            Instance instance = new Instance(called.declaration().span(), values);
            Node known = instances.get(instance);
            if (known == null) {
                known = body(called.declaration(), values, call);
                instances.put(instance, known);
            }
            return known;
        });
    }

    private boolean isOpen(Visible declared) {
        return open.stream()
                .anyMatch(other -> other.span().equals(declared.declaration().span()));
    }

    /** The arguments given, and the default of each other parameter, which sees the parameters before it. */
    private List<Node> completed(List<Declaration.Parameter> parameters, List<Optional<Node>> given) {
        List<Node> values = new ArrayList<>();
        Scope inner = scope();
        for (int i = 0; i < parameters.size(); i++) {
            Declaration.Parameter parameter = parameters.get(i);
            Node value = given.get(i).isPresent()
                    ? given.get(i).get()
                    : lowering.lower(parameter.defaultValue().orElseThrow(), inner);
            values.add(value);
            inner = inner.with(parameter.name().text(), value);
        }
        return values;
    }

    private List<String> path(Declaration again) {
        List<String> path = new ArrayList<>();
        open.forEach(declaration -> path.add(name(declaration)));
        Collections.reverse(path);
        path.add(name(again));
        return path.subList(path.indexOf(name(again)), path.size());
    }

    private static String name(Declaration declaration) {
        return Packages.importable(declaration).orElseThrow().text();
    }

    private Node within(Visible declared, Supplier<Node> value) {
        if (isOpen(declared)) {
            throw lowering.report(LoweringDiagnostics.cycle(
                    path(declared.declaration()), declared.declaration().span()));
        }
        current.push(file(declared.module()));
        open.push(declared.declaration());
        try {
            return value.get();
        } finally {
            open.pop();
            current.pop();
        }
    }

    private static List<Declaration.Parameter> parameters(Declaration declaration) {
        return declaration instanceof Declaration.Function function
                ? function.parameters()
                : ((Declaration.CustomGate) declaration).parameters();
    }

    private List<Optional<Node>> arguments(List<Declaration.Parameter> parameters, Expr.Call call, Scope scope) {
        List<String> names = parameters.stream().map(p -> p.name().text()).toList();
        int required = (int)
                parameters.stream().takeWhile(p -> p.defaultValue().isEmpty()).count();
        Arguments bound = Arguments.bind(lowering, call, scope, names, required);
        List<Optional<Node>> values = new ArrayList<>();
        for (String name : names) {
            values.add(bound.expression(name).map(expr -> lowering.lower(expr, scope)));
        }
        return values;
    }

    /**
     * The body with {@code values} in place of the parameters. A parameter that the body differentiates by is a variable
     * of its own there, which its value takes the place of afterwards: values that happen to be equal do not vary with it.
     */
    private Node body(Declaration declaration, List<Node> values, Expr.Call call) {
        Set<Node> outside = differentiatedBy;
        differentiatedBy = new HashSet<>();
        Node result = plainBody(declaration, values, call);
        List<Node> variables = new ArrayList<>(values);
        Map<Node, Node> replaced = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            Node value = values.get(i);
            if (differentiatedBy.contains(value) && !value.is(Leaf.VARIABLE)) {
                String name =
                        Custom.placeholder("parameter" + i) + lowering.graph().size();
                Node real = Conversions.toReal(lowering.graph(), value);
                variables.set(i, Leaf.variable(lowering.graph(), name, real.type()));
                replaced.put(variables.get(i), real);
            }
        }
        outside.addAll(differentiatedBy);
        differentiatedBy = outside;
        if (replaced.isEmpty()) {
            return result;
        }
        Node moved = plainBody(declaration, variables, call);
        return Graph.substitute(lowering.graph(), List.of(moved), replaced).get(moved);
    }

    private Node plainBody(Declaration declaration, List<Node> values, Expr.Call call) {
        List<Declaration.Parameter> parameters = parameters(declaration);
        Scope inner = scope();
        for (int i = 0; i < values.size(); i++) {
            inner = inner.with(parameters.get(i).name().text(), values.get(i));
        }
        return declaration instanceof Declaration.CustomGate gate
                ? new CustomGates(lowering).call(gate, values, inner, call)
                : lowering.lower(((Declaration.Function) declaration).body(), inner);
    }
}
