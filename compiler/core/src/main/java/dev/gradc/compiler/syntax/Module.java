package dev.gradc.compiler.syntax;

import dev.gradc.compiler.source.SourceFile;
import dev.gradc.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * One parsed file.
 *
 * @param source the file
 * @param packageName the Java package of what is generated; none is the unnamed package
 * @param imports in source order
 * @param declarations in source order
 */
public record Module(
        SourceFile source, Optional<QualifiedName> packageName, List<Import> imports, List<Declaration> declarations) {

    /** {@code com.acme.models}. */
    public record QualifiedName(List<Identifier> parts, Span span) {
        @Override
        public String toString() {
            return String.join(".", parts.stream().map(Identifier::text).toList());
        }
    }

    /** {@code import gradc.nn.*;} or {@code import gradc.nn.softmax;}. */
    public record Import(QualifiedName name, boolean wildcard, Span span) {}
}
