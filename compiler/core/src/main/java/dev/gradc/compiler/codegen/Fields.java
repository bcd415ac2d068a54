package dev.gradc.compiler.codegen;

import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.schedule.Program;
import dev.gradc.compiler.schedule.Workspace;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which nodes live in fields of the generated class, and what the fields are called. */
final class Fields {

    private final ModelPlan plan;
    private final Naming naming;
    private final Set<Node> nodes = new LinkedHashSet<>();
    private final Map<Node, Integer> shared = new HashMap<>();
    private final Map<String, Dim> gradientOffsets;

    Fields(ModelPlan plan, Naming naming) {
        this.plan = plan;
        this.naming = naming;
        this.gradientOffsets = plan.gradientOffsets();
        for (Program program : plan.programs()) {
            nodes.addAll(program.owners());
        }
        for (Workspace.Buffer buffer : plan.buffers().values()) {
            if (buffer.occupants().size() > 1) {
                shared.putIfAbsent(buffer.occupants().get(0), shared.size() + 1);
            }
        }
    }

    /** The nodes that live in a field, or in a part of one. */
    Set<Node> nodes() {
        return Collections.unmodifiableSet(nodes);
    }

    boolean contains(Node node) {
        return nodes.contains(node);
    }

    /** The field that holds {@code node}: its own, or the array it shares. */
    String name(Node node) {
        Workspace.Buffer buffer = plan.buffers().get(node);
        if (buffer == null || buffer.occupants().size() == 1) {
            return naming.of(node);
        }
        Node first = buffer.occupants().get(0);
        return naming.named(first.id() + "#shared", "work" + shared.get(first));
    }

    /** Where the gradient by {@code variable} starts in the flat gradient. */
    Dim gradientOffset(String variable) {
        return gradientOffsets.get(variable);
    }
}
