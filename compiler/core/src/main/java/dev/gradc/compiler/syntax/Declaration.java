package dev.gradc.compiler.syntax;

import dev.gradc.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** A declaration at the top level of a file. */
public sealed interface Declaration {

    /** The text it was read from. */
    Span span();

    /** {@code model Net(N, D, H = 100) { ... }}. */
    record Model(
            Identifier name, List<DimParameter> dims, List<Statement> body, Optional<String> documentation, Span span)
            implements Declaration {}

    /** A dim: bound at run time, or fixed by {@code = value}. */
    record DimParameter(Identifier name, Optional<Expr> value) {}

    /** {@code fn huber(r, delta = 1) = ...;}. */
    record Function(Identifier name, List<Parameter> parameters, Expr body, Optional<String> documentation, Span span)
            implements Declaration {}

    /** A function's parameter and its default. */
    record Parameter(Identifier name, Optional<Expr> defaultValue) {}

    /** {@code gate f(x) { forward ...; backward(g) ...; }}: a function with its own derivative. */
    record CustomGate(
            Identifier name,
            List<Parameter> parameters,
            Expr forward,
            Identifier upstream,
            List<Expr> backward,
            Optional<String> documentation,
            Span span)
            implements Declaration {}

    /** {@code const g = 9.81;} for the whole file. */
    record Constant(Statement.Const statement) implements Declaration {
        @Override
        public Span span() {
            return statement.span();
        }
    }

    /** {@code precision f32;} for the whole file. */
    record FilePrecision(Statement.Precision statement) implements Declaration {
        @Override
        public Span span() {
            return statement.span();
        }
    }
}
