package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Reads.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts statements into loops over lanes that are small enough for vectors, see {@link Vectors}. */
final class LaneLoops {

    /** A loop under way. */
    private static final class Room {
        private final Set<Read> arrays = new HashSet<>();
        private int operations;

        /** Whether it takes {@code more} arrays, some of which it may have, and operations; an empty one takes any. */
        private boolean takes(List<Read> more, int operationsMore, int capacity) {
            int left = capacity - Pieces.ARRAY * arrays.size() - operations - operationsMore;
            for (int i = 0; i < more.size() && left >= 0; i++) {
                left -= arrays.contains(more.get(i)) ? 0 : Pieces.ARRAY;
            }
            return left >= 0 || arrays.isEmpty();
        }
    }

    private final int capacity;
    private final List<Room> rooms = new ArrayList<>();

    /** The first loop in which a node can be read. */
    private final Map<Node, Integer> places = new HashMap<>();

    LaneLoops(Vectors vectors) {
        this.capacity = vectors.capacity;
    }

    /**
     * The number of the first loop that has room for {@code statement} and in which what it reads is there. What lands in
     * memory is there behind the loop that writes it: for those that read it, and for the next part of the same scatter,
     * which may meet it.
     *
     * @param reads what it reads, none of it twice
     * @param operations how many it is made of
     */
    int add(Statement statement, List<Read> reads, int operations) {
        int first = places.getOrDefault(statement.node(), 0);
        for (Read read : reads) {
            first = Math.max(first, places.getOrDefault(read.source(), 0));
        }
        List<Read> arrays = new ArrayList<>(reads);
        Read written = new Read(statement.node(), statement.outputIndex());
        if (!arrays.contains(written)) {
            arrays.add(written);
        }
        for (int i = first; ; i++) {
            if (i == rooms.size()) {
                rooms.add(new Room());
            }
            Room room = rooms.get(i);
            if (room.takes(arrays, operations, capacity)) {
                room.arrays.addAll(arrays);
                room.operations += operations;
                places.put(statement.node(), StripPlan.isScatter(statement) ? i + 1 : i);
                return i;
            }
        }
    }

    /** The number of loops. */
    int count() {
        return rooms.size();
    }
}
