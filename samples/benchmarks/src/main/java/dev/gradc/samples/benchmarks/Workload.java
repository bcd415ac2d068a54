package dev.gradc.samples.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What is measured: a model, its size and its data. The models are in {@code src/main/gradc}. */
@SuppressWarnings("ImmutableEnumChecker") // List.of, and methods without state
public enum Workload {
    ROSENBROCK("Rosenbrock, 100 variables", Precision.F64, SampleData::rosenbrock, "x"),
    BLACK_SCHOLES(
            "Black-Scholes prices and Greeks, 10,000 options",
            Precision.F64,
            SampleData::blackScholes,
            "prices",
            "spot",
            "volatility",
            "expiry",
            "rate"),
    SABR(
            "SABR volatilities and adjoints, 1,000 points",
            Precision.F64,
            SampleData::sabr,
            "volatilities",
            "forward",
            "strike",
            "alpha",
            "beta",
            "rho",
            "nu"),
    HELMHOLTZ_HESSIAN("Helmholtz energy, 10 x 10 Hessian", Precision.F64, SampleData::helmholtz, "hessian"),
    PRODUCTS("Three matrix products, 512 x 512 x 512", Precision.F32, SampleData::products, "A", "B"),
    LOGISTIC("Logistic regression, 1000 x 64", Precision.F32, SampleData::logistic, "w", "b"),
    MLP_SMALL("Perceptron 784-100-10, batch 64", Precision.F32, SampleData::smallMlp, "W1", "b1", "W2", "b2"),
    MLP_LARGE(
            "Perceptron 784-512-512-10, batch 128",
            Precision.F32,
            SampleData::largeMlp,
            "W1",
            "b1",
            "W2",
            "b2",
            "W3",
            "b3"),
    CNN("Convolutions 8 and 16 of 5 x 5, batch 32", Precision.F32, SampleData::cnn, "K1", "b1", "K2", "b2", "W3", "b3"),
    ATTENTION(
            "Self-attention, 8 x 64 positions, 4 heads of 16",
            Precision.F32,
            SampleData::attention,
            "gain",
            "shift",
            "Wq",
            "Wk",
            "Wv",
            "Wo");

    private final String title;
    private final Precision precision;
    private final Supplier<Data> data;
    private final List<String> results;

    Workload(String title, Precision precision, Supplier<Data> data, String... results) {
        this.title = title;
        this.precision = precision;
        this.data = data;
        this.results = List.of(results);
    }

    /** Its name on the command line, in files and in Python. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The workload of this {@link #id}; an error that lists all of them if there is none. */
    public static Workload named(String id) {
        return Arrays.stream(values())
                .filter(workload -> workload.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload '" + id + "', but "
                        + Arrays.stream(values()).map(Workload::id).toList()));
    }

    /** Its row's heading. */
    public String title() {
        return title;
    }

    /** What it is computed in. */
    public Precision precision() {
        return precision;
    }

    /** Its data, the same ones on each call. */
    public Data data() {
        return data.get();
    }

    /** What every peer computes beside the loss: the outputs, then the variables whose gradient it is. */
    public List<String> results() {
        return results;
    }
}
