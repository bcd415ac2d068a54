package dev.gradc.samples.benchmarks;

import dev.gradc.samples.benchmarks.hand.HandAttention;
import dev.gradc.samples.benchmarks.hand.HandBlackScholes;
import dev.gradc.samples.benchmarks.hand.HandCnn;
import dev.gradc.samples.benchmarks.hand.HandHelmholtz;
import dev.gradc.samples.benchmarks.hand.HandLogistic;
import dev.gradc.samples.benchmarks.hand.HandMlp;
import dev.gradc.samples.benchmarks.hand.HandProducts;
import dev.gradc.samples.benchmarks.hand.HandRosenbrock;
import dev.gradc.samples.benchmarks.hand.HandSabr;
import java.util.Optional;

/**
 * What a good engineer would write: derivatives by hand, one pass where one is enough, nothing allocated while computing,
 * loops that the virtual machine's compiler vectorises by itself. No Vector API.
 */
public final class HandWritten implements Library {
    /** Its {@link #name}. */
    public static final String NAME = "by hand";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Peer> peer(Workload workload, Data data) {
        return Optional.of(
                switch (workload) {
                    case ROSENBROCK -> new HandRosenbrock(data);
                    case BLACK_SCHOLES -> new HandBlackScholes(data);
                    case SABR -> new HandSabr(data);
                    case HELMHOLTZ_HESSIAN -> new HandHelmholtz(data);
                    case PRODUCTS -> new HandProducts(data);
                    case LOGISTIC -> new HandLogistic(data);
                    case MLP_SMALL, MLP_LARGE -> new HandMlp(data);
                    case CNN -> new HandCnn(data);
                    case ATTENTION -> new HandAttention(data);
                });
    }
}
