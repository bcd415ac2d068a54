package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Program.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds when what a program has in memory is written first and read last. */
final class Lives {

    private Lives() {}

    /**
     * The life of each node with memory of its own, in the order of their definition.
     *
     * @param methods the program's items
     * @param memory what it has in memory
     * @param places what lives in a part of another node's memory
     * @param reads what the items read
     */
    static Map<Node, Life> of(List<List<Item>> methods, Set<Node> memory, Map<Node, Place> places, Reads reads) {
        Map<Node, Life> lives = new LinkedHashMap<>();
        int time = 0;
        for (List<Item> method : methods) {
            for (Item item : method) {
                int now = time++;
                for (Node node : written(item, memory)) {
                    lives.merge(Place.of(node, places).base(), new Life(now, now), Life::join);
                }
                for (Reads.Read read : reads.of(item)) {
                    Node base = Place.of(read.source(), places).base();
                    Life life = lives.get(base);
                    if (life != null && life.last() < now) {
                        lives.put(base, new Life(life.first(), now));
                    }
                }
            }
        }
        return lives;
    }

    /** The nodes in memory that {@code item} writes, in the steps of a recurrence, too. */
    private static List<Node> written(Item item, Set<Node> memory) {
        List<Node> written = new ArrayList<>();
        for (Node node : Items.defined(item)) {
            if (memory.contains(node)) {
                written.add(node);
            }
        }
        if (item instanceof Recurrence recurrence) {
            Program step = recurrence.step();
            for (Item inner : step.items()) {
                written(inner, step.memory())
                        .forEach(node ->
                                written.add(Place.of(node, step.places()).base()));
            }
            written.addAll(recurrence.body().states());
        }
        return written;
    }
}
