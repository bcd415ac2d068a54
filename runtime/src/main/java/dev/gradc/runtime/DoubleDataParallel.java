package dev.gradc.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Evaluates a generated model on a batch of rows with several threads: the batch is cut into one share a thread, each with
 * an instance of its own, and the shares' values and gradients are added up in the order of the rows. So the result does
 * not depend on which thread is done first: the same rows, parameters and number of threads give the same bits.
 *
 * <pre>{@code
 * var nets = new DoubleDataParallel<>(256, 4, TwoLayerNet::new, TwoLayerNet::gradient);
 * double loss = nets.mean((net, from, to) -> net.valueAndGradient(images(from, to), labels(from, to), parameters));
 * optimizer.step(parameters, nets.gradient());
 * }</pre>
 *
 * <p>For one caller at a time. With one thread everything runs on the caller's.
 *
 * @param <M> the generated class
 */
public final class DoubleDataParallel<M> implements AutoCloseable {

    /**
     * What a thread does with its share.
     *
     * @param <M> the generated class
     */
    @FunctionalInterface
    public interface Share<M> {
        /** The value of {@code model} on the batch's rows {@code from} to {@code to - 1}; leaves their gradient in it. */
        double evaluate(M model, int from, int to);
    }

    private final int rows;
    private final List<M> models = new ArrayList<>();
    private final Function<M, double[]> gradients;
    private final double[] values;
    private final double[] gradient;
    private final ExecutorService others;

    /**
     * Makes a model for each share; shares differ by a row at most.
     *
     * @param rows the batch's rows, at least 1
     * @param threads how many threads work on it, at least 1; no more than {@code rows} are used
     * @param model makes a model for a number of rows
     * @param gradient a model's flat gradient, the same array after each call
     * @throws IllegalArgumentException if {@code rows} or {@code threads} is below 1
     */
    public DoubleDataParallel(int rows, int threads, IntFunction<M> model, Function<M, double[]> gradient) {
        if (rows < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "a batch takes at least 1 row and 1 thread, not " + rows + " and " + threads);
        }
        this.rows = rows;
        this.gradients = gradient;
        this.values = new double[Math.min(rows, threads)];
        for (int share = 0; share < values.length; share++) {
            models.add(model.apply(from(share + 1) - from(share)));
        }
        this.gradient = new double[gradient.apply(models.get(0)).length];
        this.others = Executors.newFixedThreadPool(Math.max(1, values.length - 1), task -> {
            Thread thread = new Thread(task, "gradc-data-parallel");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The first row of {@code share}. */
    private int from(int share) {
        return (int) ((long) rows * share / values.length);
    }

    /** The value and the gradient of a model that sums over the rows. */
    public double sum(Share<M> share) {
        return evaluate(share, false);
    }

    /** The value and the gradient of a model that takes the mean over the rows. */
    public double mean(Share<M> share) {
        return evaluate(share, true);
    }

    /** The gradient of the last call: the live vector, overwritten by the next. */
    public double[] gradient() {
        return gradient;
    }

    private double evaluate(Share<M> share, boolean isMean) {
        inParallel(i -> values[i] = share.evaluate(models.get(i), from(i), from(i + 1)));
        inParallel(i -> add(i, isMean));
        double value = 0;
        for (int i = 0; i < values.length; i++) {
            value += weight(i, isMean) * values[i];
        }
        return value;
    }

    private double weight(int share, boolean isMean) {
        return isMean ? (double) (from(share + 1) - from(share)) / rows : 1;
    }

    /** One part of the flat gradient, over all shares in order. */
    private void add(int part, boolean isMean) {
        int first = (int) ((long) gradient.length * part / values.length);
        int end = (int) ((long) gradient.length * (part + 1) / values.length);
        Arrays.fill(gradient, first, end, 0);
        for (int share = 0; share < values.length; share++) {
            double weight = weight(share, isMean);
            double[] own = gradients.apply(models.get(share));
            for (int i = first; i < end; i++) {
                gradient[i] += weight * own[i];
            }
        }
    }

    /** Runs {@code task} for each share, the first one on this thread, and waits for all; the first failure is thrown. */
    private void inParallel(IntConsumer task) {
        List<Future<?>> started = new ArrayList<>();
        for (int i = 1; i < values.length; i++) {
            int share = i;
            started.add(others.submit(() -> task.accept(share)));
        }
        RuntimeException failure = null;
        try {
            task.accept(0);
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Future<?> future : started) {
            RuntimeException other = failureOf(future);
            failure = failure == null ? other : failure;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException failureOf(Future<?> future) {
        try {
            future.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException stopped = new CancellationException("interrupted while other threads were computing");
            stopped.initCause(e);
            return stopped;
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        others.shutdown();
    }
}
