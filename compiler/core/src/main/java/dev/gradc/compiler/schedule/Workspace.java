package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arrays of a generated class: tensors whose lifetimes never meet share one. Lifetimes count in top-level items of
 * each sequence of programs; what must persist is never shared.
 */
public final class Workspace {

    /** An array and the nodes that live in it, in order of their definition. */
    public record Buffer(ElementType element, Dim size, List<Node> occupants) {}

    private record Life(int first, int last) {
        Life join(Life other) {
            return new Life(Math.min(first, other.first), Math.max(last, other.last));
        }

        boolean meets(Life other) {
            return first <= other.last && other.first <= last;
        }
    }

    private static final int MOST_FIELDS = 250;

    private final List<Map<Node, Life>> sequences = new ArrayList<>();
    private final Map<Node, Buffer> buffers = new LinkedHashMap<>();

    private Workspace() {}

    /**
     * Plans the arrays for {@code sequences} of programs that use the same instance's memory.
     *
     * @param persistent nodes whose array is theirs alone
     * @param elsewhere nodes that live in other memory
     */
    public static Map<Node, Buffer> plan(List<List<Program>> sequences, Set<Node> persistent, Set<Node> elsewhere) {
        Workspace workspace = new Workspace();
        for (List<Program> sequence : sequences) {
            workspace.sequences.add(lives(sequence, persistent));
        }
        for (Map<Node, Life> lives : workspace.sequences) {
            for (Node node : lives.keySet()) {
                if (!elsewhere.contains(node) && !node.shape().isScalar()) {
                    workspace.place(node);
                }
            }
        }
        return workspace.buffers;
    }

    /**
     * Slots in one array for the scalars that programs hand from method to method, where they are too many to be fields
     * (a class may have some thousands).
     *
     * @param elsewhere scalars that live in other memory
     */
    public static Map<Node, Integer> slots(List<Program> programs, Set<Node> elsewhere) {
        Map<Node, Integer> slots = new LinkedHashMap<>();
        for (Program program : programs) {
            for (Node node : program.owners()) {
                if (node.shape().isScalar() && node.isReal() && !elsewhere.contains(node)) {
                    slots.putIfAbsent(node, slots.size());
                }
            }
        }
        return slots.size() > MOST_FIELDS ? slots : Map.of();
    }

    private void place(Node node) {
        if (buffers.containsKey(node)) {
            return;
        }
        ElementType element = node.type().element();
        Dim size = node.shape().size();
        for (Buffer buffer : buffers.values()) {
            boolean fits = buffer.element() == element && buffer.size().equals(size);
            if (fits && buffer.occupants().stream().noneMatch(other -> meet(node, other))) {
                buffer.occupants().add(node);
                buffers.put(node, buffer);
                return;
            }
        }
        buffers.put(node, new Buffer(element, size, new ArrayList<>(List.of(node))));
    }

    private boolean meet(Node left, Node right) {
        return sequences.stream()
                .anyMatch(lives -> lives.containsKey(left)
                        && lives.containsKey(right)
                        && lives.get(left).meets(lives.get(right)));
    }

    private static Map<Node, Life> lives(List<Program> sequence, Set<Node> persistent) {
        Map<Node, Life> lives = new LinkedHashMap<>();
        int time = 0;
        for (Program program : sequence) {
            Reads reads = new Reads(program.roots());
            for (Item item : program.items()) {
                int now = time++;
                for (Node node : memoryOf(item, program)) {
                    Node base = base(node, program);
                    Life life = persistent.contains(base) ? new Life(-1, Integer.MAX_VALUE) : new Life(now, now);
                    lives.merge(base, life, Life::join);
                }
                for (Reads.Read read : reads.of(item)) {
                    lives.computeIfPresent(
                            base(read.source(), program),
                            (node, life) -> new Life(life.first(), Math.max(life.last(), now)));
                }
            }
        }
        return lives;
    }

    /** The nodes in memory that {@code item} writes, in the steps of a recurrence, too. */
    private static List<Node> memoryOf(Item item, Program program) {
        List<Node> written = new ArrayList<>();
        Items.defined(item).stream().filter(program.memory()::contains).forEach(written::add);
        if (item instanceof Recurrence recurrence) {
            Program step = recurrence.step();
            step.items()
                    .forEach(inner -> memoryOf(inner, step).stream()
                            .map(node -> base(node, step))
                            .forEach(written::add));
            written.addAll(recurrence.body().states());
        }
        return written;
    }

    private static Node base(Node node, Program program) {
        Program.Place place = program.places().get(node);
        return place == null ? node : place.base();
    }
}
