package dev.gradc.compiler.autodiff;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Scan;
import dev.gradc.compiler.gate.View;
import dev.gradc.compiler.ir.ElementType;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.NodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The gradient of a subscript that picks one entry of a row, {@code if j == k then g else 0} at each j, as what lands at
 * k. Only where k is made of ints: data have no say in the pattern of a Jacobian by way of the pick of a maximum.
 */
final class Picks {

    private final Landed part;
    private final List<Landed> narrow = new ArrayList<>();

    private Picks(Landed part) {
        this.part = part;
    }

    /** What is zero but under a condition: there it is {@code value}. */
    private record Routed(Node condition, Node value) {}

    /** {@code part} as parts that land at places picked; itself where it is not made of such. */
    static List<Landed> narrowed(Landed part) {
        Picks picks = new Picks(part);
        return picks.collect(part.values(), false) ? picks.narrow : List.of(part);
    }

    /** Collects what {@code values} are made of, in place of those of the part; whether it can. */
    private boolean collect(Node values, boolean negative) {
        if (values.is(Arithmetic.NEGATE)) {
            return collect(values.input(0), !negative);
        } else if (values.is(Arithmetic.ADD) || values.is(Arithmetic.SUBTRACT)) {
            return collect(values.input(0), negative)
                    && collect(values.input(1), negative != values.is(Arithmetic.SUBTRACT));
        }
        Optional<Routed> routed = routed(part.graph(), values);
        if (routed.isEmpty()) {
            return false;
        }
        Node condition = routed.get().condition();
        Node value = routed.get().value();
        if (condition.is(Logic.OR)) {
            return isWithin(value, conditions(condition)) && collect(value, negative);
        }
        Optional<Landed> picked = picked(condition, value);
        picked.map(at -> negative ? at.negated() : at).map(Picks::narrowed).ifPresent(narrow::addAll);
        return picked.isPresent();
    }

    /** A choice between a value and zero, or a product with such a choice. */
    private static Optional<Routed> routed(NodeFactory graph, Node node) {
        if (node.is(Logic.SELECT) && node.isReal() && Leaf.isConstant(node.input(2), 0)) {
            return Optional.of(new Routed(node.input(0), node.input(1)));
        } else if (!node.is(Arithmetic.MULTIPLY)) {
            return Optional.empty();
        }
        Node left = node.input(0);
        Node right = node.input(1);
        return routed(graph, left)
                .map(route -> new Routed(route.condition(), graph.make(Arithmetic.MULTIPLY, route.value(), right)))
                .or(() -> routed(graph, right)
                        .map(route ->
                                new Routed(route.condition(), graph.make(Arithmetic.MULTIPLY, left, route.value()))));
    }

    /** Whether all terms of a sum are zero but under one of {@code conditions}. */
    private boolean isWithin(Node sum, Set<Node> conditions) {
        boolean isSum = sum.is(Arithmetic.ADD) || sum.is(Arithmetic.SUBTRACT) || sum.is(Arithmetic.NEGATE);
        return isSum
                ? sum.inputs().stream().allMatch(term -> isWithin(term, conditions))
                : routed(part.graph(), sum)
                        .filter(route -> conditions.containsAll(conditions(route.condition())))
                        .isPresent();
    }

    private static Set<Node> conditions(Node condition) {
        Set<Node> all = new HashSet<>();
        if (condition.is(Logic.OR)) {
            condition.inputs().forEach(input -> all.addAll(conditions(input)));
        } else {
            all.add(condition);
        }
        return all;
    }

    /** {@code value} where {@code condition} says that a position is an int's. */
    private Optional<Landed> picked(Node condition, Node value) {
        for (int side = 0; condition.is(Logic.EQUAL) && side < 2; side++) {
            OptionalInt axis = positionAlong(condition.input(side));
            Node index = condition.input(1 - side);
            if (axis.isPresent() && part.isRepeated(index, List.of(axis.getAsInt())) && isOfInts(index)) {
                return part.picked(value, axis.getAsInt(), index);
            }
        }
        return Optional.empty();
    }

    /** The axis along which {@code node} is the position of each element; empty where it is something else. */
    private static OptionalInt positionAlong(Node node) {
        if (node.attribute() instanceof Leaf.Position position) {
            return OptionalInt.of(position.axis());
        } else if (node.is(View.VIEW) && node.input(0).attribute() instanceof Leaf.Position position) {
            return ((IndexMap) node.attribute()).sources().get(position.axis()).soleAxis();
        }
        return OptionalInt.empty();
    }

    /** Whether {@code node} is made of dims and ints alone, and of no loop. */
    private static boolean isOfInts(Node node) {
        return Graph.reachable(List.of(node)).stream()
                .allMatch(below -> !below.is(Scan.SCAN)
                        && (!(below.attribute() instanceof Leaf.Variable)
                                || below.type().element() == ElementType.INT));
    }
}
