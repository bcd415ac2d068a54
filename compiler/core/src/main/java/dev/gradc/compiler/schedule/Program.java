package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Set;

/**
 * What is executed, in order.
 *
 * @param methods items, grouped into methods below the size that HotSpot compiles
 * @param roots the nodes with a place of their own, in this program or before it
 * @param memory the roots that live in memory; the others are local variables
 * @param locals the roots that are read as local variables, whether or not they are in memory, too
 */
public record Program(List<List<Item>> methods, Set<Node> roots, Set<Node> memory, Set<Node> locals) {
    public Program {
        methods = methods.stream().map(List::copyOf).toList();
    }

    /** All items in order. */
    public List<Item> items() {
        return methods.stream().flatMap(List::stream).toList();
    }
}
