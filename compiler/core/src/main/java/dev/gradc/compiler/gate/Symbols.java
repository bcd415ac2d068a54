package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Dim symbols that stand for a loop's index, in the attributes of nodes. */
public final class Symbols {

    private Symbols() {}

    /** Whether {@code node}'s own attribute depends on {@code symbol}; its inputs are not looked at. */
    public static boolean mentions(Node node, String symbol) {
        return node.attribute() instanceof Scan.Result result
                ? mentions(result, symbol)
                : of(node.attribute()).contains(symbol);
    }

    /** Whether a loop in the loop of {@code symbol} looks at it; one with the same symbol means its own. */
    private static boolean mentions(Scan.Result result, String symbol) {
        return loops(result).contains(symbol)
                && Graph.reachable(roots(result), node -> node.loops().contains(symbol)).stream()
                        .anyMatch(node -> mentions(node, symbol));
    }

    private static List<Node> roots(Scan.Result result) {
        List<Node> roots = new ArrayList<>(result.body().next());
        if (result instanceof Scan.Sequence sequence) {
            roots.add(sequence.node());
        }
        return roots;
    }

    /**
     * The loops that what {@code attribute} belongs to may change in: those whose index it mentions, and that whose
     * variable it is, by the symbol in the variable's name.
     */
    static Set<String> loops(Attribute attribute) {
        if (attribute instanceof Leaf.Variable variable) {
            int mark = variable.name().indexOf(Custom.placeholder(""));
            return mark < 0
                    ? Set.of()
                    : Set.of(variable.name().substring(mark + 1).replaceAll("'.*", ""));
        } else if (attribute instanceof Scan.Result result) {
            Set<String> loops = new HashSet<>();
            roots(result).forEach(root -> loops.addAll(root.loops()));
            loops.remove(result.body().symbol());
            return loops;
        }
        return of(attribute);
    }

    /** The symbols in {@code attribute}, which is no loop's: dims, and indices of loops. */
    private static Set<String> of(Attribute attribute) {
        if (attribute instanceof Leaf.Extent extent) {
            return extent.dim().symbols();
        } else if (attribute instanceof IndexMap map) {
            return of(List.of(map));
        } else if (attribute instanceof Gather.Selection selection) {
            return of(List.of(selection.map()));
        } else if (attribute instanceof Scatter.Target target) {
            return of(
                    target.parts().stream().map(part -> part.selection().map()).toList());
        }
        return attribute instanceof Pack.Target target ? of(target.maps()) : Set.of();
    }

    private static Set<String> of(List<IndexMap> maps) {
        Set<String> symbols = Set.of();
        for (IndexMap map : maps) {
            for (Affine source : map.sources()) {
                if (source.offset().constant().isEmpty()) {
                    symbols = new HashSet<>(symbols);
                    symbols.addAll(source.offset().symbols());
                }
            }
        }
        return symbols;
    }
}
