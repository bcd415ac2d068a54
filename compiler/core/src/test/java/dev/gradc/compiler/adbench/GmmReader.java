package dev.gradc.compiler.adbench;

import dev.gradc.compiler.run.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Reads Gaussian mixture models: {@code d k n}, weights, means, inverse Cholesky factors, points, {@code gamma m}. */
final class GmmReader {

    private GmmReader() {}

    static Instance read(Path data, Reference reference) throws IOException {
        Numbers numbers = new Numbers(data.resolve(reference.file()));
        int d = numbers.whole();
        int k = numbers.whole();
        int n = numbers.whole();
        Tensor alphas = numbers.tensor(k);
        Tensor means = numbers.tensor(k, d);
        Tensor icf = numbers.tensor(k, d * (d + 1) / 2);
        boolean isRepeated = reference.header().get("replicate_point").asBoolean();
        Tensor x = isRepeated ? numbers.repeated(n, d) : numbers.tensor(n, d);
        Tensor gamma = numbers.tensor();
        Tensor m = numbers.tensor();
        return new Instance(
                reference.file(),
                "gmm.grad",
                "Gmm",
                "loss",
                Map.of("x", x, "gamma", gamma, "m", m, "alphas", alphas, "means", means, "icf", icf),
                reference.objective(),
                new double[][] {reference.values()});
    }
}
