package dev.gradc.samples.benchmarks.hand;

import java.util.Arrays;

/**
 * A convolution of square kernels with bias, relu and max pooling to half the size, for one image at a time: what the
 * kernels see is copied to the columns of a matrix, so that the convolution is a matrix product.
 */
final class Convolution {
    final int channels;
    final int size;
    final int outputs;
    final int pooledSize;
    final float[] gradKernels;
    final float[] gradBias;

    private final int padding;
    private final int kernel;
    private final int outSize;
    private final float[] bias;
    private final float[] padded;
    private final Matrix kernels;
    private final Matrix transposedKernels;
    private final Matrix columns;
    private final Matrix transposedColumns;
    private final Matrix gradColumns;
    private final Matrix out;
    private final Matrix gradOut;

    /** Kernels [outputs, channels, kernel, kernel] on images of a size, with zeros around. */
    Convolution(float[] kernels, float[] bias, int channels, int size, int kernel, int padding) {
        this.channels = channels;
        this.size = size;
        this.kernel = kernel;
        this.padding = padding;
        this.bias = bias;
        outputs = bias.length;
        outSize = size + 2 * padding - kernel + 1;
        pooledSize = outSize / 2;
        padded = new float[channels * paddedSize() * paddedSize()];
        int window = channels * kernel * kernel;
        int places = outSize * outSize;
        this.kernels = Matrix.of(kernels, outputs, window);
        gradKernels = new float[kernels.length];
        gradBias = new float[outputs];
        columns = Matrix.zeros(window, places);
        transposedColumns = Matrix.zeros(places, window);
        gradColumns = Matrix.zeros(window, places);
        transposedKernels = Matrix.zeros(window, outputs);
        out = Matrix.zeros(outputs, places);
        gradOut = Matrix.zeros(outputs, places);
    }

    private int paddedSize() {
        return size + 2 * padding;
    }

    /** From an image to what is pooled; {@code winners} remembers whose maximum each element is, or -1 where relu is 0. */
    void forward(float[] image, int imageAt, float[] pooled, int[] winners, int pooledAt) {
        gather(image, imageAt);
        for (int o = 0; o < outputs; o++) {
            Arrays.fill(out.elements(), o * out.columns(), (o + 1) * out.columns(), bias[o]);
        }
        out.addProduct(kernels, columns);
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < pooledSize; i++) {
                int to = pooledAt + (o * pooledSize + i) * pooledSize;
                poolRow(o * out.columns() + 2 * i * outSize, pooled, winners, to);
            }
        }
    }

    private void poolRow(int from, float[] pooled, int[] winners, int to) {
        float[] x = out.elements();
        for (int j = 0; j < pooledSize; j++) {
            int above = from + 2 * j;
            int below = above + outSize;
            int upper = x[above + 1] > x[above] ? above + 1 : above;
            int lower = x[below + 1] > x[below] ? below + 1 : below;
            int best = x[lower] > x[upper] ? lower : upper;
            pooled[to + j] = Math.max(x[best], 0);
            winners[to + j] = x[best] > 0 ? best : -1;
        }
    }

    /** Adds an image's share to the gradients; that of the image is written, where it is asked for. */
    void backward(float[] image, int imageAt, float[] gradPooled, int[] winners, int pooledAt, float[] gradImage) {
        gradOut.clear();
        for (int p = pooledAt; p < pooledAt + outputs * pooledSize * pooledSize; p++) {
            if (winners[p] >= 0) {
                gradOut.elements()[winners[p]] = gradPooled[p];
                gradBias[winners[p] / out.columns()] += gradPooled[p];
            }
        }
        gather(image, imageAt);
        transposedColumns.copy(columns.transposed());
        Matrix.of(gradKernels, kernels.rows(), kernels.columns()).addProduct(gradOut, transposedColumns);
        if (gradImage != null) {
            gradColumns.clear();
            transposedKernels.copy(kernels.transposed());
            gradColumns.addProduct(transposedKernels, gradOut);
            scatter(gradImage, imageAt);
        }
    }

    /** Begins a new batch. */
    void clearGradients() {
        Arrays.fill(gradKernels, 0);
        Arrays.fill(gradBias, 0);
    }

    private void gather(float[] image, int imageAt) {
        for (int row = 0; row < channels * size; row++) {
            System.arraycopy(image, imageAt + row * size, padded, paddedRow(row), size);
        }
        for (int r = 0; r < columns.rows(); r++) {
            for (int i = 0; i < outSize; i++) {
                System.arraycopy(
                        padded, windowRow(r, i), columns.elements(), r * columns.columns() + i * outSize, outSize);
            }
        }
    }

    private void scatter(float[] gradImage, int imageAt) {
        Arrays.fill(padded, 0);
        for (int r = 0; r < columns.rows(); r++) {
            for (int i = 0; i < outSize; i++) {
                int from = r * columns.columns() + i * outSize;
                Matrix.axpy(outSize, 1, gradColumns.elements(), from, padded, windowRow(r, i));
            }
        }
        for (int row = 0; row < channels * size; row++) {
            System.arraycopy(padded, paddedRow(row), gradImage, imageAt + row * size, size);
        }
        Arrays.fill(padded, 0);
    }

    /** Where row {@code row} of all channels is in the padded image. */
    private int paddedRow(int row) {
        int channel = row / size;
        return (channel * paddedSize() + row % size + padding) * paddedSize() + padding;
    }

    /** Where in the padded image row i of the outputs begins to read element r of their windows. */
    private int windowRow(int r, int i) {
        int channel = r / (kernel * kernel);
        int u = r / kernel % kernel;
        return (channel * paddedSize() + i + u) * paddedSize() + r % kernel;
    }
}
