package dev.gradc.compiler.ir;

import java.util.Collection;
import java.util.List;

/**
 * What a pass over a graph looks at.
 *
 * @param roots where it starts, one or several times each
 * @param nodes the nodes that the roots reach, themselves included, in topological order
 */
public record Reached(List<Node> roots, List<Node> nodes) {

    /** What {@code roots} reach. */
    public static Reached by(Collection<Node> roots) {
        return new Reached(List.copyOf(roots), Graph.reachable(roots));
    }
}
