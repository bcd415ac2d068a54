package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Dim;
import java.util.List;
import java.util.Optional;

/**
 * A counted loop.
 *
 * @param depth how many loops stand around it: the axis that its variable runs over in each statement below
 * @param extent how often it runs
 * @param accumulating statements below whose accumulation starts with this loop
 * @param body what it repeats
 * @param carries what it carries from one iteration to the next
 * @param strip the strips in which it runs; empty where it does so iteration by iteration
 */
public record Loop(
        int depth,
        Dim extent,
        List<Statement> accumulating,
        List<Item> body,
        List<Carry> carries,
        Optional<Strip> strip)
        implements Item {
    public Loop {
        accumulating = List.copyOf(accumulating);
        body = List.copyOf(body);
        carries = List.copyOf(carries);
    }

    Loop(int depth, Dim extent, List<Statement> accumulating, List<Item> body) {
        this(depth, extent, accumulating, body, List.of(), Optional.empty());
    }

    /** With another body, which computes less of the same. */
    public Loop with(List<Item> others) {
        return new Loop(depth, extent, accumulating, others, carries, strip);
    }
}
