package dev.gradc.compiler.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What a mistyped name may have meant. */
public final class Suggestions {

    private static final int LONGEST = 100;

    private Suggestions() {}

    /**
     * The candidate nearest to {@code name} by edit distance, the first of equals; empty where none is near: more than a
     * third of the name's length (at least one edit) away.
     */
    public static Optional<String> closest(String name, Collection<String> candidates) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        int best = Math.max(1, name.length() / 3) + 1;
        Optional<String> closest = Optional.empty();
        for (String candidate : candidates) {
            boolean comparable = candidate.length() <= LONGEST && !candidate.equals(name);
            int distance = comparable ? distance(name, candidate) : best;
            if (distance < best) {
                best = distance;
                closest = Optional.of(candidate);
            }
        }
        return closest;
    }

    /** Edits (insert, delete, replace, swap of neighbours) from one to the other; a change of case only is one. */
    private static int distance(String left, String right) {
        if (left.toLowerCase(Locale.ROOT).equals(right.toLowerCase(Locale.ROOT))) {
            return 1;
        }
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cheapest(int[][] cost, String left, String right, int i, int j) {
        int replace = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
