package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Node;
import java.util.List;

/** Questions about items. */
final class Items {

    private Items() {}

    /** The nodes that {@code item} leaves a value of. */
    static List<Node> defined(Item item) {
        if (item instanceof Statement statement) {
            return List.of(statement.node());
        } else if (item instanceof Fill fill) {
            return List.of(fill.node());
        } else if (item instanceof KernelCall call) {
            return List.of(call.node());
        } else if (item instanceof Recurrence recurrence) {
            return recurrence.defined();
        }
        return ((Loop) item)
                .body().stream().flatMap(inner -> defined(inner).stream()).toList();
    }
}
