package dev.gradc.samples.benchmarks.run;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Generated;
import dev.gradc.samples.benchmarks.Library;
import dev.gradc.samples.benchmarks.Peer;
import dev.gradc.samples.benchmarks.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One evaluation of a workload by a library. Each pair runs in a virtual machine of its own, so that none is compiled with
 * another's profile, and is checked there once more before it is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GradientBenchmark {
    /** A {@link Workload#id}. */
    @Param("rosenbrock")
    public String workload;

    /** A {@link Library#name}. */
    @Param(Generated.NAME)
    public String library;

    private Peer peer;

    /** Makes the peer, and compares it with code written by hand; that itself with generated code. */
    @Setup
    public void prepare() {
        Workload chosen = Workload.named(workload);
        Data data = chosen.data();
        peer = Library.named(library).peer(chosen, data).orElseThrow();
        try (Peer reference = Library.referenceFor(library).peer(chosen, data).orElseThrow()) {
            Agreement.check(chosen, library, peer, reference);
        }
    }

    /** What is measured. */
    @Benchmark
    public double evaluate() {
        return peer.evaluate();
    }

    /** Gives back what the peer holds. */
    @TearDown
    public void close() {
        peer.close();
    }
}
