package dev.gradc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gradc.compiler.adbench.Instance;
import dev.gradc.compiler.adbench.Instances;
import dev.gradc.compiler.run.Derived;
import dev.gradc.compiler.run.Evaluation;
import dev.gradc.compiler.run.ModelRunner;
import dev.gradc.compiler.run.Tensor;
import dev.gradc.compiler.source.SourceFile;
import dev.gradc.runtime.SparsePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The four objectives of Microsoft's ADBench (Šrajer, Kukelova and Fitzgibbon 2018) with all their derivatives, held
 * against reference values in the directory {@code -Dgradc.adbench=...}, by default {@code src/test/golden/adbench},
 * whose README describes the files.
 */
class AdBenchTest {

    private static final Path MODELS = Path.of("src/test/golden/adbench");
    private static final Path DIRECTORY = Path.of(System.getProperty("gradc.adbench", MODELS.toString()));

    /** ADBench's own, of {@link #error}. */
    private static final double TOLERANCE = 1e-8;

    @TestFactory
    Stream<DynamicTest> gaussianMixtureModels() throws IOException {
        return tests(Instances.gmm(DIRECTORY));
    }

    @TestFactory
    Stream<DynamicTest> bundleAdjustment() throws IOException {
        return tests(Instances.bundleAdjustment(DIRECTORY));
    }

    @TestFactory
    Stream<DynamicTest> handTracking() throws IOException {
        return tests(Instances.hand(DIRECTORY));
    }

    @TestFactory
    Stream<DynamicTest> longShortTermMemory() throws IOException {
        return tests(Instances.lstm(DIRECTORY));
    }

    /** For each observation 10 camera derivatives of x and of y (each has its own center), 3 point and one weight derivative. */
    @TestFactory
    Stream<DynamicTest> bundleAdjustmentByBlocks() throws IOException {
        return Instances.bundleAdjustment(DIRECTORY).stream()
                .map(instance -> dynamicTest(instance.name(), () -> {
                    int observations = instance.values().length / 3;
                    assertThat(requireRightEntries(instance)).isEqualTo(29 * observations);
                }));
    }

    /** Each coordinate of a point moves with the 26 angles, and with the point's own two places where there are some. */
    @TestFactory
    Stream<DynamicTest> handTrackingCompressed() throws IOException {
        return Instances.hand(DIRECTORY).stream()
                .map(instance -> dynamicTest(instance.name(), () -> {
                    int own = instance.model().equals("HandComplicated") ? 2 : 0;
                    int rows = instance.values().length;
                    assertThat(requireRightEntries(instance)).isEqualTo((26 + own) * rows);
                }));
    }

    private static Stream<DynamicTest> tests(List<Instance> instances) {
        assertThat(instances).isNotEmpty();
        return instances.stream().map(instance -> dynamicTest(instance.name(), () -> requireRight(instance)));
    }

    /** Holds the sparse Jacobian to the whole; gives its number of entries. */
    private static int requireRightEntries(Instance instance) throws IOException {
        Derived.Sparse found =
                (Derived.Sparse) runner(instance).derive("sparseJacobian", instance.data(), Map.of(), Optional.empty());
        SparsePattern pattern = found.pattern();
        double[][] rows = new double[pattern.rows()][pattern.columns()];
        for (int row = 0; row < rows.length; row++) {
            for (int i = pattern.rowPointers()[row]; i < pattern.rowPointers()[row + 1]; i++) {
                rows[row][pattern.columnIndices()[i]] = found.values()[i];
            }
            worst(instance.name() + ", row " + row, rows[row], instance.jacobian()[row]);
        }
        return pattern.entries();
    }

    private static void requireRight(Instance instance) throws IOException {
        ModelRunner runner = runner(instance);
        double worst = 0;
        for (int row = 0; row < instance.values().length; row++) {
            Evaluation found = runner.evaluate(instance.data(), Map.of(), Optional.of(seed(instance, row)));
            double[] values = found.outputs().get(instance.output()).values();
            double[] derivatives = found.gradients().values().stream()
                    .flatMapToDouble(gradient -> Arrays.stream(gradient.values()))
                    .toArray();
            double[] expected = instance.jacobian()[row];
            worst = Math.max(worst, worst(instance.name() + ", objective", values, instance.values()));
            worst = Math.max(worst, worst(instance.name() + ", derivatives of " + row, derivatives, expected));
        }
        System.out.printf(
                "ADBench %s: %d x %d derivatives, error %.1e%n",
                instance.name(), instance.jacobian().length, instance.jacobian()[0].length, worst);
    }

    private static ModelRunner runner(Instance instance) throws IOException {
        String text = Files.readString(MODELS.resolve(instance.file()));
        CompilerOptions options =
                CompilerOptions.defaults().withModel(instance.model()).withOf(instance.output());
        Compilation compilation = Gradc.compile(List.of(new SourceFile(instance.file(), text)), options);
        assertThat(compilation.diagnostics()).isEmpty();
        return ModelRunner.load(compilation.models().get(0));
    }

    /** What picks one of the values of the objective. */
    private static Tensor seed(Instance instance, int row) {
        boolean isScalar = instance.output().equals("loss");
        double[] seed = new double[instance.values().length];
        seed[row] = 1;
        return isScalar ? Tensor.scalar(1) : Tensor.vector(seed);
    }

    /** The largest error, within the tolerance. */
    private static double worst(String what, double[] found, double[] expected) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < found.length; i++) {
            double error = error(found[i], expected[i]);
            assertThat(error)
                    .as(what + " " + i + ": " + found[i] + ", not " + expected[i])
                    .isLessThan(TOLERANCE);
            worst = Math.max(worst, error);
        }
        return worst;
    }

    /** How far x is from y: |x - y| / max(1, |x| + |y|). */
    private static double error(double x, double y) {
        return Math.abs(x - y) / Math.max(1, Math.abs(x) + Math.abs(y));
    }
}
