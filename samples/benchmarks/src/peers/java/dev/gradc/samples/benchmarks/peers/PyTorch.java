package dev.gradc.samples.benchmarks.peers;

import ai.djl.engine.Engine;
import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Library;
import dev.gradc.samples.benchmarks.Peer;
import dev.gradc.samples.benchmarks.Workload;
import java.util.Optional;

/** PyTorch's eager mode with its own gradients, called through Deep Java Library; one thread, no network. */
public final class PyTorch implements Library {
    private static void start() {
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        Engine.getEngine("PyTorch");
    }

    @Override
    public String name() {
        return "PyTorch (DJL)";
    }

    @Override
    public Optional<Peer> peer(Workload workload, Data data) {
        return switch (workload) {
            case PRODUCTS -> network(data, workload, PyTorchModels::products);
            case LOGISTIC -> network(data, workload, PyTorchModels::logistic);
            case MLP_SMALL -> network(data, workload, PyTorchModels::smallMlp);
            case MLP_LARGE -> network(data, workload, PyTorchModels::largeMlp);
            case CNN -> network(data, workload, PyTorchModels::cnn);
            case ATTENTION -> network(data, workload, PyTorchModels::attention);
            default -> Optional.empty();
        };
    }

    private static Optional<Peer> network(Data data, Workload workload, PyTorchPeer.Loss loss) {
        start();
        return Optional.of(new PyTorchPeer(data, workload.results(), loss));
    }
}
