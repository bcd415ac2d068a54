package dev.gradc.compiler.explain;

import dev.gradc.compiler.ir.Dim;
import java.util.List;

/** A way to write formulas. */
interface Notation {

    Written name(String name);

    Written number(double value);

    Written extent(Dim dim);

    Written infix(Expression.Infix infix);

    Written prefix(String symbol, Expression operand);

    Written transpose(Expression operand);

    Written call(String function, List<Expression> arguments);

    Written reduced(Expression.Reduced reduced);

    Written fold(Expression.Fold fold);

    Written ranged(String index, Dim range);

    Written choice(Expression.Choice choice);

    Written element(Expression.Element element);

    Written slice(Expression.Slice slice);

    Written option(String name, String value);

    Written vector(List<Expression> elements);

    /** {@code text} in parentheses. */
    String parenthesised(String text);

    /** {@code operand} where an operation binds at {@code level}: in parentheses where its own binds more loosely. */
    default String at(int level, Expression operand) {
        Written written = operand.in(this);
        return written.level() < level ? parenthesised(written.text()) : written.text();
    }

    /** {@code operand} where nothing stands around it. */
    default String plain(Expression operand) {
        return operand.in(this).text();
    }

    /**
     * The right operand of {@code infix}: comparisons do not chain, powers associate to the right, all else to the
     * left; no two signs follow each other.
     */
    default String right(Expression.Infix infix) {
        Written written = infix.right().in(this);
        if (written.level() == Written.PREFIX) {
            return parenthesised(written.text());
        }
        return at(infix.level() == Written.POWER ? Written.POWER : infix.level() + 1, infix.right());
    }

    /** The left operand of {@code infix}. */
    default String left(Expression.Infix infix) {
        boolean isStrict = infix.level() == Written.POWER || infix.level() == Written.RELATION;
        return at(isStrict ? infix.level() + 1 : infix.level(), infix.left());
    }
}
