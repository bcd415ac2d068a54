package dev.gradc.compiler.syntax;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.source.Span;
import dev.gradc.compiler.syntax.Expr.BinaryOperator;
import dev.gradc.compiler.syntax.Expr.UnaryOperator;
import dev.gradc.grammar.GradParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Parse tree to syntax tree: expressions. Chains of operators are read in a loop, so that long sums are not deep here. */
final class ExpressionBuilder {

    private static final List<BinaryOperator> OPERATORS = List.of(BinaryOperator.values());

    private final TokenSpans spans;
    private final Diagnostics diagnostics;

    ExpressionBuilder(TokenSpans spans, Diagnostics diagnostics) {
        this.spans = spans;
        this.diagnostics = diagnostics;
    }

    Identifier identifier(GradParser.NameContext name) {
        return new Identifier(name.getText(), spans.of(name));
    }

    Expr.Range range(GradParser.RangeContext range) {
        return new Expr.Range(build(range.expression(0)), build(range.expression(1)));
    }

    List<Expr.BoundIndex> boundIndices(GradParser.BoundIndicesContext indices) {
        return indices == null
                ? List.of()
                : indices.boundIndex().stream()
                        .map(i -> new Expr.BoundIndex(
                                identifier(i.name()),
                                Optional.ofNullable(i.range()).map(this::range)))
                        .toList();
    }

    Expr build(GradParser.ExpressionContext context) {
        if (context instanceof GradParser.ConditionalContext c) {
            return new Expr.Conditional(build(c.condition), build(c.positive), build(c.negative), spans.of(c));
        }
        return chain(((GradParser.PlainContext) context).disjunction());
    }

    /** A chain of operands and left-associative operators, at any level of precedence. */
    private Expr chain(ParseTree tree) {
        if (tree instanceof GradParser.UnaryContext unary) {
            return unary(unary);
        } else if (tree instanceof GradParser.BinderContext binder) {
            return binder(binder);
        }
        Expr left = chain(tree.getChild(0));
        for (int i = 1; i < tree.getChildCount(); i += 2) {
            if (tree instanceof GradParser.ComparisonContext && i > 1) {
                diagnostics.report(SyntaxDiagnostics.chainedComparison(spans.of(token(tree.getChild(i)))));
            }
            left = new Expr.Binary(operator(token(tree.getChild(i))), left, chain(tree.getChild(i + 1)));
        }
        return left;
    }

    private static Token token(ParseTree tree) {
        return tree instanceof TerminalNode terminal ? terminal.getSymbol() : token(tree.getChild(0));
    }

    private static BinaryOperator operator(Token token) {
        String text = token.getText();
        for (BinaryOperator operator : OPERATORS) {
            if (operator.symbol().equals(text)) {
                return operator;
            }
        }
        throw new IllegalStateException("no operator " + text);
    }

    private Expr unary(GradParser.UnaryContext context) {
        if (context instanceof GradParser.PrefixedContext prefixed) {
            UnaryOperator operator = prefixed.NOT() == null ? UnaryOperator.NEGATE : UnaryOperator.NOT;
            return new Expr.Unary(operator, unary(prefixed.unary()), spans.of(prefixed));
        }
        GradParser.PowerContext power = ((GradParser.PoweredContext) context).power();
        Expr base = postfix(power.postfix());
        return power.unary() == null ? base : new Expr.Binary(BinaryOperator.POWER, base, unary(power.unary()));
    }

    private Expr binder(GradParser.BinderContext context) {
        if (context instanceof GradParser.NegatedBinderContext negated) {
            return new Expr.Unary(UnaryOperator.NEGATE, binder(negated.binder()), spans.of(negated));
        }
        GradParser.PlainBinderContext binder = (GradParser.PlainBinderContext) context;
        Token name = binder.BINDER().getSymbol();
        return new Expr.Binder(
                new Identifier(name.getText(), spans.of(name)),
                boundIndices(binder.boundIndices()),
                chain(binder.product()),
                spans.of(binder));
    }

    private Expr postfix(GradParser.PostfixContext context) {
        Expr result = primary(context.primary());
        for (GradParser.PostfixPartContext part : context.postfixPart()) {
            Span span = result.span().to(spans.of(part));
            if (part instanceof GradParser.IndexPartContext index) {
                List<Expr.Subscript> subscripts =
                        index.subscript().stream().map(this::subscript).toList();
                result = new Expr.Index(result, subscripts, span);
            } else if (part instanceof GradParser.MemberPartContext member) {
                result = new Expr.Member(result, identifier(member.name()), span);
            } else {
                result = new Expr.Transpose(result, span);
            }
        }
        return result;
    }

    private Expr.Subscript subscript(GradParser.SubscriptContext context) {
        if (context instanceof GradParser.AtSubscriptContext at) {
            return new Expr.Subscript.At(build(at.expression()));
        }
        GradParser.SliceSubscriptContext slice = (GradParser.SliceSubscriptContext) context;
        return new Expr.Subscript.Slice(
                Optional.ofNullable(slice.low).map(this::build),
                Optional.ofNullable(slice.high).map(this::build),
                Optional.ofNullable(slice.step).map(this::build),
                spans.of(slice));
    }

    private Expr primary(GradParser.PrimaryContext context) {
        Span span = spans.of(context);
        if (context instanceof GradParser.NumberContext number) {
            return number(number.getText(), span);
        } else if (context instanceof GradParser.TrueLiteralContext) {
            return new Expr.Bool(true, span);
        } else if (context instanceof GradParser.FalseLiteralContext) {
            return new Expr.Bool(false, span);
        } else if (context instanceof GradParser.ReferenceContext reference) {
            return new Expr.Reference(identifier(reference.name()));
        } else if (context instanceof GradParser.ParenthesizedContext parenthesized) {
            return build(parenthesized.expression());
        } else if (context instanceof GradParser.CallContext call) {
            return call(call, span);
        }
        GradParser.TensorLiteralContext literal = (GradParser.TensorLiteralContext) context;
        return new Expr.TensorLiteral(
                literal.expression().stream().map(this::build).toList(), span);
    }

    private Expr call(GradParser.CallContext call, Span span) {
        Token name = call.getStart();
        List<Expr.Argument> arguments = new ArrayList<>();
        for (GradParser.ArgumentContext argument : call.argument()) {
            arguments.add(new Expr.Argument(
                    Optional.ofNullable(argument.name()).map(this::identifier), build(argument.expression())));
        }
        return new Expr.Call(new Identifier(name.getText(), spans.of(name)), arguments, span);
    }

    private Expr number(String text, Span span) {
        String digits = text.replace("_", "");
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            diagnostics.report(SyntaxDiagnostics.numberTooLarge(span));
        }
        return new Expr.NumberLiteral(value, digits, span);
    }
}
