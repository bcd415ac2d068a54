package dev.gradc.samples.benchmarks.run;

import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.HandWritten;
import dev.gradc.samples.benchmarks.Peer;
import dev.gradc.samples.benchmarks.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What peers in other languages read: the data of workloads, and the results that they must find. */
final class Exchange {
    private Exchange() {}

    /** Arrays {@code workload/name} of data, and {@code workload/results/name}, flat, as computed by hand. */
    static void write(Path file, List<Workload> workloads) throws IOException {
        Map<String, Data.Array> arrays = new LinkedHashMap<>();
        for (Workload workload : workloads) {
            Data data = workload.data();
            data.arrays().forEach((name, array) -> arrays.put(workload.id() + "/" + name, array));
            try (Peer peer = new HandWritten().peer(workload, data).orElseThrow()) {
                String results = workload.id() + "/results/";
                arrays.put(results + "loss", flat(peer.evaluate()));
                peer.results().forEach((name, values) -> arrays.put(results + name, flat(values)));
            }
        }
        Npz.write(file, arrays);
    }

    private static Data.Array flat(double... values) {
        return new Data.Array(values, new int[] {values.length});
    }
}
