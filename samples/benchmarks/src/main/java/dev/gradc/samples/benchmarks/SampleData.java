package dev.gradc.samples.benchmarks;

/** The data of each workload. Names are those of the models; prices and volatilities are per unit and year. */
final class SampleData {
    private static final long SEED = 20260101;

    private SampleData() {}

    static Data rosenbrock() {
        return new Data(Precision.F64, SEED).uniform("x", -2, 2, 100);
    }

    static Data blackScholes() {
        int n = 10_000;
        return new Data(Precision.F64, SEED)
                .uniform("strike", 80, 120, n)
                .wholes("call", 2, n)
                .uniform("spot", 80, 120, n)
                .uniform("volatility", 0.1, 0.5, n)
                .uniform("expiry", 0.1, 2, n)
                .uniform("rate", 0, 0.05, n);
    }

    /** Ordinary points of a market: strikes 2 % to 30 % off the forward. */
    static Data sabr() {
        int n = 1000;
        Data data =
                new Data(Precision.F64, SEED).uniform("forward", 0.02, 0.05, n).uniform("distance", 0.02, 0.3, n);
        double[] forward = data.doubles("forward");
        double[] distance = data.doubles("distance");
        return data.reals("strike", i -> forward[i] * (i % 2 == 0 ? 1 + distance[i] : 1 - distance[i]), n)
                .uniform("expiry", 0.25, 5, n)
                .uniform("alpha", 0.02, 0.06, n)
                .uniform("beta", 0.4, 0.6, n)
                .uniform("rho", -0.5, 0.2, n)
                .uniform("nu", 0.2, 0.6, n);
    }

    /** Amounts of substance of 10 components that fill less than half of the volume. */
    static Data helmholtz() {
        int n = 10;
        Data data = new Data(Precision.F64, SEED).uniform("root", 0.5, 1.5, n);
        double[] root = data.doubles("root");
        return data.reals("A", i -> root[i / n] * root[i % n] * (i / n == i % n ? 1 : 0.9), n, n)
                .uniform("b", 0.02, 0.08, n)
                .uniform("x", 0.2, 1, n);
    }

    static Data products() {
        int n = 512;
        return new Data(Precision.F32, SEED)
                .uniform("A", 0, 1, n, n)
                .uniform("B", 0, 1, n, n)
                .uniform("C", 0, 1, n, n);
    }

    static Data logistic() {
        Data data = new Data(Precision.F32, SEED).normal("X", 1, 1000, 64).wholes("label", 2, 1000);
        int[] label = data.ints("label");
        return data.reals("y", i -> label[i], 1000).normal("w", 0.2, 64).normal("b", 1, 1);
    }

    static Data smallMlp() {
        return images(64, 784)
                .normal("W1", 0.05, 784, 100)
                .normal("b1", 0.1, 100)
                .normal("W2", 0.1, 100, 10)
                .normal("b2", 0.1, 10);
    }

    static Data largeMlp() {
        return images(128, 784)
                .normal("W1", 0.05, 784, 512)
                .normal("b1", 0.1, 512)
                .normal("W2", 0.06, 512, 512)
                .normal("b2", 0.1, 512)
                .normal("W3", 0.06, 512, 10)
                .normal("b3", 0.1, 10);
    }

    static Data cnn() {
        return images(32, 1, 28, 28)
                .normal("K1", 0.3, 8, 1, 5, 5)
                .normal("b1", 0.1, 8)
                .normal("K2", 0.1, 16, 8, 5, 5)
                .normal("b2", 0.1, 16)
                .normal("W3", 0.1, 400, 10)
                .normal("b3", 0.1, 10);
    }

    static Data attention() {
        int d = 64;
        return new Data(Precision.F32, SEED)
                .normal("X", 1, 8, 64, d)
                .normal("target", 1, 8, 64, d)
                .uniform("gain", 0.5, 1.5, d)
                .normal("shift", 0.1, d)
                .normal("Wq", 0.15, d, d)
                .normal("Wk", 0.15, d, d)
                .normal("Wv", 0.15, d, d)
                .normal("Wo", 0.15, d, d);
    }

    /** Pixels between 0 and 1, and one of ten classes for each image. */
    private static Data images(int... shape) {
        return new Data(Precision.F32, SEED).uniform("X", 0, 1, shape).wholes("y", 10, shape[0]);
    }
}
