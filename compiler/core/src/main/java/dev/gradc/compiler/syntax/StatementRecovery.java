package dev.gradc.compiler.syntax;

import dev.gradc.grammar.GradLexer;
import dev.gradc.grammar.GradParser;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Goes on behind the statement that has an error: expressions give up at once, and the statement's rule skips to its
 * `;`, so that one mistake is one diagnostic and the next statement is read afresh.
 */
final class StatementRecovery extends DefaultErrorStrategy {

    @Override
    public void recover(Parser parser, RecognitionException problem) {
        int rule = parser.getRuleContext().getRuleIndex();
        boolean isUnit = rule == GradParser.RULE_statement
                || rule == GradParser.RULE_letStatement
                || rule == GradParser.RULE_declaration
                || rule == GradParser.RULE_scanStep
                || rule == GradParser.RULE_importDeclaration
                || rule == GradParser.RULE_packageDeclaration
                || rule == GradParser.RULE_file;
        if (isUnit) {
            skipStatement(parser);
        } else {
            super.recover(parser, problem);
        }
    }

    private void skipStatement(Parser parser) {
        boolean isDeclaration = parser.getRuleContext().getRuleIndex() == GradParser.RULE_declaration
                || parser.getRuleContext().getRuleIndex() == GradParser.RULE_file;
        int depth = 0;
        while (parser.getInputStream().LA(1) != Token.EOF) {
            int type = parser.getInputStream().LA(1);
            if (type == GradLexer.RBRACE && depth == 0 && !isDeclaration) {
                return;
            }
            depth += type == GradLexer.LBRACE ? 1 : type == GradLexer.RBRACE ? -1 : 0;
            parser.consume();
            boolean ends = type == GradLexer.SEMICOLON || type == GradLexer.RBRACE;
            if (ends && depth <= 0) {
                return;
            }
        }
    }

    /** No token is invented or dropped: the statement is reported and skipped as a whole. */
    @Override
    protected Token singleTokenDeletion(Parser parser) {
        return null;
    }

    @Override
    protected boolean singleTokenInsertion(Parser parser) {
        return false;
    }

    @Override
    public void sync(Parser parser) {}

    /** What could stand here. */
    @Override
    public IntervalSet getExpectedTokens(Parser parser) {
        return super.getExpectedTokens(parser);
    }
}
