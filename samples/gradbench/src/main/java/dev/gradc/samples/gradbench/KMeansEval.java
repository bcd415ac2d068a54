package dev.gradc.samples.gradbench;

import java.util.Map;
import java.util.function.Function;

/** Eval {@code kmeans}: the cost of a clustering, and the direction in which Newton's method moves the centroids. */
final class KMeansEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS =
            Map.of("cost", KMeansEval::cost, "dir", KMeansEval::direction);

    private KMeansEval() {}

    private static Evaluation<Double> cost(Input input) {
        Tensor points = input.tensor("points", 2);
        Tensor centroids = input.tensor("centroids", 2);
        KMeansCost model = new KMeansCost(points.extent(0), centroids.extent(0), points.extent(1));
        return Evaluation.of(() -> model.forward(points.values(), centroids.values()));
    }

    private static Evaluation<double[]> direction(Input input) {
        Tensor points = input.tensor("points", 2);
        Tensor centroids = input.tensor("centroids", 2);
        int dimensions = points.extent(1);
        KMeansDirection model = new KMeansDirection(points.extent(0), centroids.extent(0), dimensions);
        return new Evaluation<>(
                () -> {
                    model.forward(points.values(), centroids.values());
                    return model.direction();
                },
                direction -> Tensor.rows(direction, dimensions));
    }
}
