package dev.gradc.compiler.syntax;

import dev.gradc.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** An expression of the language. */
public sealed interface Expr {

    /** The text it was read from. */
    Span span();

    /** A numeric literal; {@code text} as written, to tell {@code 1} from {@code 1.0}. */
    record NumberLiteral(double value, String text, Span span) implements Expr {
        public boolean isInteger() {
            return text.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value, Span span) implements Expr {}

    /** A use of a name. */
    record Reference(Identifier name) implements Expr {
        @Override
        public Span span() {
            return name.span();
        }
    }

    /** A prefix operator applied: {@code -x} or {@code !x}. */
    record Unary(UnaryOperator operator, Expr operand, Span span) implements Expr {}

    /** An infix operator applied. */
    record Binary(BinaryOperator operator, Expr left, Expr right, Span span) implements Expr {
        /** Spans both operands. */
        public Binary(BinaryOperator operator, Expr left, Expr right) {
            this(operator, left, right, left.span().to(right.span()));
        }
    }

    /** {@code x'}: the transpose. */
    record Transpose(Expr operand, Span span) implements Expr {}

    /** {@code if c then a else b}, elementwise. */
    record Conditional(Expr condition, Expr then, Expr otherwise, Span span) implements Expr {}

    /** {@code f(a, b, axis = 1)}. */
    record Call(Identifier function, List<Argument> arguments, Span span) implements Expr {}

    /** An argument of a call, positional or by name. */
    record Argument(Optional<Identifier> name, Expr value) {}

    /** {@code a[i, 1:n, :]}. */
    record Index(Expr target, List<Subscript> subscripts, Span span) implements Expr {}

    /** {@code Net(x, w).scores}: an output of a model. */
    record Member(Expr target, Identifier name, Span span) implements Expr {}

    /** {@code sum[i, k in 1..K-1] body}: a reduction over bound indices. */
    record Binder(Identifier reduction, List<BoundIndex> indices, Expr body, Span span) implements Expr {}

    /** An index bound by a reduction; its extent is inferred where no range is written. */
    record BoundIndex(Identifier name, Optional<Range> range) {}

    /** {@code lo..hi}, both ends included. */
    record Range(Expr low, Expr high) implements Expr {
        @Override
        public Span span() {
            return low.span().to(high.span());
        }
    }

    /** {@code [a, b, c]}: its elements stacked along a new first axis. */
    record TensorLiteral(List<Expr> elements, Span span) implements Expr {}

    /** {@code { let m = max(x); exp(x - m) }}: local definitions and a result. */
    record Block(List<Statement.Definition> definitions, Expr result, Span span) implements Expr {}

    /** One subscript of an indexing. */
    sealed interface Subscript {
        Span span();

        /** A single position: drops the axis (a scalar int) or gathers (an int tensor). */
        record At(Expr position) implements Subscript {
            @Override
            public Span span() {
                return position.span();
            }
        }

        /** {@code lo:hi:step}, {@code hi} excluded, each part optional; {@code :} is the whole axis. */
        record Slice(Optional<Expr> low, Optional<Expr> high, Optional<Expr> step, Span span) implements Subscript {}
    }

    /** The prefix operators. */
    enum UnaryOperator {
        NEGATE("-"),
        NOT("!");

        private final String symbol;

        UnaryOperator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** The infix operators. */
    enum BinaryOperator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        POWER("^"),
        MATRIX_PRODUCT("@"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        EQUAL("=="),
        NOT_EQUAL("!="),
        AND("&&"),
        OR("||");

        private final String symbol;

        BinaryOperator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }
}
