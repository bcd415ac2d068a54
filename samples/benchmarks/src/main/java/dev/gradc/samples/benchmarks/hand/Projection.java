package dev.gradc.samples.benchmarks.hand;

/** A dense layer without bias: X W, with W square. */
final class Projection {
    final Matrix result;
    final Matrix gradResult;
    final Matrix gradW;
    private final Matrix w;
    private final Matrix transposedW;

    Projection(float[] weights, int rows, int width) {
        w = Matrix.of(weights, width, width);
        transposedW = Matrix.zeros(width, width);
        gradW = Matrix.zeros(width, width);
        result = Matrix.zeros(rows, width);
        gradResult = Matrix.zeros(rows, width);
    }

    void forward(Matrix input) {
        result.clear();
        result.addProduct(input, w);
    }

    /** Adds to the gradient of the input. */
    void backward(Matrix input, Matrix gradInput) {
        gradW.clear();
        gradW.addProduct(input.transposed(), gradResult);
        transposedW.copy(w.transposed());
        gradInput.addProduct(gradResult, transposedW);
    }
}
