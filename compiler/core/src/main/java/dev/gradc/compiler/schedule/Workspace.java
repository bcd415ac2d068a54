package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The arrays of a generated class: tensors whose lifetimes never meet share one. Lifetimes count in top-level items of
 * each program; what must persist lives while all programs of its sequence run.
 */
public final class Workspace {

    /** An array and the nodes that live in it, in order of their definition. */
    public record Buffer(ElementType element, Dim size, List<Node> occupants) {}

    /** What arrays must have in common to be one. */
    private record Kind(ElementType element, Dim size) {}

    /** A buffer, and for each program when it is taken: the first item to the last, spans that never meet. */
    private static final class Taken {
        private final Buffer buffer;
        private final List<NavigableMap<Integer, Integer>> spans = new ArrayList<>();

        /** The last span's first item, for each program, and its last: most of what is asked follows from them. */
        private final int[] firsts;

        private final int[] lasts;

        private Taken(Buffer buffer, int programs) {
            this.buffer = buffer;
            this.firsts = new int[programs];
            this.lasts = new int[programs];
            for (int i = 0; i < programs; i++) {
                spans.add(new TreeMap<>());
                firsts[i] = Life.NEVER.first();
                lasts[i] = Life.NEVER.last();
            }
        }

        private void take(int program, Life life) {
            spans.get(program).put(life.first(), life.last());
            if (life.first() >= firsts[program]) {
                firsts[program] = life.first();
                lasts[program] = life.last();
            }
        }

        /** @param lives when a node is in memory, for each program; null where it never is */
        private boolean isFree(Life[] lives) {
            for (int i = lives.length - 1; i >= 0; i--) {
                if (lives[i] != null && !isFree(i, lives[i])) {
                    return false;
                }
            }
            return true;
        }

        private boolean isFree(int program, Life life) {
            if (life.last() >= firsts[program]) {
                return life.first() > lasts[program];
            }
            Map.Entry<Integer, Integer> before = spans.get(program).floorEntry(life.last());
            return before == null || before.getValue() < life.first();
        }
    }

    private static final int MOST_FIELDS = 250;

    /** The most arrays that are tried for a node, the last ones, before it gets one of its own. */
    private static final int MOST_CANDIDATES = 256;

    /** For each program the lives of what is in memory while it runs. */
    private final List<Map<Node, Life>> programs = new ArrayList<>();

    /** For each kind and each program the buffers that are not taken forever there, in the order they were opened. */
    private final Map<Kind, List<List<Taken>>> open = new HashMap<>();

    private final Map<Node, Buffer> buffers = new LinkedHashMap<>();

    /** The tensors of which no program has more than a slice along the first axis in memory. */
    private final Set<Node> slices = new HashSet<>();

    private Workspace() {}

    /**
     * Plans the arrays for {@code sequences} of programs that use the same instance's memory.
     *
     * @param persistent nodes that last as long as the sequence of programs that they are in
     * @param alone nodes that last whatever is called
     * @param elsewhere nodes that live in other memory
     */
    public static Map<Node, Buffer> plan(
            List<List<Program>> sequences, Set<Node> persistent, Set<Node> alone, Set<Node> elsewhere) {
        Workspace workspace = new Workspace();
        workspace.findSlices(sequences.stream().flatMap(List::stream).toList());
        for (List<Program> sequence : sequences) {
            Map<Node, Life> lasting = new LinkedHashMap<>();
            for (Program program : sequence) {
                Map<Node, Life> lives = new LinkedHashMap<>(program.lives());
                lives.keySet().stream().filter(persistent::contains).forEach(node -> lasting.put(node, Life.FOREVER));
                lives.putAll(lasting);
                workspace.programs.add(lives);
            }
        }
        workspace.programs.forEach(lives -> alone.forEach(node -> lives.put(node, Life.FOREVER)));
        for (Map<Node, Life> lives : workspace.programs) {
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

    private void findSlices(List<Program> all) {
        List<Program> programs = new ArrayList<>(all);
        all.forEach(program -> program.recurrences().forEach(recurrence -> programs.add(recurrence.step())));
        programs.forEach(program -> slices.addAll(program.slices()));
        programs.forEach(program -> program.memory().stream()
                .filter(node -> !program.slices().contains(node))
                .forEach(slices::remove));
    }

    private Dim size(Node node) {
        return slices.contains(node)
                ? node.shape().without(List.of(0)).size()
                : node.shape().size();
    }

    private void place(Node node) {
        if (buffers.containsKey(node)) {
            return;
        }
        Kind kind = new Kind(node.type().element(), size(node));
        List<List<Taken>> byProgram = open.computeIfAbsent(
                kind,
                k -> programs.stream()
                        .map(p -> (List<Taken>) new ArrayList<Taken>())
                        .toList());
        Life[] lives = programs.stream().map(program -> program.get(node)).toArray(Life[]::new);
        Taken free = free(candidates(node, byProgram), lives);
        if (free == null) {
            free = opened(kind, byProgram);
        }
        free.buffer.occupants().add(node);
        buffers.put(node, free.buffer);
        for (int i = 0; i < programs.size(); i++) {
            Life life = lives[i];
            if (life != null) {
                free.take(i, life);
            }
            if (Life.FOREVER.equals(life)) {
                byProgram.get(i).remove(byProgram.get(i).lastIndexOf(free));
            }
        }
    }

    /** The first of {@code candidates} that is free; null where none is. */
    private static Taken free(List<Taken> candidates, Life[] lives) {
        for (Taken candidate : candidates) {
            if (candidate.isFree(lives)) {
                return candidate;
            }
        }
        return null;
    }

    /** Buffers among which are all that may be free for {@code node}: those not taken forever in a program it lives in. */
    private List<Taken> candidates(Node node, List<List<Taken>> byProgram) {
        List<Taken> fewest = null;
        for (int i = 0; i < programs.size(); i++) {
            boolean isFewer = fewest == null || byProgram.get(i).size() < fewest.size();
            if (isFewer && programs.get(i).containsKey(node)) {
                fewest = byProgram.get(i);
            }
        }
        return fewest.subList(Math.max(0, fewest.size() - MOST_CANDIDATES), fewest.size());
    }

    private Taken opened(Kind kind, List<List<Taken>> byProgram) {
        Taken opened = new Taken(new Buffer(kind.element(), kind.size(), new ArrayList<>()), programs.size());
        byProgram.forEach(alike -> alike.add(opened));
        return opened;
    }
}
