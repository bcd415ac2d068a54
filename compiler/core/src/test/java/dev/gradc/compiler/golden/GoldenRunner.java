package dev.gradc.compiler.golden;

import dev.gradc.compiler.Compilation;
import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.Gradc;
import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs cases: each with extents as numbers, with runtime dims where its program holds for all extents, and in single
 * precision where floats can hold what it is about.
 */
public final class GoldenRunner {

    /** Models a run of the Java compiler, whose start takes longer than any of them. */
    private static final int BATCH = 40;

    private static final AtomicInteger CLASSES = new AtomicInteger();

    private final CompilerOptions options;

    private GoldenRunner(CompilerOptions options) {
        this.options = options;
    }

    /** What came of all {@code cases}, compiled with {@code options}. */
    public static List<Outcome> run(List<GoldenCase> cases, CompilerOptions options) {
        GoldenRunner runner = new GoldenRunner(options);
        List<Attempt> attempts =
                cases.parallelStream().flatMap(runner::attempts).toList();
        List<Attempt> compiled = attempts.stream().filter(Attempt::isCompiled).toList();
        Stream<Outcome> failed = attempts.stream().filter(a -> !a.isCompiled()).map(Attempt::outcome);
        List<List<Attempt>> batches = IntStream.iterate(0, i -> i < compiled.size(), i -> i + BATCH)
                .mapToObj(i -> compiled.subList(i, Math.min(i + BATCH, compiled.size())))
                .toList();
        return Stream.concat(failed, batches.parallelStream().flatMap(GoldenRunner::evaluate))
                .toList();
    }

    private Stream<Attempt> attempts(GoldenCase example) {
        List<Attempt> attempts = new ArrayList<>();
        try {
            attempts.add(compile(example, Variant.NUMBERS, ModelText.withNumbers(example)));
        } catch (UntranslatableException | ArithmeticException e) {
            attempts.add(Attempt.failed(example, Variant.NUMBERS, example.formula(), "no mapping: " + e.getMessage()));
        }
        ModelText.withDims(example).ifPresent(model -> attempts.add(compile(example, Variant.DIMS, model)));
        if (example.fitsFloats() && attempts.get(0).isCompiled()) {
            attempts.add(compile(
                    example, Variant.FLOATS, ModelText.withNumbers(example).inSinglePrecision()));
        }
        return attempts.stream();
    }

    private Attempt compile(GoldenCase example, Variant variant, ModelText model) {
        String unique = model.text().replaceFirst("model Case", "model Case" + CLASSES.incrementAndGet());
        try {
            Compilation compilation = Gradc.compile(List.of(new SourceFile("case.grad", unique)), options);
            return compilation.succeeded()
                    ? Attempt.compiled(
                            example, variant, model, compilation.models().get(0))
                    : Attempt.failed(example, variant, model.text(), problems(compilation));
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return Attempt.failed(example, variant, model.text(), "the compiler fails: " + e);
        }
    }

    private static String problems(Compilation compilation) {
        return compilation.diagnostics().stream()
                .map(DiagnosticRenderer::render)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<Outcome> evaluate(List<Attempt> batch) {
        List<GeneratedModel> models = batch.stream().map(Attempt::generated).toList();
        try {
            List<ModelRunner> runners = ModelRunner.loadAll(models);
            return IntStream.range(0, batch.size()).mapToObj(i -> batch.get(i).evaluate(runners.get(i)));
        } catch (IllegalStateException e) {
            List<Outcome> outcomes =
                    batch.stream().map(GoldenRunner::evaluateAlone).toList();
            if (outcomes.stream().allMatch(Outcome::isRight)) {
                throw e;
            }
            return outcomes.stream();
        }
    }

    /** Finds the class that made a batch fail. */
    private static Outcome evaluateAlone(Attempt attempt) {
        try {
            return attempt.evaluate(ModelRunner.load(attempt.generated()));
        } catch (IllegalStateException e) {
            return attempt.withProblem(e.toString()).outcome();
        }
    }
}
