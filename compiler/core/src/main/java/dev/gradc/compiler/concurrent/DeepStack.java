package dev.gradc.compiler.concurrent;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Runs the compiler with a stack for deep expressions; the memory is taken only as far as it is used. */
public final class DeepStack {

    private static final long BYTES = 1L << 30;

    private DeepStack() {}

    /** What {@code work} gives, or throws. */
    public static <T> T call(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        thread(task).start();
        return result(task);
    }

    /** A thread that will run {@code work}. */
    static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "gradc", BYTES);
        thread.setDaemon(true);
        return thread;
    }

    /** What {@code task}, which other threads run, gives or throws; waits for it even where this thread is interrupted. */
    static <T> T result(FutureTask<T> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error problem) {
                throw problem;
            }
            throw (RuntimeException) e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
