package dev.gradc.compiler.gate;

import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value with a derivative given by the model: the first input is the value, the others are what it is differentiated
 * by; attribute {@link Rule}. It is there for the differentiator alone; afterwards {@link #erase} leaves the value.
 */
public final class Custom extends Operation {

    public static final Custom CUSTOM = new Custom();

    /**
     * The derivative as graphs over placeholders.
     *
     * @param name the gate's name in the model
     * @param parameters a variable for each input to differentiate by
     * @param upstream a variable for the gradient of the output
     * @param backward the gradient of each input
     */
    public record Rule(String name, List<Node> parameters, Node upstream, List<Node> backward) implements Attribute {
        public Rule {
            parameters = List.copyOf(parameters);
            backward = List.copyOf(backward);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Custom() {
        super("custom", Kind.CUSTOM);
    }

    /** A variable's name that no variable of a model can have. */
    public static String placeholder(String name) {
        return name + "'";
    }

    @Override
    public Type type(Attribute attribute, List<Node> inputs) {
        return inputs.get(0).type();
    }

    @Override
    public Formula formula() {
        return Formula.of("forward", "backward(g)").note("a `gate` of the model");
    }

    @Override
    public Optional<Term> adjoint(Site at, Term upstream, int input) {
        if (input == 0) {
            return Optional.empty();
        }
        Rule rule = (Rule) at.node().attribute();
        Map<Node, Node> places = new HashMap<>();
        places.put(rule.upstream(), upstream.node());
        for (int i = 0; i < rule.parameters().size(); i++) {
            places.put(rule.parameters().get(i), at.node().input(i + 1));
        }
        Node gradient = Graph.substitute(at.graph(), List.of(rule.backward().get(input - 1)), places)
                .get(rule.backward().get(input - 1));
        return Optional.of(new Term(at.graph(), gradient));
    }

    /** {@code roots} and all below them with custom gates replaced by their values: old node to new node. */
    public static Map<Node, Node> erase(NodeFactory graph, Collection<Node> roots) {
        Map<Node, Node> erased = new HashMap<>();
        for (Node node : Graph.reachable(roots)) {
            List<Node> inputs = node.inputs().stream().map(erased::get).toList();
            boolean isSame = inputs.equals(node.inputs());
            erased.put(
                    node,
                    node.is(CUSTOM)
                            ? inputs.get(0)
                            : isSame ? node : graph.make(node.gate(), node.attribute(), inputs));
        }
        return erased;
    }
}
