package dev.gradc.samples.benchmarks;

import java.util.Optional;

/** The classes that gradc makes of the models: where the JVM has vectors, those that are written with them. */
public final class Generated implements Library {
    /** Its {@link #name}. */
    public static final String NAME = "gradc";

    private static final boolean HAS_VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Peer> peer(Workload workload, Data data) {
        return Optional.of(
                HAS_VECTORS
                        ? dev.gradc.samples.benchmarks.vectors.Models.of(workload, data)
                        : Models.of(workload, data));
    }
}
