package dev.gradc.compiler.codegen;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.schedule.Loop;
import dev.gradc.compiler.schedule.Strip;

/**
 * The names that one strip of a loop goes by.
 *
 * @param depth the loop's depth
 * @param extent how often the loop runs
 * @param times the same in Java
 * @param index the loop's variable
 * @param start its first value in the strip
 * @param end the value after its last
 */
record StripBounds(int depth, Dim extent, String times, String index, String start, String end) {

    /** Vectors have a power of two of lanes, at most as many. */
    private static final int MOST_LANES = 64;

    /** The names for {@code loop}, whose variable runs {@code times}. */
    static StripBounds of(Loop loop, String times, Naming naming) {
        String index = naming.loop(loop.depth());
        boolean isShort = loop.extent().constant().orElse(Long.MAX_VALUE) <= Strip.LENGTH;
        if (isShort || loop.strip().orElseThrow().isWhole()) {
            return new StripBounds(loop.depth(), loop.extent(), times, index, "0", times);
        }
        String start = naming.named("strip start" + loop.depth(), index + "Start");
        String end = naming.named("strip end" + loop.depth(), index + "End");
        return new StripBounds(loop.depth(), loop.extent(), times, index, start, end);
    }

    /** Whether there is but one strip. */
    boolean isOne() {
        return start.equals("0");
    }

    /** The number of iterations. */
    String count() {
        return isOne() ? end : end + " - " + start;
    }

    /** The iteration's place in the strip. */
    String position() {
        return isOne() ? index : index + " - " + start;
    }

    /** Whether vectors take all iterations, whatever their length. */
    boolean areInVectors() {
        return extent.constant().orElse(1) % MOST_LANES == 0;
    }
}
