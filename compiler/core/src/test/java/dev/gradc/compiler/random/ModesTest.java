package dev.gradc.compiler.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradc.compiler.Compilation;
import dev.gradc.compiler.CompilerOptions;
import dev.gradc.compiler.GeneratedModel;
import dev.gradc.compiler.Gradc;
import dev.gradc.compiler.TestModels;
import dev.gradc.compiler.diagnostic.DiagnosticRenderer;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.lower.LoweredModel;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Derivatives of every mode, of random models of the whole language, agree with each other and with differences, optimised
 * and not, in generated code and by the reference evaluator (see {@link ModeChecks}). {@code -Dgradc.programs=N} runs
 * more, {@code -Dgradc.seed=S} others; what fails is shown in its smallest form.
 */
class ModesTest {

    private static final int PROGRAMS = Integer.getInteger("gradc.programs", 500);
    private static final long SEED = Long.getLong("gradc.seed", 7);
    private static final int BATCH = 50;

    /** With so many programs, every kind of gate occurs. */
    private static final int ENOUGH = 200;

    /** How many places of a failure of the compiler are shown. */
    private static final int FRAMES = 12;

    private static final AtomicInteger CHECKED = new AtomicInteger();

    /** A model, and its class where there is one. */
    private record Attempt(DerivedModel model, LoweredModel plain, GeneratedModel generated, String problem) {}

    @Test
    void derivativesOfAllModesAgree() {
        List<String> failures = new ArrayList<>();
        Set<Gate.Kind> kinds = EnumSet.noneOf(Gate.Kind.class);
        for (int first = 0; first < PROGRAMS; first += BATCH) {
            List<Attempt> attempts = IntStream.range(first, Math.min(PROGRAMS, first + BATCH))
                    .parallel()
                    .mapToObj(program -> SEED * 1_000_003 + program)
                    .map(seed -> DerivedModel.of(new RandomModel(seed), new Random(seed)))
                    .filter(DerivedModel::isSmall)
                    .map(ModesTest::attempt)
                    .toList();
            attempts.stream().map(Attempt::plain).filter(Objects::nonNull).forEach(plain -> kinds.addAll(kinds(plain)));
            failures.addAll(check(attempts));
        }
        System.out.println("modes: " + CHECKED + " programs of " + PROGRAMS + ", " + failures.size() + " disagree");
        assertThat(String.join("\n\n", failures)).isEmpty();
        if (PROGRAMS >= ENOUGH) {
            assertThat(kinds).as("kinds of gates that occurred").isEqualTo(EnumSet.allOf(Gate.Kind.class));
        }
    }

    private static Set<Gate.Kind> kinds(LoweredModel model) {
        List<Node> outputs =
                model.outputs().stream().map(LoweredModel.Output::node).toList();
        return Graph.reachable(outputs).stream().map(node -> node.gate().kind()).collect(Collectors.toSet());
    }

    private static Attempt attempt(DerivedModel model) {
        try {
            CompilerOptions options = TestModels.options();
            LoweredModel plain = TestModels.lower(model.text("plain"), options.withSimplify(false));
            Compilation compilation =
                    Gradc.compile(List.of(new SourceFile("random.grad", model.text("simple"))), options);
            String problem = compilation.diagnostics().stream()
                    .map(DiagnosticRenderer::render)
                    .collect(Collectors.joining("\n"));
            return new Attempt(
                    model, plain, compilation.models().stream().findFirst().orElse(null), problem);
        } catch (RuntimeException | AssertionError e) {
            return new Attempt(model, null, null, described(e));
        }
    }

    /** What is wrong with {@code attempts}, compiled at once. */
    private static List<String> check(List<Attempt> attempts) {
        Map<DerivedModel, ModelRunner> runners =
                runners(attempts.stream().filter(a -> a.problem().isEmpty()).toList());
        CHECKED.addAndGet(attempts.size());
        List<String> failures = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Optional<String> problem = runners.containsKey(attempt.model())
                    ? problem(attempt, runners.get(attempt.model()))
                    : problem(attempt.model());
            problem.ifPresent(text ->
                    failures.add(failures.isEmpty() ? shrunk(attempt.model(), text) : text + "\n" + attempt.model()));
        }
        return failures;
    }

    /** The classes of {@code attempts}; none where javac rejects one of them, so that each is tried alone. */
    private static Map<DerivedModel, ModelRunner> runners(List<Attempt> attempts) {
        Map<DerivedModel, ModelRunner> runners = new HashMap<>();
        try {
            List<ModelRunner> all = ModelRunner.loadAll(
                    attempts.stream().map(Attempt::generated).toList());
            for (int i = 0; i < all.size(); i++) {
                runners.put(attempts.get(i).model(), all.get(i));
            }
        } catch (IllegalStateException e) {
            System.out.println("modes: a class does not compile, each is tried alone");
        }
        return runners;
    }

    private static Optional<String> problem(Attempt attempt, ModelRunner runner) {
        try {
            return ModeChecks.problem(attempt.model(), attempt.plain(), runner);
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(described(e));
        }
    }

    private static Optional<String> problem(DerivedModel model) {
        Attempt attempt = attempt(model);
        if (!attempt.problem().isEmpty()) {
            return Optional.of(attempt.problem());
        }
        try {
            return problem(attempt, ModelRunner.load(attempt.generated()));
        } catch (IllegalStateException e) {
            return Optional.of(described(e));
        }
    }

    private static String described(Throwable e) {
        return e + "\n"
                + Arrays.stream(e.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("dev.gradc"))
                        .limit(FRAMES)
                        .map(frame -> "  at " + frame)
                        .collect(Collectors.joining("\n"));
    }

    /** The smallest model that has a problem, too. */
    private static String shrunk(DerivedModel failing, String problem) {
        DerivedModel smallest = failing;
        String reason = problem;
        boolean shrinks = true;
        while (shrinks) {
            shrinks = false;
            for (DerivedModel smaller : smallest.smaller()) {
                Optional<String> still = problem(smaller);
                if (still.isPresent()) {
                    smallest = smaller;
                    reason = still.get();
                    shrinks = true;
                    break;
                }
            }
        }
        return reason + "\n" + smallest;
    }
}
