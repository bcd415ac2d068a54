package dev.gradc.samples.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import java.util.Map;

/** The networks, by PyTorch's own layers where it has them. */
final class PyTorchModels {
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape NONE = new Shape(0, 0);
    private static final long HEADS = 4;

    private PyTorchModels() {}

    static NDArray products(Map<String, NDArray> t) {
        return t.get("A").matMul(t.get("B")).mul(t.get("C")).sum();
    }

    /** The mean of softplus(z) - z y, softplus(z) as max(z, 0) + log(1 + exp(-|z|)). */
    static NDArray logistic(Map<String, NDArray> t) {
        NDArray z = t.get("X").matMul(t.get("w")).add(t.get("b"));
        NDArray softplus = Activation.relu(z).add(z.abs().neg().exp().add(1).log());
        return softplus.sub(z.mul(t.get("y"))).mean();
    }

    static NDArray smallMlp(Map<String, NDArray> t) {
        NDArray hidden = Activation.relu(dense(t.get("X"), t, 1));
        return crossEntropy(dense(hidden, t, 2), t.get("y"));
    }

    static NDArray largeMlp(Map<String, NDArray> t) {
        NDArray first = Activation.relu(dense(t.get("X"), t, 1));
        NDArray second = Activation.relu(dense(first, t, 2));
        return crossEntropy(dense(second, t, 3), t.get("y"));
    }

    static NDArray cnn(Map<String, NDArray> t) {
        NDArray edges = convolution(t.get("X"), t.get("K1"), t.get("b1"), TWO);
        NDArray shapes = convolution(edges, t.get("K2"), t.get("b2"), NONE);
        NDArray features = shapes.reshape(shapes.getShape().get(0), 400);
        return crossEntropy(dense(features, t, 3), t.get("y"));
    }

    static NDArray attention(Map<String, NDArray> t) {
        NDArray x = t.get("X");
        Shape width = new Shape(x.getShape().get(2));
        NDArray z = LayerNorm.layerNorm(x, width, t.get("gain"), t.get("shift"), 1e-5f)
                .singletonOrThrow();
        NDArray query = heads(z.matMul(t.get("Wq")));
        NDArray key = heads(z.matMul(t.get("Wk")));
        NDArray value = heads(z.matMul(t.get("Wv")));
        double scale = 1 / Math.sqrt((double) key.getShape().get(3));
        NDArray weights = query.matMul(key.transpose(0, 1, 3, 2)).mul(scale).softmax(-1);
        NDArray mixed = weights.matMul(value).transpose(0, 2, 1, 3).reshape(x.getShape());
        return x.add(mixed.matMul(t.get("Wo"))).sub(t.get("target")).square().mean();
    }

    private static NDArray heads(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(shape.get(0), shape.get(1), HEADS, shape.get(2) / HEADS)
                .transpose(0, 2, 1, 3);
    }

    private static NDArray dense(NDArray x, Map<String, NDArray> t, int layer) {
        return x.matMul(t.get("W" + layer)).add(t.get("b" + layer));
    }

    private static NDArray convolution(NDArray x, NDArray kernels, NDArray bias, Shape padding) {
        NDArray out = Conv2d.conv2d(x, kernels, bias, ONE, padding).singletonOrThrow();
        return Pool.maxPool2d(Activation.relu(out), TWO, TWO, NONE, false);
    }

    private static NDArray crossEntropy(NDArray scores, NDArray labels) {
        NDArray logarithms = scores.logSoftmax(-1);
        NDArray picked = logarithms.get(new NDIndex(":").addPickDim(labels.expandDims(1)));
        return picked.mean().neg();
    }
}
