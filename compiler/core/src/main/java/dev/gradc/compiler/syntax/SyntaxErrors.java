package dev.gradc.compiler.syntax;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.source.Span;
import dev.gradc.grammar.GradLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** ANTLR's syntax errors in the language's own words. */
final class SyntaxErrors extends BaseErrorListener {

    private static final Set<Integer> OPERATORS = Set.of(
            GradLexer.LT,
            GradLexer.LE,
            GradLexer.GT,
            GradLexer.GE,
            GradLexer.EQ,
            GradLexer.NE,
            GradLexer.AND,
            GradLexer.OR,
            GradLexer.PLUS,
            GradLexer.MINUS,
            GradLexer.STAR,
            GradLexer.SLASH,
            GradLexer.AT,
            GradLexer.CARET,
            GradLexer.PRIME,
            GradLexer.LBRACKET);

    private final TokenSpans spans;
    private final Diagnostics diagnostics;

    SyntaxErrors(TokenSpans spans, Diagnostics diagnostics) {
        this.spans = spans;
        this.diagnostics = diagnostics;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer, Object symbol, int line, int column, String message, RecognitionException e) {
        Parser parser = (Parser) recognizer;
        Token found = (Token) symbol;
        IntervalSet expected = expected(parser, e);
        Token before = parser.getInputStream().LT(-1);
        if (expected.contains(GradLexer.SEMICOLON) && before != null && startsSomething(found, before)) {
            Span end = spans.of(before);
            diagnostics.report(SyntaxDiagnostics.missing(
                    "`;`",
                    new Span(
                            end.file(),
                            end.end(),
                            Math.min(end.end() + 1, end.file().text().length()))));
        } else if (isWord(found) && expected.contains(GradLexer.IDENTIFIER)) {
            diagnostics.report(SyntaxDiagnostics.reservedWord(found.getText(), spans.of(found), "a name"));
        } else {
            diagnostics.report(
                    SyntaxDiagnostics.unexpected(describe(found), spans.of(found), describe(expected, parser)));
        }
    }

    private static IntervalSet expected(Parser parser, RecognitionException e) {
        IntervalSet expected = e == null ? null : e.getExpectedTokens();
        return expected == null ? parser.getExpectedTokens() : expected;
    }

    private static boolean startsSomething(Token found, Token before) {
        return canStart(found.getType()) && (found.getLine() > before.getLine() || found.getType() == GradLexer.RBRACE);
    }

    private static boolean canStart(int type) {
        return isWord(type)
                || type == GradLexer.RBRACE
                || type == GradLexer.DOC
                || type == GradLexer.IDENTIFIER
                || type == Token.EOF;
    }

    private static boolean isWord(Token token) {
        return isWord(token.getType());
    }

    private static boolean isWord(int type) {
        return type >= GradLexer.PACKAGE && type <= GradLexer.BINDER;
    }

    private static String describe(Token token) {
        if (token.getType() == Token.EOF) {
            return "end of the file";
        }
        String text = token.getText();
        return "`" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "`";
    }

    private static String describe(IntervalSet expected, Parser parser) {
        List<String> words = new ArrayList<>();
        boolean operand = expected.contains(GradLexer.NUMBER);
        if (operand) {
            words.add("an expression");
        } else if (expected.contains(GradLexer.IDENTIFIER)) {
            words.add("a name");
        }
        boolean operator = expected.contains(GradLexer.STAR) && expected.contains(GradLexer.CARET);
        if (operator) {
            words.add("an operator");
        }
        for (int type : expected.toList()) {
            boolean covered = type < 0
                    || type == GradLexer.DOC
                    || type == GradLexer.IDENTIFIER
                    || type == GradLexer.NUMBER
                    || (operator && OPERATORS.contains(type))
                    || (operand && !isPunctuation(type));
            if (!covered) {
                words.add(parser.getVocabulary().getDisplayName(type).replace('\'', '`'));
            }
        }
        return join(words);
    }

    private static boolean isPunctuation(int type) {
        return type == GradLexer.RPAREN
                || type == GradLexer.RBRACKET
                || type == GradLexer.RBRACE
                || type == GradLexer.COMMA
                || type == GradLexer.SEMICOLON
                || type == GradLexer.COLON;
    }

    private static String join(List<String> words) {
        if (words.isEmpty()) {
            return "something else";
        }
        String last = words.get(words.size() - 1);
        return words.size() == 1 ? last : String.join(", ", words.subList(0, words.size() - 1)) + " or " + last;
    }
}
