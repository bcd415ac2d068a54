package dev.gradc.compiler.golden;

import static dev.gradc.compiler.golden.Families.attribute;
import static dev.gradc.compiler.golden.Families.number;

import dev.gradc.compiler.golden.Families.Family;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Layers of networks. */
final class NetworkFamilies {

    private static final String GRU = """
            gx = x @ Wx + bx
            gh = h @ Wh + bh
            xr, xz, xn = split(gx, 3, axis=1)
            hr, hz, hn = split(gh, 3, axis=1)
            r = sigmoid(xr + hr)
            z = sigmoid(xz + hz)
            m = tanh(xn + r * hn)
            out = (1 - z) * m + z * h""";

    private NetworkFamilies() {}

    static Map<String, Family> byName() {
        return Map.ofEntries(
                Map.entry("conv1d", c -> convolution("conv1d", c)),
                Map.entry("conv2d", c -> convolution("conv2d", c)),
                Map.entry("max_pool1d", c -> pool("max_pool1d", c)),
                Map.entry("max_pool2d", c -> pool("max_pool2d", c)),
                Map.entry("avg_pool1d", c -> pool("avg_pool1d", c)),
                Map.entry("avg_pool2d", c -> pool("avg_pool2d", c)),
                Map.entry("batch_norm", NetworkFamilies::batchNorm),
                Map.entry("layer_norm", c -> norm("layer_norm", c, "1e-5")),
                Map.entry("rms_norm", c -> norm("rms_norm", c, "1e-6")),
                Map.entry("attention", NetworkFamilies::attention),
                Map.entry("lstm_cell", c -> c.formula().replace("output ", "")),
                Map.entry("gru_cell", c -> GRU));
    }

    /** With a bias for each channel where there is one, in groups of channels where there are several. */
    private static String convolution(String function, GoldenCase example) {
        String settings = ", stride=" + attribute(example, "stride", "1")
                + ", padding=" + attribute(example, "padding", "0")
                + ", dilation=" + attribute(example, "dilation", "1");
        int groups = Integer.parseInt(attribute(example, "groups", "1"));
        int channels = example.inputs().get("w").shape()[1];
        int outputs = example.inputs().get("w").shape()[0] / groups;
        String result = groups == 1
                ? function + "(x, w" + settings + ")"
                : IntStream.range(0, groups)
                        .mapToObj(g -> function + "(x[:, " + run(g, channels) + "], w[" + run(g, outputs) + "]"
                                + settings + ")")
                        .collect(Collectors.joining(", ", "concatenate([", "], axis=1)"));
        int rank = example.inputs().get("x").shape().length;
        return example.inputs().containsKey("b") ? result + " + b" + channelAxis(rank) : result;
    }

    private static String run(int group, int size) {
        return group * size + ":" + (group + 1) * size;
    }

    /** Puts a vector over the channels of a batch of {@code rank} axes. */
    private static String channelAxis(int rank) {
        return "[:" + ", None".repeat(rank - 2) + "]";
    }

    private static String pool(String function, GoldenCase example) {
        String size = attribute(example, "kernel", number(example, "windows of (\\d+)", window(example)));
        String stride = attribute(example, "stride", number(example, "stride (\\d+)", size));
        String padding = attribute(example, "padding", "0");
        String settings = ", size=" + size + ", stride=" + stride;
        if (padding.equals("0")) {
            return function + "(x" + settings + ")";
        } else if (function.startsWith("max")) {
            return function + "(x" + settings + ", padding=" + padding + ")";
        }
        int spatial = example.inputs().get("x").shape().length - 2;
        String around = ", (" + padding + "," + padding + ")";
        return function + "(pad(x, ((0,0), (0,0)" + around.repeat(spatial) + "))" + settings + ")";
    }

    private static String window(GoldenCase example) {
        String height = number(example, "(\\d+)x\\d+ windows", "2");
        String width = number(example, "\\d+x(\\d+) windows", height);
        return height.equals(width) ? height : "[" + height + "," + width + "]";
    }

    private static String norm(String function, GoldenCase example, String epsilon) {
        return Families.call(function, example).replace(")", ", " + attribute(example, "eps", epsilon) + ")");
    }

    /** Over the first axis of a matrix; over all axes but the channels' otherwise. */
    private static String batchNorm(GoldenCase example) {
        int rank = example.inputs().get("x").shape().length;
        if (rank == 2) {
            return norm("batch_norm", example, "1e-5");
        }
        String others = IntStream.range(0, rank)
                .filter(axis -> axis != 1)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "(", ")"));
        String channel = channelAxis(rank);
        String mean = ", axis=" + others + ", keepdims=True)";
        return "centred = x - mean(x" + mean + "; gamma" + channel + " * centred / sqrt(mean(centred**2" + mean + " + "
                + attribute(example, "eps", "1e-5") + ") + beta" + channel;
    }

    private static String attention(GoldenCase example) {
        if (example.attrs().has("heads")) {
            return heads(example.attrs().get("heads").asInt());
        }
        String q = example.inputName(0);
        String k = example.inputName(1);
        String v = example.inputName(2);
        if (example.attrs().path("causal").asBoolean()) {
            String scores = q + " @ swap_last(" + k + ") / sqrt(count(" + k + ", axis=-1))";
            return "scores = " + scores + "; softmax(causal(scores), axis=-1) @ " + v;
        }
        return "attention(" + q + ", " + k + ", " + v + ")";
    }

    /** Self-attention of x, the columns of the projections split among the heads. */
    private static String heads(int count) {
        return IntStream.range(0, 3)
                        .mapToObj(i -> "qkv".charAt(i))
                        .map(part -> IntStream.range(0, count)
                                        .mapToObj(h -> part + "_" + h)
                                        .collect(Collectors.joining(", "))
                                + " = split(x @ W" + part + ", " + count + ", axis=1)\n")
                        .collect(Collectors.joining())
                + IntStream.range(0, count)
                        .mapToObj(h -> "attention(q_" + h + ", k_" + h + ", v_" + h + ")")
                        .collect(Collectors.joining(", ", "out = concatenate([", "], axis=1) @ Wo"));
    }
}
