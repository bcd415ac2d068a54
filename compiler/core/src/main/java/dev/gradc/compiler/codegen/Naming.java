package dev.gradc.compiler.codegen;

import com.palantir.javapoet.NameAllocator;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeMap;
import dev.gradc.compiler.schedule.Strip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.SourceVersion;

/**
 * The Java names of one generated class, and, in scopes within, those of each program's methods: no local hides a field that
 * is named before or after it. While scopes within are in use the class gets no names, so that each may be in use by a thread
 * of its own.
 */
final class Naming {

    private static final List<String> LOOPS = List.of("i", "j", "k", "l", "p", "q", "r", "s");

    /** Shorter words for some gates' values. */
    private static final Map<String, String> BASES = Map.of(
            "contract", "product",
            "max_of", "largest",
            "min_of", "smallest",
            "multiply", "scaled",
            "divide", "quotient",
            "subtract", "difference",
            "select", "chosen",
            "negate", "negated");

    /** Classes whose methods generated code calls, which a variable of that name would hide. */
    private static final List<String> CALLED = List.of(
            "Math",
            "Double",
            "Float",
            "System",
            "Arrays",
            "Checks",
            "GradMath",
            "SpecialFunctions",
            "BlockMath",
            "RowMath",
            "MatrixProduct",
            "DoubleVector",
            "FloatVector",
            "VectorOperators",
            "SPECIES");

    /** The scope around this one; null for that of the class. */
    private final Naming around;

    private final List<Naming> within = new ArrayList<>();

    /** All names given here. */
    private final Set<String> taken = new HashSet<>();

    /** The Java names of the model's dims and variables, and of loops. */
    private final Map<String, String> declared = new HashMap<>();

    private final Map<Node, String> suggestions;
    private final Map<Object, String> known = new HashMap<>();
    private final Map<Node, String> values = new NodeMap<>();
    private final Map<Node, String> elements = new NodeMap<>();
    private final Map<Integer, String> loops = new HashMap<>();
    private final Map<Node, String> numbered = new NodeMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** How often each name was suggested. */
    private final Map<String, Integer> uses = new HashMap<>();

    /** @param suggestions what the model's text calls a node */
    Naming(Map<Node, String> suggestions) {
        this(null, suggestions);
        CALLED.forEach(this::newName);
        List.of("gradient", "layout", "evaluated", "parameters", "scalars").forEach(this::newName);
        declare(Leaf.SEED, "upstream");
    }

    private Naming(Naming around, Map<Node, String> suggestions) {
        this.around = around;
        this.suggestions = suggestions;
    }

    /** A scope for the locals of one program. */
    Naming within() {
        Naming inner = new Naming(this, suggestions);
        within.add(inner);
        return inner;
    }

    /** What {@code table} has for {@code key} here, or in the scope around; null where it has nothing. */
    private <K, V> V find(Function<Naming, Map<K, V>> table, K key) {
        V own = table.apply(this).get(key);
        return own != null || around == null ? own : around.find(table, key);
    }

    private static int next(Naming scope, Function<Naming, Map<String, Integer>> table, String key) {
        Integer before = scope.find(table, key);
        int next = before == null ? 1 : before + 1;
        table.apply(scope).put(key, next);
        return next;
    }

    /** Reserves a Java name for the model's dim or variable {@code name}. */
    void declare(String name) {
        declare(name, name);
    }

    /** Reserves a Java name like {@code suggestion} for the variable {@code name}, which is none of the model's. */
    void declare(String name, String suggestion) {
        declared.put(name, newName(suggestion));
    }

    /** Reserves a Java name for the dim symbol of a loop, like the index is called in the model. */
    void declareLoop(String symbol) {
        if (!declared.containsKey(symbol)) {
            declared.put(symbol, fresh(before(symbol, '#')));
        }
    }

    /** The Java name of the model's dim or variable {@code name}. */
    String of(String name) {
        return Objects.requireNonNull(find(scope -> scope.declared, name), name);
    }

    /** The name of the offset that goes with the variable {@code name}. */
    String offsetOf(String name) {
        return named(name + "#offset", of(name) + "Offset");
    }

    /** A fresh name for {@code tag}, the same whenever it is asked for. */
    String named(Object tag, String suggestion) {
        String name = find(scope -> scope.known, tag);
        if (name == null) {
            name = fresh(suggestion);
            known.put(tag, name);
        }
        return name;
    }

    private String fresh(String suggestion) {
        return newName(free(suggestion));
    }

    /** {@code suggestion} as a Java identifier, with underscores where it is a keyword or taken. */
    private String newName(String suggestion) {
        String name = NameAllocator.toJavaIdentifier(suggestion);
        while (SourceVersion.isKeyword(name) || isTaken(name)) {
            name += "_";
        }
        taken.add(name);
        return name;
    }

    /** Whether {@code name} is one here, around or within. */
    private boolean isTaken(String name) {
        boolean isTaken = taken.contains(name) || (around != null && around.taken.contains(name));
        for (Naming inner : within) {
            isTaken |= inner.taken.contains(name);
        }
        return isTaken;
    }

    /** {@code suggestion}, twice, of which the second gets an underscore; then with numbers, lest underscores pile up. */
    private String free(String suggestion) {
        int times = next(this, scope -> scope.uses, suggestion);
        return times <= 2 ? suggestion : suggestion + times;
    }

    /** The name of the value of {@code node}. */
    String of(Node node) {
        if (node.attribute() instanceof Leaf.Variable variable && isDeclared(variable)) {
            return of(variable.name());
        }
        String name = find(scope -> scope.values, node);
        if (name == null) {
            name = fresh(suggestion(node));
            values.put(node, name);
        }
        return name;
    }

    private boolean isDeclared(Leaf.Variable variable) {
        return find(scope -> scope.declared, variable.name()) != null;
    }

    /** The name of an element of {@code node} as a local variable, beside the place that {@code node} has in memory. */
    String element(Node node) {
        String name = find(scope -> scope.elements, node);
        if (name == null) {
            name = fresh(suggestion(node) + "At");
            elements.put(node, name);
        }
        return name;
    }

    /** The name of the scratch memory of the kernel that computes {@code node}. */
    String scratch(Node node) {
        return named(node.id() + "#scratch", suggestion(node) + "Scratch");
    }

    private String suggestion(Node node) {
        String given = suggestions.get(node);
        if (node.attribute() instanceof Leaf.Variable variable) {
            if (isDeclared(variable)) {
                return of(variable.name());
            }
            return given != null ? given : before(variable.name(), '\'') + "State";
        } else if (given != null) {
            return given;
        }
        String name = find(scope -> scope.numbered, node);
        if (name == null) {
            String gate = node.gate().name();
            name = BASES.getOrDefault(gate, gate) + next(this, scope -> scope.counts, gate);
            numbered.put(node, name);
        }
        return name;
    }

    private static String before(String text, char end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    /** A fresh name: {@code wanted} and how many of these there are. */
    String numbered(String wanted) {
        int number = next(this, scope -> scope.counts, "#" + wanted);
        return named("#" + wanted + number, wanted + number);
    }

    /** The loop variable at {@code depth}. */
    String loop(int depth) {
        return loops.computeIfAbsent(depth, d -> named("loop" + d, d < LOOPS.size() ? LOOPS.get(d) : "i" + d));
    }

    /** The name of the array that is {@code block}. */
    String block(Strip.Block block) {
        String name = find(scope -> scope.known, block);
        return name == null ? named(block, suggestion(block)) : name;
    }

    private static String suggestion(Strip.Block block) {
        if (block.constant().isPresent()) {
            return constant(block.constant().getAsDouble());
        }
        String element = block.element().name().toLowerCase(Locale.ROOT);
        return (block.element() == ElementType.REAL ? "block" : element + "Block") + block.number();
    }

    private static String constant(double value) {
        return Double.doubleToRawLongBits(value) == 0 ? "zeros" : value == 1 ? "ones" : "constants";
    }
}
