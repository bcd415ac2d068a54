package dev.gradc.compiler;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Runs the compiler with a stack for deep expressions; the memory is taken only as far as it is used. */
final class DeepStack {

    private static final long BYTES = 1L << 30;

    private DeepStack() {}

    /** What {@code work} gives, or throws. */
    static <T> T call(Supplier<T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, () -> result.set(work.get()), "gradc", BYTES);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, problem) -> failure.set(problem));
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() instanceof RuntimeException problem) {
            throw problem;
        } else if (failure.get() instanceof Error problem) {
            throw problem;
        }
        return result.get();
    }
}
