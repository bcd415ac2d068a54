package dev.gradc.samples.benchmarks.hand;

/** One head of one sequence: softmax(Q K' / √E) V, Q, K and V [T, E] being parts of larger matrices. */
final class Head {
    /** A matrix and its gradient, zero where backward begins. */
    record Pair(Matrix value, Matrix gradient) {}

    private final Pair query;
    private final Pair key;
    private final Pair value;
    private final Pair result;
    private final Matrix weights;
    private final Matrix gradWeights;
    private final Matrix transposed;
    private final float scale;

    Head(Pair query, Pair key, Pair value, Pair result) {
        this.query = query;
        this.key = key;
        this.value = value;
        this.result = result;
        int positions = query.value().rows();
        int size = query.value().columns();
        weights = Matrix.zeros(positions, positions);
        gradWeights = Matrix.zeros(positions, positions);
        transposed = Matrix.zeros(size, positions);
        scale = (float) (1 / Math.sqrt(size));
    }

    /** Adds to the result. */
    void forward() {
        weights.clear();
        transposed.copy(key.value().transposed());
        weights.addProduct(query.value(), transposed);
        float[] scores = weights.elements();
        for (int i = 0; i < scores.length; i++) {
            scores[i] *= scale;
        }
        for (int t = 0; t < weights.rows(); t++) {
            Layers.softmax(scores, t * weights.columns(), weights.columns());
        }
        result.value().addProduct(weights, value.value());
    }

    /** Adds to the gradients of query, key and value. */
    void backward() {
        value.gradient().addProduct(weights.transposed(), result.gradient());
        gradWeights.clear();
        transposed.copy(value.value().transposed());
        gradWeights.addProduct(result.gradient(), transposed);
        for (int t = 0; t < weights.rows(); t++) {
            softmaxGradient(t * weights.columns(), weights.columns());
        }
        query.gradient().addProduct(gradWeights, key.value());
        key.gradient().addProduct(gradWeights.transposed(), query.value());
    }

    private void softmaxGradient(int at, int n) {
        float[] p = weights.elements();
        float[] g = gradWeights.elements();
        float mean = 0;
        for (int j = 0; j < n; j++) {
            mean += p[at + j] * g[at + j];
        }
        for (int j = 0; j < n; j++) {
            g[at + j] = p[at + j] * (g[at + j] - mean) * scale;
        }
    }
}
