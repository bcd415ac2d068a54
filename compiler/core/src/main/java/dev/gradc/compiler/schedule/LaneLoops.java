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
    }

    private final int capacity;
    private final List<Room> rooms = new ArrayList<>();
    private final Map<Node, Integer> places = new HashMap<>();

    LaneLoops(Vectors vectors) {
        this.capacity = vectors.capacity;
    }

    /**
     * The number of the first loop that has room for {@code statement} and in which what it reads is there; for a part of a
     * scatter one behind that of the part before, which it may meet in memory.
     *
     * @param operations how many it is made of
     */
    int add(Statement statement, List<Read> reads, int operations) {
        int first = reads.stream()
                .mapToInt(read -> places.getOrDefault(read.source(), 0))
                .max()
                .orElse(0);
        Integer before = places.get(statement.node());
        if (before != null) {
            first = Math.max(first, before + 1);
        }
        Set<Read> arrays = new HashSet<>(reads);
        arrays.add(new Read(statement.node(), statement.outputIndex()));
        for (int i = first; ; i++) {
            if (i == rooms.size()) {
                rooms.add(new Room());
            }
            Room room = rooms.get(i);
            int more = 0;
            for (Read array : arrays) {
                more += room.arrays.contains(array) ? 0 : 1;
            }
            int nodes = Pieces.ARRAY * (room.arrays.size() + more) + room.operations + operations;
            if (nodes <= capacity || room.arrays.isEmpty()) {
                room.arrays.addAll(arrays);
                room.operations += operations;
                places.put(statement.node(), i);
                return i;
            }
        }
    }

    /** The number of loops. */
    int count() {
        return rooms.size();
    }
}
