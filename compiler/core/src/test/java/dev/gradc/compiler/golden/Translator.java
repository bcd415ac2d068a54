package dev.gradc.compiler.golden;

import dev.gradc.compiler.golden.Value.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Translates programs in NumPy notation into definitions in the language of models, knowing the shape of every value.
 * A name that is defined nowhere may be {@code pi}, {@code n} (the first extent of the first input), {@code eye} (the
 * identity of that extent), or an element of a vector: {@code w0} of {@code w}.
 */
final class Translator {

    private static final Set<String> RESERVED = Set.of(
            ("package import model input param const let output loss fn gate forward backward precision scan with in"
                            + " collect checkpoint derive if then else true false sum prod mean max min logsumexp argmax"
                            + " argmin any all result")
                    .split(" ", -1));

    private static final Pattern COMPONENT = Pattern.compile("(\\p{L}+)(\\d+)");

    private final Map<String, Value> scope = new LinkedHashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final IdentityHashMap<Ast, Value> translated = new IdentityHashMap<>();
    private final Map<String, Integer> indexed = new HashMap<>();
    private final List<String> definitions = new ArrayList<>();
    private final List<String> taken;
    private final Extents extents;
    private boolean fixed;

    Translator(GoldenCase example, Extents extents) {
        this.extents = extents;
        this.taken = new ArrayList<>(extents.symbols());
        example.inputs().forEach((name, input) -> {
            String variable = fresh(name);
            variables.put(name, variable);
            scope.put(name, new Value(variable, Level.ATOM, input.shape(), input.element()));
        });
    }

    /** The value of {@code program}, whose definitions are added to those of this translator. */
    Value translate(String program) {
        Value last = null;
        for (Ast.Statement statement : NumpyParser.program(program)) {
            List<Value> values = values(statement);
            for (int i = 0; i < statement.names().size(); i++) {
                String name = statement.names().get(i);
                scope.put(name, name.equals("out") ? values.get(i) : define(name, values.get(i)));
            }
            last = statement.names().isEmpty()
                    ? values.get(0)
                    : scope.get(statement.names().get(0));
        }
        return last;
    }

    private List<Value> values(Ast.Statement statement) {
        if (statement.names().size() < 2) {
            return List.of(value(statement.value()));
        }
        List<Value> parts = LayoutFunctions.parts(this, statement.value());
        if (parts.size() != statement.names().size()) {
            throw new UntranslatableException(parts.size() + " parts for " + statement.names());
        }
        return parts;
    }

    Value value(Ast ast) {
        Value known = translated.get(ast);
        if (known == null) {
            known = translation(ast);
            translated.put(ast, known);
        }
        return known;
    }

    private Value translation(Ast ast) {
        if (ast instanceof Ast.Num number) {
            return Value.atom(number.text().endsWith(".") ? number.text() + "0" : number.text());
        } else if (ast instanceof Ast.Name name) {
            return name(name.text());
        } else if (ast instanceof Ast.Negated negated) {
            Value operand = value(negated.operand());
            return Value.of(Level.UNARY, "-" + operand.as(Level.UNARY), operand.shape());
        } else if (ast instanceof Ast.Binary binary) {
            return binary(binary);
        } else if (ast instanceof Ast.Transposed transposed) {
            return IndexFunctions.transpose(this, value(transposed.operand()));
        } else if (ast instanceof Ast.Call call) {
            return Functions.call(this, call);
        } else if (ast instanceof Ast.Index index) {
            return Subscripts.translate(this, value(index.target()), index.subscripts());
        } else if (!(ast instanceof Ast.Items)) {
            throw new UntranslatableException("no value is " + ast);
        }
        return constants((Ast.Items) ast);
    }

    /** A list of numbers, or of such lists. */
    private Value constants(Ast.Items items) {
        List<Value> values = items.elements().stream().map(this::value).toList();
        String list = values.stream()
                .map(v -> v.text().matches("-?\\d+") ? v.text() + ".0" : v.text())
                .collect(Collectors.joining(", ", "[", "]"));
        return Value.atom(
                "stack(" + list + ", axis = 0)", Shapes.insert(values.get(0).shape(), 0, values.size()));
    }

    private Value name(String name) {
        Value known = scope.get(name);
        if (known != null) {
            return known;
        } else if (name.equals("pi")) {
            return Value.atom(Double.toString(Math.PI));
        } else if (name.equals("n")) {
            return Value.atom(extents.text(firstExtent()));
        } else if (name.equals("eye")) {
            return Value.atom("identity(" + extents.text(firstExtent()) + ")", firstExtent(), firstExtent());
        }
        Matcher component = COMPONENT.matcher(name);
        if (component.matches() && scope.containsKey(component.group(1))) {
            Ast position = new Ast.Num(component.group(2));
            return Subscripts.translate(this, scope.get(component.group(1)), List.of(new Ast.At(position)));
        }
        throw new UntranslatableException("what is `" + name + "`?");
    }

    /** The first extent of the first input. */
    int firstExtent() {
        return scope.values().iterator().next().extent(0);
    }

    private Value binary(Ast.Binary binary) {
        Value left = value(binary.left());
        Value right = value(binary.right());
        return switch (binary.operator()) {
            case "+", "-" -> join(left, Level.SUM, binary.operator(), right, Level.PRODUCT);
            case "*", "/" -> join(left, Level.PRODUCT, binary.operator(), right, Level.UNARY);
            case "@" ->
                Value.of(
                        Level.PRODUCT,
                        left.as(Level.PRODUCT) + " @ " + right.as(Level.UNARY),
                        Shapes.product(left.shape(), right.shape()));
            case "**" ->
                Value.of(
                        Level.POWER,
                        left.as(Level.ATOM) + " ^ " + right.as(Level.UNARY),
                        Shapes.broadcast(left.shape(), right.shape()));
            default -> comparison(left, binary.operator(), right);
        };
    }

    private static Value comparison(Value left, String operator, Value right) {
        String text = left.as(Level.SUM) + " " + operator + " " + right.as(Level.SUM);
        return new Value(text, Level.COMPARISON, Shapes.broadcast(left.shape(), right.shape()), "bool");
    }

    private static Value join(Value left, Level level, String operator, Value right, Level rightLevel) {
        String text = left.as(level) + " " + operator + " " + right.as(rightLevel);
        return Value.of(level, text, Shapes.broadcast(left.shape(), right.shape()));
    }

    /** {@code value} under a new name like {@code name}. */
    Value define(String name, Value value) {
        String unique = fresh(name);
        definitions.add("let " + unique + " = " + value.text() + ";");
        return new Value(unique, Level.ATOM, value.shape(), value.element());
    }

    /** {@code value} itself where it has a name. */
    Value named(Value value) {
        return value.text().matches("[\\p{L}_][\\p{L}\\d_]*") ? value : define("v", value);
    }

    /** {@code let y[indices] = body}. */
    Value defineByIndices(List<String> indices, String body, int... shape) {
        String unique = fresh("y");
        String bound = indices.isEmpty() ? "" : "[" + String.join(", ", indices) + "]";
        definitions.add("let " + unique + bound + " = " + body + ";");
        return Value.atom(unique, shape);
    }

    /** {@code count} names of indices. */
    List<String> indices(int count) {
        return Stream.of("i", "j", "k", "l", "m", "n", "p", "q")
                .limit(count)
                .map(this::index)
                .toList();
    }

    /** A name of an index like {@code name}, which no variable has. */
    String index(String name) {
        return taken.contains(name) || RESERVED.contains(name) ? name + "_" : name;
    }

    private String fresh(String name) {
        String unique = RESERVED.contains(name) ? name + "_" : name;
        for (int i = 2; taken.contains(unique); i++) {
            unique = name + "_" + i;
        }
        taken.add(unique);
        return unique;
    }

    /** Notes that {@code positions} are positions on an axis of {@code extent}. */
    void indexes(Value positions, int extent) {
        if (!positions.isInt()) {
            throw new UntranslatableException(positions.text() + " holds no whole numbers");
        }
        indexed.merge(positions.text(), extent, Math::min);
    }

    /** Notes that the text holds only for these extents, or for extents that are large enough. */
    void fixExtents() {
        fixed = true;
    }

    boolean isFixed() {
        return fixed;
    }

    Extents extents() {
        return extents;
    }

    /** The name in the model of the case's input {@code name}. */
    String variable(String name) {
        return variables.get(name);
    }

    /** The extent that an int variable of the model is a position of, 0 where none is known. */
    int range(String variable) {
        return indexed.getOrDefault(variable, 0);
    }

    String definitions() {
        return definitions.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
    }
}
