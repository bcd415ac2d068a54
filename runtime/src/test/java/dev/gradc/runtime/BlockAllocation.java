package dev.gradc.runtime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Calls all functions of blocks, in an order of its own, until none of them allocates in a whole round; prints those that do when time is up. */
final class BlockAllocation {

    private static final int N = 43;
    private static final int CALLS = 1000;
    private static final long PATIENCE = 60_000_000_000L;

    private BlockAllocation() {}

    /** With the seed of the order, and the largest of the sizes that all functions are called with first. */
    public static void main(String[] arguments) throws InterruptedException {
        List<Map.Entry<String, Runnable>> calls = new ArrayList<>(calls(N).entrySet());
        Collections.shuffle(calls, new Random(Long.parseLong(arguments[0])));
        for (int n = 1; n <= Integer.parseInt(arguments[1]); n++) {
            calls(n).values().forEach(BlockAllocation::repeat);
        }
        long start = System.nanoTime();
        List<String> allocating;
        do {
            Thread.sleep(10);
            allocating = new ArrayList<>();
            for (Map.Entry<String, Runnable> call : calls) {
                if (repeat(call.getValue()) > 0) {
                    allocating.add(call.getKey());
                }
            }
        } while (!allocating.isEmpty() && System.nanoTime() - start < PATIENCE);
        System.out.print(String.join(", ", allocating));
    }

    private static Map<String, Runnable> calls(int n) {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        for (BlockCase function : BlockCase.all()) {
            double[] doubles = new double[n];
            float[] floats = new float[n];
            calls.put(function + " of doubles", () -> function.doubles().apply(n, doubles, 0, doubles, 0));
            calls.put(function + " of floats", () -> function.floats().apply(n, floats, 0, floats, 0));
        }
        double[] doubles = new double[n];
        float[] floats = new float[n];
        for (BlockCase.PairCase pair : BlockCase.pairs()) {
            calls.put(pair + " of doubles", () -> pair.doubles().apply(n, doubles, 0, doubles, 0, doubles, 0));
            calls.put(pair + " of floats", () -> pair.floats().apply(n, floats, 0, floats, 0, floats, 0));
        }
        calls.put("less of doubles", () -> BlockMath.less(n, doubles, 0, doubles, 0, doubles, 0));
        calls.put("less of floats", () -> BlockMath.less(n, floats, 0, floats, 0, floats, 0));
        calls.put("equal of doubles", () -> BlockMath.equal(n, doubles, 0, doubles, 0, doubles, 0));
        calls.put("equal of floats", () -> BlockMath.equal(n, floats, 0, floats, 0, floats, 0));
        calls.put("select of doubles", () -> BlockMath.select(n, doubles, 0, doubles, 0, doubles, 0, doubles, 0));
        calls.put("select of floats", () -> BlockMath.select(n, floats, 0, floats, 0, floats, 0, floats, 0));
        return calls;
    }

    /** What the calls allocate, in bytes. */
    private static long repeat(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
