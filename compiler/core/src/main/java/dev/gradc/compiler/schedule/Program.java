package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Sequences;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is executed, in order.
 *
 * @param methods items, grouped into methods below the size that HotSpot compiles
 * @param roots the nodes with a place of their own, in this program or before it
 * @param memory the roots that live in memory; the others are local variables
 * @param locals the roots that are read as local variables, whether or not they are in memory, too
 * @param slices the tensors in memory of which there is one slice at a time, at the iteration of an outermost loop
 * @param places the nodes of this program that live in a part of another node's memory
 * @param lives when the others are in memory, in the order of their definition
 */
public record Program(
        List<List<Item>> methods,
        Set<Node> roots,
        Set<Node> memory,
        Set<Node> locals,
        Set<Node> slices,
        Map<Node, Place> places,
        Map<Node, Life> lives) {

    /** A part of the memory of {@code base}, from {@code offset} on. */
    public record Place(Node base, Dim offset) {

        /** Where {@code node} begins in the memory that it lives in, whether its own, a part, or a part of a part. */
        public static Place of(Node node, Map<Node, Place> places) {
            Place place = new Place(node, Dim.ZERO);
            for (Place outer = places.get(node); outer != null; outer = places.get(place.base())) {
                place = new Place(outer.base(), outer.offset().plus(place.offset()));
            }
            return place;
        }
    }

    public Program {
        methods = methods.stream().map(List::copyOf).toList();
        places = Map.copyOf(places);
    }

    /** With other items, which compute the same. */
    Program with(List<List<Item>> others) {
        return new Program(others, roots, memory, locals, slices, places, lives);
    }

    /** Whether {@code item} gives a tensor another shape where it is, so that there is nothing to do. */
    public boolean isInPlace(Item item) {
        return item instanceof KernelCall call
                && call.node().is(Sequences.RESHAPE)
                && Place.of(call.node(), places).equals(Place.of(call.node().input(0), places));
    }

    /** All items in order. */
    public List<Item> items() {
        return methods.stream().flatMap(List::stream).toList();
    }

    /** The loops of recurrences in it, those in their steps among them, outer ones first. */
    public List<Recurrence> recurrences() {
        List<Recurrence> recurrences = new ArrayList<>();
        for (Item item : items()) {
            if (item instanceof Recurrence recurrence) {
                recurrences.add(recurrence);
                recurrences.addAll(recurrence.step().recurrences());
            }
        }
        return recurrences;
    }

    /** The blocks of all strips, those in the steps of recurrences among them, in the order of their first use. */
    public Set<Strip.Block> blocks() {
        Set<Strip.Block> blocks = new LinkedHashSet<>();
        addBlocks(items(), blocks);
        recurrences().forEach(recurrence -> addBlocks(recurrence.step().items(), blocks));
        return blocks;
    }

    private static void addBlocks(List<Item> items, Set<Strip.Block> blocks) {
        for (Item item : items) {
            if (item instanceof Loop loop) {
                loop.strip().ifPresent(strip -> strip.addBlocks(blocks));
                addBlocks(loop.body(), blocks);
            }
        }
    }

    /** The number of methods, those of the steps of recurrences among them. */
    public int methodCount() {
        return methods.size()
                + recurrences().stream()
                        .mapToInt(recurrence -> recurrence.step().methods().size())
                        .sum();
    }

    /** The values it reads and does not compute. */
    public Set<Node> reads() {
        Reads reads = new Reads(roots);
        Set<Node> sources = new LinkedHashSet<>();
        items().forEach(item -> reads.of(item).forEach(read -> sources.add(read.source())));
        items().forEach(item -> Items.defined(item).forEach(sources::remove));
        return sources;
    }

    /** The estimated size of the largest method, those of the steps of recurrences among them, in bytes of bytecode. */
    public int largestMethod() {
        int largest = recurrences().stream()
                .mapToInt(recurrence -> recurrence.step().largestMethod())
                .max()
                .orElse(0);
        for (List<Item> method : methods) {
            int weight =
                    method.stream().mapToInt(item -> Weights.of(item, roots)).sum();
            largest = Math.max(largest, weight);
        }
        return largest;
    }

    /** The nodes with memory of their own, in this program and in the steps of its recurrences. */
    public Set<Node> owners() {
        Set<Node> owners = new LinkedHashSet<>(memory);
        owners.removeAll(places.keySet());
        for (Recurrence recurrence : recurrences()) {
            Program step = recurrence.step();
            step.memory().stream()
                    .filter(node -> !step.places().containsKey(node))
                    .forEach(owners::add);
        }
        return owners;
    }
}
