package dev.gradc.compiler;

import dev.gradc.compiler.source.SourceFile;
import java.util.List;

/** The compiler in one call: model files in, Java sources and diagnostics out. Pure: no files, clock or environment. */
public final class Gradc {

    private Gradc() {}

    /** Compiles {@code sources} together; every problem is a diagnostic in the result. */
    public static Compilation compile(List<SourceFile> sources, CompilerOptions options) {
        throw new UnsupportedOperationException("the pipeline is being assembled");
    }
}
