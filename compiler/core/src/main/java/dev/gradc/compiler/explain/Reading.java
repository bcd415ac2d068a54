package dev.gradc.compiler.explain;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.JavaForm;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Optional;

/** What readers of nodes share: names of values, and how single gates read. */
interface Reading {

    /** {@code node}, or what it stands for where it is a loop's place for a value from outside. */
    Node resolved(Node node);

    /** The name of a resolved node that has an equation of its own; given one where it must have one. */
    Optional<String> name(Node node);

    /** The name of {@code node}, which gets an equation where it has none. */
    String required(Node node);

    /** {@code dim} with the indices of loops named as the model names them. */
    Dim readable(Dim dim);

    /** {@code gate} applied to {@code operands}. */
    static Expression apply(Pointwise gate, List<Expression> operands, boolean elementwise) {
        JavaForm form = gate.java();
        if (form instanceof JavaForm.Infix infix) {
            return infix(gate, infix, operands.get(0), operands.get(1), elementwise);
        } else if (form instanceof JavaForm.Prefix prefix) {
            return new Expression.Prefix(prefix.symbol(), operands.get(0));
        } else if (form instanceof JavaForm.Ternary) {
            return new Expression.Choice(operands.get(0), operands.get(1), operands.get(2));
        } else if (form instanceof JavaForm.Conversion || gate == Arithmetic.COPY) {
            return operands.get(0);
        } else if (gate == Arithmetic.POWER) {
            return new Expression.Infix("^", Written.POWER, operands.get(0), operands.get(1), elementwise);
        }
        return new Expression.Call(gate.name(), operands);
    }

    /** A product of equal factors is a square; numbers come first in products. */
    private static Expression infix(
            Pointwise gate, JavaForm.Infix form, Expression left, Expression right, boolean elementwise) {
        int level = Written.level(form.precedence());
        if (gate == Arithmetic.MULTIPLY && left.equals(right)) {
            return new Expression.Infix("^", Written.POWER, left, new Expression.Literal(2), false);
        }
        if (level == Written.RELATION && gate.isCommutative() && left instanceof Expression.Literal) {
            return new Expression.Infix(form.symbol(), level, right, left, false);
        }
        boolean isSwapped = gate == Arithmetic.MULTIPLY
                && right instanceof Expression.Literal
                && !(left instanceof Expression.Literal);
        return isSwapped
                ? new Expression.Infix(form.symbol(), level, right, left, false)
                : new Expression.Infix(form.symbol(), level, left, right, elementwise);
    }

    /** What the language calls a reduction. */
    static String function(Reduction gate) {
        return gate.name().replaceAll("_of$", "");
    }
}
