package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Type;
import dev.gradc.compiler.source.Span;
import java.util.Collection;

/** What can be wrong with a derivative that is asked for. */
final class DerivativeDiagnostics {

    private DerivativeDiagnostics() {}

    static Diagnostic notReal(String what, Type found, Span span) {
        return Diagnostic.error(
                "GC2028",
                what + " is " + found + ", and a derivative needs reals",
                span,
                "this is " + found,
                "differentiate real values by real inputs and params");
    }

    static Diagnostic notAName(String function, Span span) {
        return Diagnostic.error(
                "GC2059",
                "`" + function + "` differentiates by a name, and this is an expression",
                span,
                "not a variable",
                "name an input or a param (or a `let` that the value is computed from)");
    }

    static Diagnostic byConstant(String name, Span span) {
        return Diagnostic.error(
                "GC2060",
                "`" + name + "` is a constant, and nothing varies with it",
                span,
                "a number known when the model is compiled",
                "declare it as an input or a param to differentiate by it");
    }

    static Diagnostic notScalar(String function, Type found, Span span) {
        return Diagnostic.error(
                "GC2061",
                "`" + function + "` differentiates a scalar, found " + found,
                span,
                "this is " + found,
                "reduce it with `sum(...)`, or take `jacobian(f, x)` for all partial derivatives or `vjp(f, x, seed)`"
                        + " for their weighted sum");
    }

    static Diagnostic unlike(String parameter, Type expected, Type found, Span span) {
        return Diagnostic.error(
                "GC2062",
                "the " + parameter + " must be like what it goes with: " + expected + ", found " + found,
                span,
                "this is " + found,
                parameter.equals("seed")
                        ? "a seed weighs each element of the differentiated value"
                        : "a direction has a component for each element of the variable");
    }

    static Diagnostic tooLargeToBeDense(String what, Dim elements, Span span) {
        return Diagnostic.error(
                "GC2063",
                "this " + what + " would have " + elements + " elements",
                span,
                "too large to be dense",
                "ask for its sparse form (`derive sparse jacobian(f, x)`, `derive sparse hessian(x)`), or for products"
                        + " with it (`jvp`, `vjp`, `hvp`)");
    }

    static Diagnostic unknownClause(String words, Collection<String> known, Span span) {
        return Diagnostic.error(
                "GC2064",
                "`derive` knows no `" + words + "`",
                span,
                "",
                LoweringDiagnostics.suggest(words, known)
                                .map(text -> text + " ")
                                .orElse("") + "it knows: " + String.join(", ", known));
    }

    static Diagnostic clauseArgument(String clause, String problem, Span span, String cure) {
        return Diagnostic.error("GC2065", "`derive " + clause + "`: " + problem, span, "", cure);
    }
}
