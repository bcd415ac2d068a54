package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import dev.gradc.compiler.ir.Reached;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code x^(p-1) → x^p / x} where {@code x^p} is computed anyway, as in a power's local gradient: a division for a call.
 * Where the power is no ordinary positive number (x is 0 or negative, or it overflows) it is computed as it stands.
 */
public final class NeighbouringPowers {

    private static final double LEAST = 1e-30;
    private static final double MOST = 1e30;

    private final NodeFactory graph;
    private final Map<Key, Node> powers = new LinkedHashMap<>();
    private final Map<Node, Node> replaced = new HashMap<>();

    /** A power by its base, and its exponent's node or constant value. */
    private record Key(Node base, Object exponent) {}

    private NeighbouringPowers(NodeFactory graph) {
        this.graph = graph;
    }

    /** What becomes of the nodes {@code reached}, old node to new; empty where nothing changes. */
    public static Map<Node, Node> apply(NodeFactory graph, Reached reached) {
        NeighbouringPowers pass = new NeighbouringPowers(graph);
        for (Node node : reached.nodes()) {
            if (node.is(Arithmetic.POWER)) {
                pass.powers.put(new Key(node.input(0), exponent(node)), node);
            }
        }
        pass.powers.values().forEach(pass::replacement);
        return pass.replaced.isEmpty() ? Map.of() : Graph.substitute(graph, reached.roots(), pass.replaced);
    }

    private static Object exponent(Node power) {
        OptionalDouble constant = Leaf.constantValue(power.input(1));
        return constant.isPresent() ? constant.getAsDouble() : power.input(1);
    }

    /** The node that takes the place of {@code power}, itself where no power of an exponent higher by 1 is there. */
    private Node replacement(Node power) {
        Node known = replaced.get(power);
        if (known != null) {
            return known;
        }
        Node result =
                next(power).map(next -> quotient(power, replacement(next))).orElse(power);
        if (result != power) {
            replaced.put(power, result);
        }
        return result;
    }

    /** The power of the same base with an exponent higher by 1. */
    private Optional<Node> next(Node power) {
        Node base = power.input(0);
        Node exponent = power.input(1);
        OptionalDouble constant = Leaf.constantValue(exponent);
        if (constant.isPresent()) {
            return Optional.ofNullable(powers.get(new Key(base, constant.getAsDouble() + 1)));
        }
        boolean isLessOne = exponent.is(Arithmetic.SUBTRACT) && Leaf.isConstant(exponent.input(1), 1);
        return isLessOne ? Optional.ofNullable(powers.get(new Key(base, exponent.input(0)))) : Optional.empty();
    }

    private Node quotient(Node power, Node next) {
        Term higher = new Term(graph, next);
        Term isOrdinary = higher.greater(higher.constant(LEAST))
                .apply(Logic.AND, higher.constant(MOST).greater(higher));
        return isOrdinary
                .select(higher.over(new Term(graph, power.input(0))), new Term(graph, power))
                .node();
    }
}
