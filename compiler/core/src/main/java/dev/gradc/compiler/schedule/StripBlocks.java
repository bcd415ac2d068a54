package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.schedule.Strip.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Gives blocks to the values of a strip, each from the phase that makes it to the last that reads it. */
final class StripBlocks {

    private final Map<ElementType, TreeSet<Integer>> free = new HashMap<>();
    private final Map<ElementType, Integer> made = new HashMap<>();
    private final Map<Block, Integer> lasts = new HashMap<>();

    /** The blocks that were to end in each phase; {@link #lasts} says of which that still holds. */
    private final Map<Integer, List<Block>> ending = new HashMap<>();

    /** A block that is needed until the end of phase {@code last}. */
    Block take(ElementType element, int last) {
        Integer number = free.computeIfAbsent(element, e -> new TreeSet<>()).pollFirst();
        Block block = new Block(element, number == null ? made.merge(element, 1, Integer::sum) : number);
        keep(block, last);
        return block;
    }

    /** {@code block} is needed until the end of phase {@code last} instead. */
    void extend(Block block, int last) {
        keep(block, last);
    }

    private void keep(Block block, int last) {
        lasts.put(block, last);
        ending.computeIfAbsent(last, phase -> new ArrayList<>()).add(block);
    }

    /** The end of {@code phase}. */
    void end(int phase) {
        for (Block block : ending.getOrDefault(phase, List.of())) {
            if (lasts.get(block) == phase) {
                free.computeIfAbsent(block.element(), e -> new TreeSet<>()).add(block.number());
            }
        }
    }
}
