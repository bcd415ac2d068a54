package dev.gradc.compiler.syntax;

import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.source.Span;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Tokens to spans: ANTLR counts code points, spans count UTF-16 units. */
final class TokenSpans {

    private final SourceFile source;
    /** The offset of each code point; empty where the text has one unit each. */
    private final int[] offsets;

    TokenSpans(SourceFile source) {
        this.source = source;
        String text = source.text();
        int points = text.codePointCount(0, text.length());
        this.offsets = points == text.length() ? new int[0] : new int[points + 1];
        for (int point = 0, unit = 0; point < offsets.length; point++) {
            offsets[point] = unit;
            unit += unit < text.length() ? Character.charCount(text.codePointAt(unit)) : 0;
        }
    }

    /** The span of {@code token}; at the end of the file an empty one. */
    Span of(Token token) {
        int start = Math.min(unit(token.getStartIndex()), source.text().length());
        int end = token.getType() == Token.EOF ? start : unit(token.getStopIndex() + 1);
        return source.span(start, Math.max(start, Math.min(end, source.text().length())));
    }

    /** The span of all tokens of {@code context}. */
    Span of(ParserRuleContext context) {
        Token last = context.getStop() == null ? context.getStart() : context.getStop();
        Span start = of(context.getStart());
        return last.getTokenIndex() < context.getStart().getTokenIndex() ? start : start.to(of(last));
    }

    /** The span from {@code first} to {@code last}. */
    Span between(Token first, Token last) {
        return of(first).to(of(last));
    }

    private int unit(int point) {
        return offsets.length == 0 ? point : offsets[Math.min(point, offsets.length - 1)];
    }
}
