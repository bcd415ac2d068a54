package dev.gradc.compiler.lower;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Gates;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Operation;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.syntax.Expr;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The functions that are gates, or are lowered to a few of them; the rest of the library is written in gradc itself. */
final class Builtins {

    /** A function: its parameters, how many are required, and what a call becomes. */
    private record Builtin(List<String> parameters, int required, Body body) {}

    interface Body {
        Node lower(NodeFactory graph, Arguments arguments);
    }

    private static final List<String> FOLD = List.of("x", "axis", "keepdims");

    /** Where functions are declared. */
    static final class Table {
        private final Map<String, Builtin> byName = new TreeMap<>();

        private Table() {}

        void define(String name, List<String> parameters, int required, Body body) {
            byName.put(name, new Builtin(parameters, required, body));
        }
    }

    private static final Map<String, Builtin> BY_NAME;

    static {
        Table table = new Table();
        gates(table);
        for (String name : List.of("sum", "prod", "mean", "logsumexp", "argmax", "argmin", "any", "all")) {
            table.define(name, FOLD, 1, (graph, a) -> fold(a));
        }
        List<String> extremum = List.of("x", "y", "axis", "keepdims");
        table.define("max", extremum, 1, (graph, a) -> a.has("y") ? arithmetic(Arithmetic.MAX, a) : fold(a));
        table.define("min", extremum, 1, (graph, a) -> a.has("y") ? arithmetic(Arithmetic.MIN, a) : fold(a));
        table.define("pick", List.of("x", "index"), 2, Builtins::pick);
        table.define("positions", List.of("x", "axis"), 2, Builtins::positions);
        table.define("extent", List.of("x", "axis"), 2, Builtins::extent);
        LayoutFunctions.define(table);
        MatrixFunctions.define(table);
        DerivativeFunctions.define(table);
        BY_NAME = table.byName;
    }

    private Builtins() {}

    /** The gates that are functions of their own name. */
    private static void gates(Table table) {
        for (Operation gate : Gates.ALL) {
            if (gate instanceof Pointwise pointwise && pointwise.isFunction()) {
                if (pointwise.arity() == 1) {
                    table.define(gate.name(), List.of("x"), 1, (graph, a) -> graph.make(gate, a.real("x")));
                } else {
                    table.define(
                            gate.name(),
                            List.of("x", "y"),
                            2,
                            (graph, a) -> binary(pointwise, a, a.real("x"), a.real("y")));
                }
            }
        }
        table.define("abs", List.of("x"), 1, (graph, a) -> graph.make(Arithmetic.ABS, a.value("x")));
        for (Pointwise gate : List.of(Arithmetic.DIV, Arithmetic.MOD)) {
            table.define(gate.name(), List.of("x", "y"), 2, (graph, a) -> binary(gate, a, a.index("x"), a.index("y")));
        }
        table.define("pow", List.of("x", "y"), 2, (graph, a) -> binary(Arithmetic.POWER, a, a.real("x"), a.real("y")));
    }

    /** The functions there are. */
    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** What a call of a builtin becomes. */
    static Node call(NodeFactory graph, ExpressionLowering lowering, Expr.Call call, Scope scope) {
        Builtin builtin = BY_NAME.get(call.function().text());
        Arguments arguments = Arguments.bind(lowering, call, scope, builtin.parameters(), builtin.required());
        return builtin.body().lower(graph, arguments);
    }

    private static Node binary(Pointwise gate, Arguments a, Node left, Node right) {
        return a.lowering().operators().pointwise(gate, a.function(), a.span("x"), left, a.span("y"), right);
    }

    private static Node arithmetic(Pointwise gate, Arguments a) {
        return a.lowering()
                .operators()
                .arithmetic(gate, a.function(), a.span("x"), a.value("x"), a.span("y"), a.value("y"));
    }

    /** {@code x} folded over the axes asked for, which stay with extent 1 under {@code keepdims}. */
    private static Node fold(Arguments a) {
        Node x = a.value("x");
        List<Integer> axes = a.axes("axis", x);
        Node folded = Folds.fold(a.lowering(), a.function(), x, axes, a.span("x"));
        return a.flag("keepdims") ? Folds.keep(new Term(a.lowering().graph(), folded), x.shape(), axes) : folded;
    }

    /** The extent of one axis, as an int. */
    private static Node extent(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        return Leaf.extent(graph, x.shape().dim(a.axes("axis", x).get(0)));
    }

    /** {@code x[..., index[...]]}. */
    private static Node pick(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        Node index = a.index("index");
        Type type = index.type();
        int rank = x.shape().rank();
        if (rank == 0 || !index.shape().dims().equals(x.shape().dims().subList(0, rank - 1))) {
            throw a.lowering()
                    .report(LoweringDiagnostics.shapeMismatch(
                            a.function(), x.type(), a.span("x"), type, a.span("index")));
        }
        a.lowering().requireIndex(index, x.shape().dim(rank - 1), a.span("index"));
        return Gather.pick(graph, x, index);
    }

    private static Node positions(NodeFactory graph, Arguments a) {
        Node x = a.value("x");
        return Leaf.position(graph, a.axes("axis", x).get(0), x.shape());
    }
}
