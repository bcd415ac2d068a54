package dev.gradc.compiler.explain;

import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What values are called on the board; no name stands for two. */
final class Names {

    private static final List<String> INDICES = List.of("ijklmnpqruvwabcdefgh".split(""));

    private final Map<Node, String> names = new HashMap<>();
    private final Set<String> used;
    private int temporaries;

    /** @param reserved names that are no value's */
    Names(Collection<String> reserved) {
        used = new HashSet<>(reserved);
    }

    /** Keeps {@code name} from values that have none yet. */
    void reserve(String name) {
        used.add(name);
    }

    Optional<String> of(Node node) {
        return Optional.ofNullable(names.get(node));
    }

    /** Calls {@code node} exactly {@code name}, unless it has a name. */
    void put(Node node, String name) {
        names.putIfAbsent(node, name);
        used.add(name);
    }

    /** Calls {@code node} {@code name}, or like it where that is taken, unless it has a name. */
    String suggest(Node node, String name) {
        return names.computeIfAbsent(node, n -> unique(name));
    }

    /** {@code name}, or where that is taken with a number behind it. */
    String unique(String name) {
        String free = name;
        for (int number = 2; !used.add(free); number++) {
            free = name + "_" + number;
        }
        return free;
    }

    /** The name of {@code node}, or a new one: t1, t2 and so on. */
    String orTemporary(Node node) {
        String known = names.get(node);
        if (known != null) {
            return known;
        }
        String name;
        do {
            name = "t" + ++temporaries;
        } while (!used.add(name));
        names.put(node, name);
        return name;
    }

    /** Names for indices, none of which is a value's. */
    List<String> indices() {
        List<String> indices = new ArrayList<>();
        for (int round = 0; indices.size() < 100; round++) {
            for (String letter : INDICES) {
                String index = round == 0 ? letter : letter + "_" + round;
                if (!used.contains(index)) {
                    indices.add(index);
                }
            }
        }
        return indices;
    }
}
