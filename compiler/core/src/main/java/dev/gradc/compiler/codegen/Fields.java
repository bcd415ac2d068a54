package dev.gradc.compiler.codegen;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeMap;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Workspace;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which nodes live in fields of the generated class, and what the fields are called. */
final class Fields {

    /** The most arrays of one class, each some entries of its constant pool and some bytes of its constructor. */
    private static final int MOST_ARRAYS = 400;

    /** The most nodes that the documentation of an array lists. */
    private static final int MOST_LISTED = 16;

    private final ModelPlan plan;
    private final Naming naming;
    private final Set<Node> nodes = new LinkedHashSet<>();
    private final Map<Node, Integer> shared = new HashMap<>();
    private final Map<Node, String> names = new NodeMap<>();

    /** The first occupants of arrays that live in objects of their own, where arrays are many, with that object's number. */
    private final Map<Node, Integer> groups = new HashMap<>();

    /** The names of arrays that change places. */
    private final Set<String> exchanged = new HashSet<>();

    /** Gives them their names. */
    Fields(ModelPlan plan, Naming naming) {
        this.plan = plan;
        this.naming = naming;
        for (Program program : plan.programs()) {
            nodes.addAll(program.owners());
        }
        Set<Node> arrays = new LinkedHashSet<>();
        for (Workspace.Buffer buffer : plan.buffers().values()) {
            Node first = buffer.occupants().get(0);
            arrays.add(first);
            if (buffer.occupants().size() > 1) {
                shared.putIfAbsent(first, shared.size() + 1);
            }
        }
        if (arrays.size() > MOST_ARRAYS) {
            plan.outputs().forEach(arrays::remove);
            plan.derived().forEach(derived -> derived.results().forEach(arrays::remove));
            arrays.forEach(first -> groups.put(first, groups.size() / MOST_ARRAYS));
        }
        List<Node> stored = nodes.stream()
                .filter(node ->
                        !plan.gradients().containsKey(node) && !plan.slots().containsKey(node))
                .toList();
        stored.stream().filter(this::isListed).forEach(naming::of);
        stored.forEach(node -> names.put(node, found(node)));
        plan.programs().stream()
                .flatMap(program -> program.recurrences().stream())
                .forEach(recurrence -> recurrence.next().forEach(this::exchange));
    }

    private void exchange(Node state, Node next) {
        if (isExchanged(state, next)) {
            exchanged.add(name(state));
            exchanged.add(name(next));
        }
    }

    /**
     * Whether the arrays of {@code state} and of its {@code next} value change places after a step, so that nothing is copied:
     * each is alone in its array while the loop runs, and the next step computes all that it reads of the old state.
     */
    boolean isExchanged(Node state, Node next) {
        Workspace.Buffer of = plan.buffers().get(state);
        Workspace.Buffer other = plan.buffers().get(next);
        return of != null
                && other != null
                && of.size().equals(other.size())
                && !name(state).equals(name(next));
    }

    /** Whether the field called {@code name} changes its array. */
    boolean isExchanged(String name) {
        return exchanged.contains(name);
    }

    private boolean isListed(Node node) {
        Workspace.Buffer buffer = plan.buffers().get(node);
        return buffer == null
                || buffer.occupants().size() <= MOST_LISTED
                || listed(buffer).contains(node);
    }

    /** The nodes that live in {@code buffer}, the first of them where they are many, which have names. */
    static List<Node> listed(Workspace.Buffer buffer) {
        List<Node> all = buffer.occupants();
        return all.subList(0, Math.min(MOST_LISTED, all.size()));
    }

    /** The number of objects that hold arrays. */
    int groups() {
        return (groups.size() + MOST_ARRAYS - 1) / MOST_ARRAYS;
    }

    /** The number of the object that holds {@code buffer}; empty where a field of the class itself does. */
    Optional<Integer> group(Workspace.Buffer buffer) {
        return Optional.ofNullable(groups.get(buffer.occupants().get(0)));
    }

    /** The field with the object that holds arrays and has {@code number}. */
    String groupName(int number) {
        return naming.named("#arrays" + number, "arrays" + (number + 1));
    }

    /** The nodes that live in a field, or in a part of one. */
    Set<Node> nodes() {
        return Collections.unmodifiableSet(nodes);
    }

    boolean contains(Node node) {
        return nodes.contains(node);
    }

    /** The field that holds {@code node}: its own, or the array it shares; behind the object's that has the field. */
    String name(Node node) {
        return Objects.requireNonNull(names.get(node));
    }

    private String found(Node node) {
        Workspace.Buffer buffer = plan.buffers().get(node);
        if (buffer == null) {
            return naming.of(node);
        }
        Node first = buffer.occupants().get(0);
        String own = buffer.occupants().size() == 1
                ? naming.of(node)
                : naming.named(first.id() + "#shared", "work" + shared.get(first));
        return group(buffer).map(number -> groupName(number) + ".").orElse("") + own;
    }

    /** Where the gradient by {@code variable} starts in the flat gradient. */
    Dim gradientOffset(String variable) {
        return plan.gradientOffsets().get(variable);
    }
}
