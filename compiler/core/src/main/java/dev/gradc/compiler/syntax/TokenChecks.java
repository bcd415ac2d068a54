package dev.gradc.compiler.syntax;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.source.Span;
import dev.gradc.grammar.GradLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/**
 * What can be said of a file from its tokens alone: unknown characters, brackets that do not nest, and nesting so deep
 * that a recursive parser should not see it.
 */
final class TokenChecks {

    private static final int DEEPEST = 200;
    private static final int LONGEST = 4_000_000;

    private static final Map<Integer, Integer> CLOSERS = Map.of(
            GradLexer.LPAREN, GradLexer.RPAREN,
            GradLexer.LBRACKET, GradLexer.RBRACKET,
            GradLexer.LBRACE, GradLexer.RBRACE);

    private final TokenSpans spans;
    private final Diagnostics diagnostics;
    private final Deque<Token> open = new ArrayDeque<>();
    private boolean passed = true;
    private int chain;

    private TokenChecks(TokenSpans spans, Diagnostics diagnostics) {
        this.spans = spans;
        this.diagnostics = diagnostics;
    }

    /** Whether {@code tokens} are fit to be parsed; problems are reported. */
    static boolean pass(List<Token> tokens, TokenSpans spans, Diagnostics diagnostics) {
        TokenChecks checks = new TokenChecks(spans, diagnostics);
        Token last = tokens.get(tokens.size() - 1);
        if (last.getStartIndex() > LONGEST) {
            diagnostics.report(SyntaxDiagnostics.tooLong(LONGEST, spans.of(tokens.get(0))));
            return false;
        }
        for (Token token : tokens) {
            if (!checks.check(token)) {
                return false;
            }
        }
        return checks.passed;
    }

    /** Checks one token; false to give up. */
    private boolean check(Token token) {
        int type = token.getType();
        if (type == GradLexer.UNKNOWN) {
            String shown = String.format(Locale.ROOT, "U+%04X", token.getText().codePointAt(0));
            boolean printable = !Character.isISOControl(token.getText().codePointAt(0));
            report(SyntaxDiagnostics.unknownCharacter(
                    printable ? "`" + token.getText() + "`" : shown, spans.of(token)));
        } else if (type == GradLexer.UNTERMINATED_COMMENT) {
            Span whole = spans.of(token);
            report(SyntaxDiagnostics.unterminatedComment(new Span(whole.file(), whole.start(), whole.start() + 2)));
        } else if (CLOSERS.containsKey(type)) {
            open.push(token);
        } else if (CLOSERS.containsValue(type)) {
            return close(token);
        } else if (type == Token.EOF && !open.isEmpty()) {
            report(SyntaxDiagnostics.unclosed(open.peek().getText(), spans.of(open.peek()), spans.of(token)));
        }
        return isShallow(token);
    }

    private boolean close(Token token) {
        if (open.isEmpty()) {
            report(SyntaxDiagnostics.unopened(token.getText(), spans.of(token)));
            return false;
        }
        Token opener = open.pop();
        if (token.getType() == GradLexer.RBRACE && opener.getType() != GradLexer.LBRACE) {
            report(SyntaxDiagnostics.unclosed(opener.getText(), spans.of(opener), spans.of(token)));
            return false;
        }
        if (CLOSERS.get(opener.getType()) != token.getType()) {
            report(SyntaxDiagnostics.mismatched(token.getText(), spans.of(token), opener.getText(), spans.of(opener)));
            return false;
        }
        return true;
    }

    /** Prefix operators, powers and conditionals nest without brackets: counted since the last `;`, `,` or bracket. */
    private boolean isShallow(Token token) {
        switch (token.getType()) {
            case GradLexer.MINUS, GradLexer.NOT, GradLexer.CARET, GradLexer.IF, GradLexer.BINDER -> chain++;
            case GradLexer.IDENTIFIER, GradLexer.NUMBER, GradLexer.DOC -> {}
            case GradLexer.PLUS, GradLexer.STAR, GradLexer.SLASH, GradLexer.SEMICOLON, GradLexer.COMMA -> chain = 0;
            default -> {}
        }
        if (open.size() > DEEPEST || chain > DEEPEST * 5) {
            report(SyntaxDiagnostics.tooDeep(open.size() > DEEPEST ? DEEPEST : DEEPEST * 5, spans.of(token)));
            return false;
        }
        return true;
    }

    private void report(Diagnostic diagnostic) {
        diagnostics.report(diagnostic);
        passed = false;
    }
}
