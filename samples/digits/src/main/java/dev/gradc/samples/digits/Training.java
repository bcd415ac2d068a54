package dev.gradc.samples.digits;

import dev.gradc.runtime.DoubleDataParallel;
import dev.gradc.runtime.Initializers;
import dev.gradc.runtime.ParameterLayout;
import dev.gradc.runtime.optim.Adam;
import dev.gradc.runtime.optim.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Trains the generated network with minibatches and Adam. */
public final class Training {

    private static final int BATCH = 32;
    private static final int HIDDEN = 100;
    private static final int CLASSES = 10;
    private static final double RATE = 2e-3;

    /** Each takes a part of every minibatch; these are so small that a second one hardly pays. */
    private static final int THREADS = Integer.getInteger("digits.threads", 1);

    /** How the network stood after one pass over the training images. */
    public record Epoch(double loss, double trainingAccuracy, double testAccuracy) {}

    private final Digits.Split data;
    private final Random random;
    private final DoubleDataParallel<TwoLayerNet> nets =
            new DoubleDataParallel<>(BATCH, THREADS, TwoLayerNet::new, TwoLayerNet::gradient);
    private final double[] parameters = new double[nets.gradient().length];
    private final Optimizer optimizer = new Adam(parameters.length, RATE);
    private final double[] batchImages = new double[BATCH * Digits.PIXELS];
    private final int[] batchLabels = new int[BATCH];

    /** Starts from random weights drawn by {@code seed}. */
    public Training(Digits.Split data, long seed) {
        this.data = data;
        this.random = new Random(seed);
        ParameterLayout layout = new TwoLayerNet(1).layout();
        Initializers.he(parameters, layout.offset("W1"), layout.entry("W1").size(), Digits.PIXELS, random);
        Initializers.he(parameters, layout.offset("W2"), layout.entry("W2").size(), HIDDEN, random);
    }

    /** Runs {@code epochs} passes, the learning rate falling to zero; tells {@code listener} of each. */
    public List<Epoch> run(int epochs, Consumer<Epoch> listener) {
        List<Epoch> history = new ArrayList<>();
        for (int i = 0; i < epochs; i++) {
            optimizer.setRate(RATE * (epochs - i) / epochs);
            Epoch epoch = epoch();
            history.add(epoch);
            listener.accept(epoch);
        }
        return history;
    }

    private Epoch epoch() {
        Digits training = data.training();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < training.count(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        double loss = 0;
        int batches = training.count() / BATCH;
        for (int batch = 0; batch < batches; batch++) {
            fill(training, order.subList(batch * BATCH, (batch + 1) * BATCH));
            loss += nets.mean(this::share);
            optimizer.step(parameters, nets.gradient());
        }
        return new Epoch(loss / batches, accuracy(training), accuracy(data.test()));
    }

    private double share(TwoLayerNet net, int from, int to) {
        double[] images = Arrays.copyOfRange(batchImages, from * Digits.PIXELS, to * Digits.PIXELS);
        return net.valueAndGradient(images, Arrays.copyOfRange(batchLabels, from, to), parameters);
    }

    private void fill(Digits from, List<Integer> places) {
        for (int i = 0; i < BATCH; i++) {
            System.arraycopy(
                    from.images(), places.get(i) * Digits.PIXELS, batchImages, i * Digits.PIXELS, Digits.PIXELS);
            batchLabels[i] = from.labels()[places.get(i)];
        }
    }

    /** The share of {@code digits} whose largest score is their label's. */
    public double accuracy(Digits digits) {
        TwoLayerNet net = new TwoLayerNet(digits.count());
        net.forward(digits.images(), digits.labels(), parameters);
        double[] scores = net.scores();
        int right = 0;
        for (int i = 0; i < digits.count(); i++) {
            int best = 0;
            for (int c = 1; c < CLASSES; c++) {
                best = scores[i * CLASSES + c] > scores[i * CLASSES + best] ? c : best;
            }
            right += best == digits.labels()[i] ? 1 : 0;
        }
        return (double) right / digits.count();
    }
}
