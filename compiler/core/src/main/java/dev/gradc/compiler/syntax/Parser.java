package dev.gradc.compiler.syntax;

import dev.gradc.compiler.diagnostic.Diagnostics;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.grammar.GradLexer;
import dev.gradc.grammar.GradParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/** Text to syntax. Every problem is a diagnostic; what could be read around it is returned. */
public final class Parser {

    private Parser() {}

    /** The module in {@code source}; a module without declarations where nothing could be read. */
    public static Module parse(SourceFile source, Diagnostics diagnostics) {
        TokenSpans spans = new TokenSpans(source);
        GradLexer lexer = new GradLexer(CharStreams.fromString(source.text(), source.name()));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        if (!TokenChecks.pass(tokens.getTokens(), spans, diagnostics)) {
            return new Module(source, Optional.empty(), List.of(), List.of());
        }
        GradParser parser = new GradParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(new SyntaxErrors(spans, diagnostics));
        parser.setErrorHandler(new StatementRecovery());
        GradParser.FileContext file = parser.file();
        return new AstBuilder(source, spans, diagnostics).module(file);
    }

    /** Whether {@code token} ends the file. */
    static boolean isEnd(Token token) {
        return token.getType() == Token.EOF;
    }
}
