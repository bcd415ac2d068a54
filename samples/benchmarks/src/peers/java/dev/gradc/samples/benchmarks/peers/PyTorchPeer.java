package dev.gradc.samples.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.gradc.samples.benchmarks.Data;
import dev.gradc.samples.benchmarks.Peer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A loss of tensors. The data become tensors once; the gradients stay tensors. */
final class PyTorchPeer implements Peer {
    /** A loss, given inputs and parameters by name. */
    @FunctionalInterface
    interface Loss {
        NDArray of(Map<String, NDArray> tensors);
    }

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, NDArray> tensors = new HashMap<>();
    private final Map<String, NDArray> leaves = new HashMap<>();
    private final List<String> parameters;
    private final Loss loss;
    /** owns what the last evaluation made */
    private NDManager scope = manager.newSubManager();

    PyTorchPeer(Data data, List<String> parameters, Loss loss) {
        this.parameters = parameters;
        this.loss = loss;
        data.arrays().forEach((name, array) -> tensors.put(name, tensor(array)));
    }

    private NDArray tensor(Data.Array array) {
        Shape shape = new Shape(Arrays.stream(array.shape()).asLongStream().toArray());
        return array.elements() instanceof int[] ints
                ? manager.create(Arrays.stream(ints).asLongStream().toArray(), shape)
                : manager.create((float[]) array.elements(), shape);
    }

    @Override
    public double evaluate() {
        scope.close();
        scope = manager.newSubManager();
        tensors.forEach((name, tensor) -> leaves.put(name, leaf(name, tensor)));
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray value = loss.of(leaves);
            collector.backward(value);
            return value.getFloat();
        }
    }

    /** The same numbers without a gradient so far, as {@code zero_grad(set_to_none=True)} leaves them. */
    private NDArray leaf(String name, NDArray tensor) {
        NDArray leaf = tensor.stopGradient();
        leaf.attach(scope);
        if (parameters.contains(name)) {
            leaf.setRequiresGradient(true);
        }
        return leaf;
    }

    @Override
    public Map<String, double[]> results() {
        Map<String, double[]> results = new HashMap<>();
        for (String name : parameters) {
            try (NDArray gradient = leaves.get(name).getGradient()) {
                results.put(name, Data.widened(gradient.toFloatArray()));
            }
        }
        return results;
    }

    @Override
    public void close() {
        manager.close();
    }
}
