package dev.gradc.compiler.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.Explanations;
import dev.gradc.compiler.Gradc;
import dev.gradc.compiler.source.SourceFile;
import java.util.List;
import java.util.Map;

/** Explanations of models given as text. */
final class ExplainedModels {

    private ExplainedModels() {}

    /** Explains the one model of {@code text}, which has no problems. */
    static Explanation explain(String text) {
        return explain(text, CompilerOptions.defaults(), Map.of());
    }

    static Explanation explain(String text, CompilerOptions options, Map<String, Integer> dims) {
        Explanations explanations = Gradc.explain(
                List.of(new SourceFile("model.grad", text)), (importer, wanted) -> List.of(), options, dims);
        assertThat(explanations.diagnostics()).isEmpty();
        assertThat(explanations.models()).hasSize(1);
        return explanations.models().get(0);
    }
}
