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
     * @param operations how many it is made of
     */
    int add(Statement statement, List<Read> reads, int operations) {
        int first = reads.stream()
                .mapToInt(read -> places.getOrDefault(read.source(), 0))
                .reduce(places.getOrDefault(statement.node(), 0), Math::max);
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
