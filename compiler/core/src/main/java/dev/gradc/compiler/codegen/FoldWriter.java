package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.schedule.IndexExpr;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accumulations: what they start from, what an iteration does to them, and where they end up. */
final class FoldWriter {

    private static final String ARRAYS = JavaText.reference("java.util.Arrays");

    private final Program program;
    private final ExpressionWriter expressions;
    private final JavaTypes types;
    private final JavaText text;
    private final PositionWriter positions;

    /** Extremes that are kept with their positions, by the variables of these. */
    private final Map<Statement, String> kept = new HashMap<>();

    FoldWriter(Program program, ExpressionWriter expressions, Naming naming, JavaTypes types, JavaText text) {
        this.program = program;
        this.expressions = expressions;
        this.types = types;
        this.text = text;
        this.positions = new PositionWriter(expressions, naming, types, text);
    }

    /**
     * Starts the accumulations of a loop.
     *
     * @param byElement whether the loop runs iteration by iteration, so that an extreme is found with its position
     */
    void begin(List<Statement> statements, boolean byElement) {
        if (byElement) {
            for (Statement extreme : statements) {
                positions.kept(extreme, statements).ifPresent(best -> kept.put(extreme, best));
            }
        }
        statements.forEach(this::start);
    }

    private void start(Statement statement) {
        Node node = statement.node();
        if (kept.containsKey(statement)) {
            return;
        }
        if (!statement.hasScalarAccumulator()) {
            fill(node, IndexExpr.axes(statement.firstFolded()), identity(node));
            return;
        }
        String name = expressions.localName(node);
        JavaExpr identity = types.literal(identity(node), node.input(0).type().element());
        if (isPositional(node)) {
            positions.start(node, identity);
        } else {
            text.statement(types.element(node) + " " + name + " = " + identity);
        }
    }

    /** Puts {@code value} into all elements of {@code node} whose index starts with {@code first}. */
    void fill(Node node, List<IndexExpr> first, double value) {
        List<IndexExpr> start = new ArrayList<>(first);
        Shape rest =
                new Shape(node.shape().dims().subList(start.size(), node.shape().rank()));
        while (start.size() < node.shape().rank()) {
            start.add(new IndexExpr(Dim.ZERO, Map.of()));
        }
        String place = expressions.memory(node, start).code();
        String array = ExpressionWriter.array(place);
        String from = ExpressionWriter.position(place);
        JavaExpr literal = types.literal(value, node.type().element());
        String to = from.equals("0") ? expressions.size(rest) : from + " + " + expressions.size(rest);
        text.statement(ARRAYS + ".fill(" + String.join(", ", array, from, to, literal.code()) + ")");
    }

    private static double identity(Node node) {
        return node.gate() instanceof Reduction reduction ? reduction.identity() : 0;
    }

    private static boolean isPositional(Node node) {
        return node.gate() instanceof Reduction reduction && reduction.isPositional();
    }

    /** Ends the accumulation of {@code statement}; gives whether its value is in a variable now. */
    boolean finish(Statement statement) {
        if (!statement.hasScalarAccumulator()) {
            return false;
        }
        Node node = statement.node();
        if (kept.containsKey(statement)) {
            text.statement(
                    "final " + types.element(node) + " " + expressions.localName(node) + " = " + kept.get(statement));
        }
        if (program.memory().contains(node)) {
            text.statement(expressions.memory(node, statement.outputIndex()) + " = " + expressions.localName(node));
        }
        return true;
    }

    /** Adds {@code value}, that of one iteration, to what {@code statement} accumulates. */
    void add(Statement statement, JavaExpr value) {
        if (kept.containsKey(statement)) {
            return;
        }
        Node node = statement.node();
        if (isPositional(node)) {
            positions.compare(statement, value);
            return;
        }
        text.statement(stored(statement, value));
    }

    /** The Java statement that puts {@code value}, that of one iteration, where it is kept, or combines it with what is there. */
    String stored(Statement statement, JavaExpr value) {
        Node node = statement.node();
        JavaExpr before = statement.hasScalarAccumulator()
                ? JavaExpr.primary(expressions.localName(node))
                : expressions.memory(node, statement.outputIndex());
        Optional<Pointwise> combiner = statement.combiner();
        if (combiner.isEmpty()) {
            return before + " = " + value;
        }
        return combiner.get() == Arithmetic.ADD
                ? before + " += " + value
                : before + " = " + expressions.apply(combiner.get(), List.of(before, value));
    }
}
