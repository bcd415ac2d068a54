package dev.gradc.compiler.syntax;

import dev.gradc.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** A statement in a model's body. */
public sealed interface Statement {

    /** The text it was read from. */
    Span span();

    /** {@code input X : real[N, D];} or {@code param x, y : real;}. */
    record Variables(
            Role role,
            List<Identifier> names,
            Type type,
            Optional<Expr.Range> range,
            Optional<String> documentation,
            Span span)
            implements Statement {}

    /** Whether a variable is data or is differentiated by default. */
    enum Role {
        INPUT,
        PARAM
    }

    /** An element type ({@code real}, {@code int}, {@code bool}) and extents; none for a scalar. */
    record Type(Identifier element, List<Expr> dims, Span span) {}

    /** {@code const reg = 1e-3;}. */
    record Const(Identifier name, Expr value, Optional<String> documentation, Span span) implements Statement {}

    /** {@code let h = ...;} or, in index notation, {@code let C[i, j] = ...;}. */
    record Let(Identifier name, List<Expr.BoundIndex> indices, Expr value, Optional<String> documentation, Span span)
            implements Definition {}

    /** What defines names for the expressions behind it. */
    sealed interface Definition extends Statement {}

    /** {@code output scores;} or {@code output scores = X @ W;}. */
    record Output(Identifier name, Optional<Expr> value, Optional<String> documentation, Span span)
            implements Statement {}

    /** {@code loss = ...;}. */
    record Loss(Expr value, Optional<String> documentation, Span span) implements Statement {}

    /** {@code precision f32;}. */
    record Precision(Identifier name, Span span) implements Statement {}

    /** {@code scan t in 0..T-1 with h = h0 { h' = ...; collect h; }}. */
    record Scan(
            Identifier index,
            Expr.Range range,
            List<State> states,
            List<ScanStep> steps,
            Optional<Expr> checkpoint,
            Span span)
            implements Definition {}

    /** A scan's state and its value before the first step. */
    record State(Identifier name, Expr initial) {}

    /** What one step of a scan does. */
    sealed interface ScanStep {
        /** {@code let a = ...;}, or a scan in the scan. */
        record Define(Definition definition) implements ScanStep {}

        /** {@code h' = ...;}. */
        record Update(Identifier state, Expr value) implements ScanStep {}

        /** {@code collect h;} or {@code collect y = ...;}: stacked over the steps. */
        record Collect(Identifier name, Optional<Expr> value) implements ScanStep {}
    }

    /** {@code derive gradient, hessian(W), jacobian sparse (f, x);}. */
    record Derive(List<DeriveClause> clauses, Span span) implements Statement {}

    /** One derivative asked for: its words ({@code jacobian sparse}) and its arguments. */
    record DeriveClause(List<Identifier> words, List<Expr> arguments, Span span) {}
}
