package dev.gradc.compiler;

/**
 * The Java class generated for one model.
 *
 * @param packageName Java package, empty for the unnamed one
 * @param className simple class name
 * @param javaSource the whole source file
 * @param info the model's signature
 */
public record GeneratedModel(String packageName, String className, String javaSource, ModelInfo info) {

    /** The fully qualified class name. */
    public String qualifiedName() {
        return packageName.isEmpty() ? className : packageName + "." + className;
    }

    /** Where the source belongs below a source root, with {@code /} between folders. */
    public String relativePath() {
        return qualifiedName().replace('.', '/') + ".java";
    }
}
