package dev.gradc.samples.benchmarks.run;

import dev.gradc.samples.benchmarks.Generated;
import dev.gradc.samples.benchmarks.Library;
import dev.gradc.samples.benchmarks.Workload;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures one workload of one library in a virtual machine of its own.
 *
 * @param workload what is computed
 * @param library who computes it
 * @param vectors whether the virtual machine has the Vector API
 */
record Measurement(Workload workload, Library library, boolean vectors) {
    /** The column of generated code that runs with the Vector API. */
    static final String WITH_VECTORS = Generated.NAME + " + Vector API";

    /** The column of generated code that runs without it. */
    static final String WITHOUT_VECTORS = Generated.NAME;

    /** How long to measure. */
    enum Mode {
        /** twice four seconds of warm-up and 2.5 of measurement */
        STANDARD(2, 4000, 2500),
        /** once 1.5 s of warm-up, in which long methods are not always compiled yet, and 0.6 s of measurement */
        QUICK(1, 1500, 600);

        private static final int ITERATIONS = 5;

        private final int rounds;
        private final int warmup;
        private final int measurement;

        /** Times in milliseconds. */
        Mode(int rounds, int warmup, int measurement) {
            this.rounds = rounds;
            this.warmup = warmup;
            this.measurement = measurement;
        }

        /** How often all are measured, of which the fastest counts. */
        int rounds() {
            return rounds;
        }

        /** One of the iterations that a time is divided into. */
        private static TimeValue iteration(int milliseconds) {
            return TimeValue.milliseconds(milliseconds / ITERATIONS);
        }
    }

    /** The heading of its column. */
    String column() {
        return vectors ? WITH_VECTORS : library.name();
    }

    /** Runs it; an error of the peer, or a result that differs, ends the whole run. */
    Row run(Mode mode) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(GradientBenchmark.class.getName() + ".evaluate")
                .param("workload", workload.id())
                .param("library", library.name())
                .forks(1)
                .threads(1)
                .warmupIterations(Mode.ITERATIONS)
                .warmupTime(Mode.iteration(mode.warmup))
                .measurementIterations(Mode.ITERATIONS)
                .measurementTime(Mode.iteration(mode.measurement))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (vectors) {
            options.jvmArgsAppend("--add-modules", "jdk.incubator.vector");
        }
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            return row(results.iterator().next());
        } catch (RunnerException e) {
            throw new IllegalStateException(workload.id() + ", " + column() + ": " + e.getMessage(), e);
        }
    }

    private Row row(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        double error = time.getScoreError();
        Result<?> bytes = last(result).getSecondaryResults().get("gc.alloc.rate.norm");
        return new Row(
                workload.id(),
                column(),
                time.getScore(),
                Double.isNaN(error) ? null : error,
                bytes == null ? null : bytes.getScore());
    }

    /** The last iteration, before which HotSpot makes objects of what it keeps in registers later. */
    private static IterationResult last(RunResult result) {
        BenchmarkResult fork = result.getBenchmarkResults().iterator().next();
        return fork.getIterationResults().stream()
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
