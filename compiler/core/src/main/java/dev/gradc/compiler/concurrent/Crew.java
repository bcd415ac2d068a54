package dev.gradc.compiler.concurrent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Threads that do independent pieces of work while the one that handed them out goes on: one for each processor but that
 * one's. What nobody has begun when it is asked for is done by who asks.
 */
public final class Crew implements AutoCloseable {

    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() - 1), DeepStack::thread);

    /**
     * What {@code work} gives, or throws, once it is asked for.
     *
     * @param isApart whether other threads may do it: it changes nothing, and nobody changes what it reads
     */
    public <T> Supplier<T> start(boolean isApart, Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        if (isApart) {
            threads.execute(task);
        }
        return () -> {
            task.run();
            return DeepStack.result(task);
        };
    }

    /** What each of {@code works} gives, which may be done at the same time: others begin with the first, this thread with the last. */
    public static <T> List<T> all(List<Supplier<T>> works) {
        try (Crew crew = new Crew()) {
            List<Supplier<T>> begun =
                    works.stream().map(work -> crew.start(true, work)).toList();
            Deque<T> done = new ArrayDeque<>();
            for (int i = begun.size() - 1; i >= 0; i--) {
                done.addFirst(begun.get(i).get());
            }
            return List.copyOf(done);
        }
    }

    /** Leaves undone what nobody has begun or asked for. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
