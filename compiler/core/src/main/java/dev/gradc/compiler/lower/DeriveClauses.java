package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.lower.LoweredModel.Argument;
import dev.gradc.compiler.lower.LoweredModel.Output;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Expr;
import dev.gradc.compiler.syntax.Identifier;
import dev.gradc.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code derive} statements of a model: what is differentiated by what, checked. */
final class DeriveClauses {

    /** The clause that chooses what the gradient is of and by. */
    private static final String GRADIENT = "gradient";

    private final List<Statement.DeriveClause> clauses;
    private final List<Argument> arguments;
    private final List<Output> outputs;
    private final Diagnostics diagnostics;

    DeriveClauses(
            List<Statement.DeriveClause> clauses,
            List<Argument> arguments,
            List<Output> outputs,
            Diagnostics diagnostics) {
        this.clauses = clauses;
        this.arguments = arguments;
        this.outputs = outputs;
        this.diagnostics = diagnostics;
    }

    /** What a clause names: an output, and variables. */
    private record Named(Optional<Output> of, List<Argument> by) {}

    /** What {@code derive gradient(...)} names, where there is one. */
    Optional<List<String>> gradient() {
        return clauses.stream()
                .filter(DeriveClauses::isGradient)
                .findFirst()
                .map(clause ->
                        named(clause, true).by().stream().map(Argument::name).toList());
    }

    /** The output that {@code derive gradient(...)} names, where there is one. */
    Optional<String> gradientOf() {
        return clauses.stream()
                .filter(DeriveClauses::isGradient)
                .findFirst()
                .flatMap(clause -> named(clause, true).of())
                .map(Output::name);
    }

    private static boolean isGradient(Statement.DeriveClause clause) {
        return words(clause).equals(List.of(GRADIENT));
    }

    private static List<String> words(Statement.DeriveClause clause) {
        return clause.words().stream().map(Identifier::text).toList();
    }

    /**
     * All other clauses.
     *
     * @param target what is differentiated where a clause does not say
     * @param wrt what it is differentiated by where a clause does not say
     */
    List<Derivation> derivations(Optional<Output> target, List<Argument> wrt) {
        List<Derivation> derivations = new ArrayList<>();
        for (Statement.DeriveClause clause : clauses) {
            if (!isGradient(clause)) {
                try {
                    derivations.add(derivation(clause, target, wrt));
                } catch (Unresolved reported) {
                    // the next clause may have a problem of its own
                }
            }
        }
        return derivations;
    }

    private Derivation derivation(Statement.DeriveClause clause, Optional<Output> target, List<Argument> wrt) {
        List<String> words = words(clause);
        Derivation.Kind kind = Derivation.Kind.of(words)
                .orElseThrow(() -> report(DerivativeDiagnostics.unknownClause(
                        String.join(" ", words),
                        Stream.concat(
                                        Stream.of(GRADIENT),
                                        Arrays.stream(Derivation.Kind.values()).map(Derivation.Kind::words))
                                .toList(),
                        clause.span())));
        Named named = named(clause, kind.isOfScalar());
        Output of = named.of()
                .or(() -> target)
                .orElseThrow(() -> report(DerivativeDiagnostics.clauseArgument(
                        kind.words(),
                        "the model has no loss to differentiate",
                        clause.span(),
                        "name an output first, as in `derive " + kind.words() + "(y, x)`")));
        List<Argument> by = named.by().isEmpty() ? wrt : named.by();
        if (by.isEmpty()) {
            throw report(DerivativeDiagnostics.clauseArgument(
                    kind.words(),
                    "the model has no params to differentiate by",
                    clause.span(),
                    "name the inputs to differentiate by"));
        }
        check(kind, of, by, clause.span());
        String name = method(kind, target.equals(Optional.of(of)) ? "" : of.name(), named.by());
        return new Derivation(kind, of, by, name, clause.span());
    }

    private void check(Derivation.Kind kind, Output of, List<Argument> by, Span span) {
        if (!of.node().isReal()) {
            throw report(DerivativeDiagnostics.notReal(
                    "`" + of.name() + "`", of.node().type(), span));
        }
        if (kind.isOfScalar() && !of.node().shape().isScalar()) {
            throw report(DerivativeDiagnostics.notScalar(kind.words(), of.node().type(), span));
        }
        Dim columns = new Derivation(kind, of, by, "", span).size();
        Shape shape = switch (kind) {
            case JACOBIAN -> Shape.of(of.node().shape().size(), columns);
            case HESSIAN, GAUSS_NEWTON -> Shape.of(columns, columns);
            default -> Shape.SCALAR;
        };
        if (shape.size().constant().orElse(0) > DerivativeFunctions.MOST_ELEMENTS) {
            throw report(DerivativeDiagnostics.tooLargeToBeDense(kind.words(), shape.size(), span));
        }
    }

    /** The output and the variables that {@code clause} names; for a scalar's derivative a sole output may be left out. */
    private Named named(Statement.DeriveClause clause, boolean ofScalar) {
        Optional<Output> of = Optional.empty();
        List<Argument> by = new ArrayList<>();
        for (int i = 0; i < clause.arguments().size(); i++) {
            Expr expr = clause.arguments().get(i);
            if (!(expr instanceof Expr.Reference reference)) {
                throw report(DerivativeDiagnostics.notAName("derive", expr.span()));
            }
            String name = reference.name().text();
            Optional<Output> output =
                    outputs.stream().filter(o -> o.name().equals(name)).findFirst();
            Optional<Argument> argument =
                    arguments.stream().filter(a -> a.name().equals(name)).findFirst();
            if (i == 0 && output.isPresent() && !(ofScalar && argument.isPresent())) {
                of = output;
            } else {
                by.add(variable(name, argument, clause, expr.span()));
            }
        }
        List<Argument> ordered = arguments.stream().filter(by::contains).toList();
        return new Named(of, ordered);
    }

    private Argument variable(String name, Optional<Argument> argument, Statement.DeriveClause clause, Span span) {
        if (argument.isEmpty()) {
            List<String> known = arguments.stream()
                    .filter(a -> a.node().isReal())
                    .map(Argument::name)
                    .toList();
            throw report(DerivativeDiagnostics.clauseArgument(
                    String.join(" ", words(clause)),
                    "`" + name + "` is no input or param",
                    span,
                    LoweringDiagnostics.suggest(name, known)
                            .orElse(
                                    known.isEmpty()
                                            ? "the model has none"
                                            : "the real ones are: " + String.join(", ", known))));
        }
        if (!argument.get().node().isReal()) {
            throw report(DerivativeDiagnostics.notReal(
                    "`" + name + "`", argument.get().node().type(), span));
        }
        return argument.get();
    }

    /** {@code jacobianRByXY}: the kind, the output where it is not the loss, and the variables where they are named. */
    private static String method(Derivation.Kind kind, String output, List<Argument> by) {
        StringBuilder name = new StringBuilder();
        for (String word : kind.words().split("[ _]", -1)) {
            name.append(name.isEmpty() ? word : capitalized(word));
        }
        name.append(capitalized(output));
        if (!by.isEmpty()) {
            name.append("By");
            by.forEach(argument -> name.append(capitalized(argument.name())));
        }
        return name.toString();
    }

    private static String capitalized(String word) {
        return word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private Unresolved report(Diagnostic problem) {
        diagnostics.report(problem);
        return new Unresolved();
    }
}
