package dev.gradc.compiler.syntax;

import dev.gradc.compiler.source.Span;

/** A name as written, with its place. */
public record Identifier(String text, Span span) {
    @Override
    public String toString() {
        return text;
    }
}
