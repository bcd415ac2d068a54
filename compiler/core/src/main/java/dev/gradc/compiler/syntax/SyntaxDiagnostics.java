package dev.gradc.compiler.syntax;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.diagnostic.Diagnostic.Label;
import dev.gradc.compiler.source.Span;
import java.util.List;

/** Every problem the parser reports: its code and all its wording. */
final class SyntaxDiagnostics {

    private SyntaxDiagnostics() {}

    static Diagnostic unexpected(String found, Span span, String expected) {
        return Diagnostic.error("GC1001", "unexpected " + found, span, "expected " + expected, "");
    }

    static Diagnostic missing(String what, Span span) {
        return Diagnostic.error("GC1002", "missing " + what, span, "expected " + what + " here", "add " + what);
    }

    static Diagnostic unknownCharacter(String character, Span span) {
        return Diagnostic.error(
                "GC1003",
                "unknown character " + character,
                span,
                "not part of the language",
                "remove it, or replace it with plain ASCII (a quote, dash or operator pasted from elsewhere?)");
    }

    static Diagnostic unclosed(String bracket, Span opener, Span end) {
        return Diagnostic.error(
                "GC1004",
                "`" + bracket + "` is never closed",
                List.of(new Label(opener, "opened here"), new Label(end, "not closed by here")),
                "add the closing bracket");
    }

    static Diagnostic mismatched(String closer, Span span, String opener, Span opened) {
        return Diagnostic.error(
                "GC1005",
                "`" + closer + "` does not close `" + opener + "`",
                List.of(new Label(span, "closed by this"), new Label(opened, "opened here")),
                "brackets must nest");
    }

    static Diagnostic unopened(String closer, Span span) {
        return Diagnostic.error(
                "GC1006", "`" + closer + "` closes nothing", span, "no bracket is open here", "remove it");
    }

    static Diagnostic unterminatedComment(Span span) {
        return Diagnostic.error("GC1007", "this comment never ends", span, "begins here", "end it with `*/`");
    }

    static Diagnostic tooDeep(int limit, Span span) {
        return Diagnostic.error(
                "GC1008", "nested more than " + limit + " levels deep", span, "here", "name parts of it with `let`");
    }

    static Diagnostic chainedComparison(Span span) {
        return Diagnostic.error(
                "GC1009", "comparisons do not chain", span, "a second comparison", "write `a < b && b < c`");
    }

    static Diagnostic numberTooLarge(Span span) {
        return Diagnostic.error(
                "GC1010",
                "this number is too large",
                span,
                "beyond the range of a double",
                "the largest is about 1.8e308");
    }

    static Diagnostic reservedWord(String word, Span span, String expected) {
        return Diagnostic.error(
                "GC1011",
                "`" + word + "` is a word of the language",
                span,
                "expected " + expected,
                word.equals("if")
                        ? "put an `if` that is part of a larger expression into parentheses"
                        : "choose another name, such as `" + word + "_`");
    }

    static Diagnostic tooLong(int limit, Span span) {
        return Diagnostic.error(
                "GC1012", "the file is longer than " + limit + " characters", span, "", "split it into several files");
    }
}
