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

    /** The longest loop that is written out, and the largest tensor that such loops run over. */
    private static final int LONGEST = 10;

    private static final int LARGEST = 128;

    public Loop {
        accumulating = List.copyOf(accumulating);
        body = List.copyOf(body);
        carries = List.copyOf(carries);
    }

    Loop(int depth, Dim extent, List<Statement> accumulating, List<Item> body) {
        this(depth, extent, accumulating, body, List.of(), Optional.empty());
    }

    /**
     * Whether it is a short one over rows of a small tensor, which is written out iteration by iteration: C2 (17) makes three
     * loops of each loop, and a small tensor's rows are spent on entering them. It sums up, or computes one value.
     */
    public boolean isWrittenOut() {
        return depth > 0
                && isShort(extent)
                && carries.isEmpty()
                && strip.isEmpty()
                && body.stream().allMatch(Loop::isOfSmallTensor)
                && (accumulating.equals(body) || (body.size() == 1 && !((Statement) body.get(0)).accumulates()));
    }

    private static boolean isOfSmallTensor(Item item) {
        return item instanceof Statement statement
                && (statement.isSum() || !statement.accumulates())
                && isSmall(statement.extents());
    }

    /** Whether a loop that runs so often may be written out. */
    static boolean isShort(Dim extent) {
        return iterations(extent) <= LONGEST;
    }

    /** Whether loops of {@code extents} in one another may be written out where they are short. */
    static boolean isSmall(List<Dim> extents) {
        return iterations(Dim.product(extents)) <= LARGEST;
    }

    private static long iterations(Dim extent) {
        return extent.constant().orElse(Long.MAX_VALUE);
    }

    /** How often it runs; many times where that is not known. */
    public long iterations() {
        return iterations(extent);
    }

    /** With another body, which computes less of the same. */
    public Loop with(List<Item> others) {
        return new Loop(depth, extent, accumulating, others, carries, strip);
    }
}
