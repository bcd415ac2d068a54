package dev.gradc.compiler.codegen;

import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.schedule.IndexExpr;
import dev.gradc.compiler.schedule.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Searches for the position of the best element: the code before the loops over the elements, and that within. */
final class PositionWriter {

    /**
     * The most elements among which the best is kept without a branch. Which of a few wins no processor can foresee; of many
     * few win, which it can.
     */
    private static final int MOST_WITHOUT_BRANCH = 32;

    private final ExpressionWriter expressions;
    private final Naming naming;
    private final JavaTypes types;
    private final JavaText text;

    PositionWriter(ExpressionWriter expressions, Naming naming, JavaTypes types, JavaText text) {
        this.expressions = expressions;
        this.naming = naming;
        this.types = types;
        this.text = text;
    }

    /** @param worst what any element is at least as good as */
    void start(Node node, JavaExpr worst) {
        text.statement(types.element(node.input(0)) + " " + best(node) + " = " + worst);
        text.statement("int " + expressions.localName(node) + " = 0");
    }

    /** Where one of {@code others} keeps what {@code extreme} is: the variable that holds it after the loops. */
    Optional<String> kept(Statement extreme, List<Statement> others) {
        Node node = extreme.node();
        return others.stream()
                .filter(other -> other.node().gate() instanceof Reduction sought
                        && sought.isPositional()
                        && node.gate() instanceof Reduction gate
                        && !gate.isPositional()
                        && sought.keeper() == gate.combiner()
                        && other.node().input(0) == node.input(0)
                        && other.extents().equals(extreme.extents())
                        && other.folded().equals(extreme.folded())
                        && isWithoutBranch(other))
                .findFirst()
                .map(other -> best(other.node()));
    }

    /** Compares {@code value} with the best before it. */
    void compare(Statement statement, JavaExpr value) {
        Node node = statement.node();
        Reduction gate = (Reduction) node.gate();
        JavaExpr best = JavaExpr.primary(best(node));
        JavaExpr found = JavaExpr.primary(expressions.localName(node));
        JavaExpr candidate = JavaExpr.primary(naming.named(node.id() + "#candidate", "candidate"));
        text.statement("final " + types.element(node.input(0)) + " " + candidate + " = " + value);
        JavaExpr wins = expressions.apply(gate.combiner().java(), List.of(candidate, best));
        JavaExpr position = position(statement);
        if (isWithoutBranch(statement)) {
            text.statement(found + " = " + expressions.apply(JavaForm.CHOICE, List.of(wins, position, found)));
            text.statement(best + " = " + expressions.apply(gate.keeper().java(), List.of(best, candidate)));
        } else {
            text.open("if (" + wins + ")");
            text.statement(best + " = " + candidate);
            text.statement(found + " = " + position);
            text.close();
        }
    }

    private static boolean isWithoutBranch(Statement statement) {
        return folded(statement).fixedSize().orElse(MOST_WITHOUT_BRANCH + 1) <= MOST_WITHOUT_BRANCH;
    }

    /** The space that is searched. */
    private static Shape folded(Statement statement) {
        return new Shape(statement
                .extents()
                .subList(statement.firstFolded(), statement.extents().size()));
    }

    private JavaExpr position(Statement statement) {
        List<IndexExpr> index = new ArrayList<>();
        for (int axis = statement.firstFolded(); axis < statement.extents().size(); axis++) {
            index.add(IndexExpr.axis(axis));
        }
        return expressions.index(IndexExpr.flat(index, folded(statement)));
    }

    private String best(Node node) {
        return naming.named(node.id() + "#best", "best");
    }
}
