package dev.gradc.compiler.explain;

import dev.gradc.compiler.ir.Dim;
import java.util.List;

/** A formula as one reads it, apart from any notation. */
sealed interface Expression {

    /** This formula in {@code notation}. */
    Written in(Notation notation);

    /** A named value, an index, or a dim. */
    record Name(String name) implements Expression {
        @Override
        public Written in(Notation notation) {
            return notation.name(name);
        }
    }

    /** A number. */
    record Literal(double value) implements Expression {
        @Override
        public Written in(Notation notation) {
            return notation.number(value);
        }
    }

    /** A polynomial in dims and steps of loops. */
    record Extent(Dim dim) implements Expression {
        @Override
        public Written in(Notation notation) {
            return notation.extent(dim);
        }
    }

    /**
     * An operation between two operands, which associates to the left.
     *
     * @param level how tightly it binds, see {@link Written}
     * @param elementwise whether both operands are tensors taken element by element
     */
    record Infix(String symbol, int level, Expression left, Expression right, boolean elementwise)
            implements Expression {
        @Override
        public Written in(Notation notation) {
            return notation.infix(this);
        }
    }

    /** A negation, of a number or of a truth. */
    record Prefix(String symbol, Expression operand) implements Expression {
        @Override
        public Written in(Notation notation) {
            return notation.prefix(symbol, operand);
        }
    }

    /** The last two axes swapped. */
    record Transpose(Expression operand) implements Expression {
        @Override
        public Written in(Notation notation) {
            return notation.transpose(operand);
        }
    }

    /** A function of whole operands. */
    record Call(String function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Written in(Notation notation) {
            return notation.call(function, arguments);
        }
    }

    /** A whole tensor folded along axes; all of them where none is named. */
    record Reduced(String function, Expression operand, List<Integer> axes) implements Expression {
        public Reduced {
            axes = List.copyOf(axes);
        }

        @Override
        public Written in(Notation notation) {
            return notation.reduced(this);
        }
    }

    /**
     * The index of a fold.
     *
     * @param range how far it runs; null where a subscript says so
     */
    record Bound(String index, Dim range) {}

    /** What stands behind it folded over indices. */
    record Fold(String function, List<Bound> indices, Expression body) implements Expression {
        public Fold {
            indices = List.copyOf(indices);
        }

        @Override
        public Written in(Notation notation) {
            return notation.fold(this);
        }
    }

    /** The index of a definition whose range no subscript tells. */
    record Ranged(String index, Dim range) implements Expression {
        @Override
        public Written in(Notation notation) {
            return notation.ranged(index, range);
        }
    }

    /** One of two values. */
    record Choice(Expression condition, Expression then, Expression otherwise) implements Expression {
        @Override
        public Written in(Notation notation) {
            return notation.choice(this);
        }
    }

    /** An element, or with slices among the subscripts a part, of a tensor. */
    record Element(Expression tensor, List<Expression> subscripts) implements Expression {
        public Element {
            subscripts = List.copyOf(subscripts);
        }

        @Override
        public Written in(Notation notation) {
            return notation.element(this);
        }
    }

    /** A part of an axis, {@code from:to:step}; all of it where {@code from} is null. */
    record Slice(Dim from, Dim to, Dim step) implements Expression {
        static final Slice ALL = new Slice(null, null, null);

        @Override
        public Written in(Notation notation) {
            return notation.slice(this);
        }
    }

    /** A named setting of a function. */
    record Option(String name, String value) implements Expression {
        @Override
        public Written in(Notation notation) {
            return notation.option(name, value);
        }
    }

    /** A tensor written out along its first axis; an extent of a shape, too. */
    record Vector(List<Expression> elements) implements Expression {
        public Vector {
            elements = List.copyOf(elements);
        }

        @Override
        public Written in(Notation notation) {
            return notation.vector(elements);
        }
    }
}
