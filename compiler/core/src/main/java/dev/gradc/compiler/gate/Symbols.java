package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;

/** Dim symbols that stand for a loop's index, in the attributes of nodes. */
public final class Symbols {

    private Symbols() {}

    /** Whether {@code node}'s own attribute depends on {@code symbol}; its inputs are not looked at. */
    public static boolean mentions(Node node, String symbol) {
        Attribute attribute = node.attribute();
        if (attribute instanceof Leaf.Extent extent) {
            return extent.dim().degreeIn(symbol) > 0;
        } else if (attribute instanceof IndexMap map) {
            return mentions(map, symbol);
        } else if (attribute instanceof Gather.Selection selection) {
            return mentions(selection.map(), symbol);
        } else if (attribute instanceof Scatter.Target target) {
            return mentions(target.map(), symbol);
        } else if (attribute instanceof Pack.Target target) {
            return target.maps().stream().anyMatch(map -> mentions(map, symbol));
        }
        return attribute instanceof Scan.Result result && mentions(result, symbol);
    }

    /** Whether a loop in the loop of {@code symbol} looks at it; one with the same symbol means its own. */
    private static boolean mentions(Scan.Result result, String symbol) {
        if (result.body().symbol().equals(symbol)) {
            return false;
        }
        List<Node> roots = new ArrayList<>(result.body().next());
        if (result instanceof Scan.Sequence sequence) {
            roots.add(sequence.node());
        }
        return Graph.reachable(roots).stream().anyMatch(node -> mentions(node, symbol));
    }

    private static boolean mentions(IndexMap map, String symbol) {
        return map.sources().stream().anyMatch(source -> source.offset().degreeIn(symbol) > 0);
    }
}
