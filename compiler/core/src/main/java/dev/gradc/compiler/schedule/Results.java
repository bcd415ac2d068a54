package dev.gradc.compiler.schedule;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.NodeMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a program has to leave behind, each in a node of its own.
 *
 * @param outputs one node for each output
 * @param gradients one node for each variable differentiated by
 */
public record Results(List<Node> outputs, List<Node> gradients) {

    public Results {
        outputs = List.copyOf(outputs);
        gradients = List.copyOf(gradients);
    }

    /**
     * Results with copies put in where one node would serve two of them, or is no computed node.
     *
     * @param elsewhere nodes that live where no gradient may
     */
    public static Results distinct(NodeFactory graph, List<Node> outputs, List<Node> gradients, Set<Node> elsewhere) {
        Set<Node> taken = NodeMap.newSet();
        List<Node> ownOutputs = new ArrayList<>();
        for (Node output : outputs) {
            ownOutputs.add(own(graph, output, taken));
        }
        taken.addAll(elsewhere);
        List<Node> ownGradients = new ArrayList<>();
        for (Node gradient : gradients) {
            ownGradients.add(own(graph, gradient, taken));
        }
        return new Results(ownOutputs, ownGradients);
    }

    private static Node own(NodeFactory graph, Node node, Set<Node> taken) {
        Node own = node;
        while (own.gate().kind() == Gate.Kind.LEAF || !taken.add(own)) {
            own = graph.make(Arithmetic.COPY, own);
        }
        return own;
    }

    /** All of them, outputs first. */
    public List<Node> all() {
        List<Node> all = new ArrayList<>(outputs);
        all.addAll(gradients);
        return all;
    }
}
