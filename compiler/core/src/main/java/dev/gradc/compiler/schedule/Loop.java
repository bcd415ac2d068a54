package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Dim;
import java.util.List;

/**
 * A counted loop.
 *
 * @param depth how many loops stand around it: the axis that its variable runs over in each statement below
 * @param extent how often it runs
 * @param accumulating statements below whose accumulation starts with this loop
 * @param body what it repeats
 * @param carries what it carries from one iteration to the next
 */
public record Loop(int depth, Dim extent, List<Statement> accumulating, List<Item> body, List<Carry> carries)
        implements Item {
    public Loop {
        accumulating = List.copyOf(accumulating);
        body = List.copyOf(body);
        carries = List.copyOf(carries);
    }
}
