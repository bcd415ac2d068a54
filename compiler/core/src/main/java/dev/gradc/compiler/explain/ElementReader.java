package dev.gradc.compiler.explain;

import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Gather;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Pointwise;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import dev.gradc.compiler.schedule.IndexExpr;
import dev.gradc.compiler.schedule.Reads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads one equation's nodes element by element: index notation. */
final class ElementReader {

    private final Reading reading;
    private final List<String> indices;
    private final List<Dim> extents = new ArrayList<>();

    /** The indices whose range a subscript tells. */
    private final Set<Integer> anchored = new HashSet<>();

    /** @param indices names for indices, as many as can be needed */
    ElementReader(Reading reading, List<String> indices) {
        this.reading = reading;
        this.indices = indices;
    }

    /** New indices over {@code shape}; an axis of extent 1 is read at 0. */
    List<IndexExpr> open(Shape shape) {
        return open(shape.dims());
    }

    private List<IndexExpr> open(Collection<Dim> ranges) {
        List<IndexExpr> opened = new ArrayList<>();
        for (Dim range : ranges) {
            if (range.is(1)) {
                opened.add(new IndexExpr(Dim.ZERO, Map.of()));
            } else {
                opened.add(IndexExpr.axis(extents.size()));
                extents.add(range);
            }
        }
        return opened;
    }

    /** The element of {@code node} at {@code index}. */
    Expression element(Node node, List<IndexExpr> index) {
        Node resolved = reading.resolved(node);
        Optional<String> name = reading.name(resolved);
        if (name.isPresent()) {
            return named(name.get(), resolved, index);
        }
        Optional<WholeReader.Whole> whole =
                index.isEmpty() ? new WholeReader(reading).value(resolved) : Optional.empty();
        return whole.map(WholeReader.Whole::expression).orElseGet(() -> value(resolved, index));
    }

    /** {@code name}, with subscripts where it is a tensor. */
    Expression named(String name, Node tensor, List<IndexExpr> index) {
        if (index.isEmpty()) {
            return new Expression.Name(name);
        }
        for (int axis = 0; axis < index.size(); axis++) {
            for (int bound = 0; bound < extents.size(); bound++) {
                if (index.get(axis).isAxis(bound) && tensor.shape().dim(axis).equals(extents.get(bound))) {
                    anchored.add(bound);
                }
            }
        }
        return new Expression.Element(new Expression.Name(name), subscripts(index));
    }

    /** What is defined, {@code name} at the first indices opened; behind the value, which tells the ranges of some. */
    Expression defined(String name, List<IndexExpr> index) {
        if (index.isEmpty()) {
            return new Expression.Name(name);
        }
        List<Expression> subscripts = new ArrayList<>(subscripts(index));
        for (int axis = 0; axis < index.size(); axis++) {
            for (int bound = 0; bound < extents.size(); bound++) {
                if (index.get(axis).isAxis(bound) && !anchored.contains(bound)) {
                    subscripts.set(
                            axis, new Expression.Ranged(indices.get(bound), reading.readable(extents.get(bound))));
                }
            }
        }
        return new Expression.Element(new Expression.Name(name), subscripts);
    }

    /** What {@code node} computes at {@code index}, whether or not it has a name. */
    Expression value(Node node, List<IndexExpr> index) {
        return switch (node.gate().kind()) {
            case LEAF -> leaf(node, index);
            case POINTWISE, LAYOUT, GATHER -> moved(node, index);
            case REDUCTION -> reduction(node, index);
            case CONTRACTION -> contraction(node, index);
            case SCATTER, KERNEL, SCAN, CUSTOM, PACK -> named(reading.required(node), node, index);
        };
    }

    private Expression leaf(Node node, List<IndexExpr> index) {
        if (node.attribute() instanceof Leaf.Constant constant) {
            return new Expression.Literal(constant.value());
        } else if (node.attribute() instanceof Leaf.Position position) {
            return expression(index.get(position.axis()));
        } else if (node.attribute() instanceof Leaf.Extent extent) {
            return new Expression.Extent(reading.readable(extent.dim()));
        }
        return named(reading.required(node), node, index);
    }

    private Expression moved(Node node, List<IndexExpr> index) {
        List<Expression> operands = new ArrayList<>();
        if (node.gate() instanceof Pointwise gate) {
            node.inputs().forEach(input -> operands.add(element(input, index)));
            return Reading.apply(gate, operands, false);
        }
        return element(node.input(0), Reads.inputs(node, index).get(0).index());
    }

    private Expression reduction(Node node, List<IndexExpr> index) {
        List<Integer> axes = Reduction.axes(node);
        Shape shape = node.input(0).shape();
        List<IndexExpr> at = new ArrayList<>();
        int first = extents.size();
        int kept = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (axes.contains(axis)) {
                at.addAll(open(List.of(shape.dim(axis))));
            } else {
                at.add(index.get(kept++));
            }
        }
        List<Integer> bound = openedSince(first);
        return fold(Reading.function((Reduction) node.gate()), bound, element(node.input(0), at));
    }

    private Expression contraction(Node node, List<IndexExpr> index) {
        Contraction.Labels labels = Contraction.labels(node);
        Map<Integer, IndexExpr> byLabel = new HashMap<>();
        for (int axis = 0; axis < index.size(); axis++) {
            byLabel.put(labels.out().get(axis), index.get(axis));
        }
        int first = extents.size();
        Contraction.extents(labels, node.inputs()).forEach((label, extent) -> {
            if (!byLabel.containsKey(label)) {
                byLabel.put(label, open(List.of(extent)).get(0));
            }
        });
        List<Integer> bound = openedSince(first);
        Expression left =
                element(node.input(0), labels.left().stream().map(byLabel::get).toList());
        Expression right =
                element(node.input(1), labels.right().stream().map(byLabel::get).toList());
        return fold(
                Reading.function(Reductions.SUM),
                bound,
                Reading.apply(Arithmetic.MULTIPLY, List.of(left, right), false));
    }

    private List<Integer> openedSince(int first) {
        return IntStream.range(first, extents.size()).boxed().toList();
    }

    private Expression fold(String function, List<Integer> bound, Expression body) {
        if (bound.isEmpty()) {
            return body;
        }
        List<Expression.Bound> indexed = bound.stream()
                .map(axis -> new Expression.Bound(
                        indices.get(axis), anchored.contains(axis) ? null : reading.readable(extents.get(axis))))
                .toList();
        return new Expression.Fold(function, indexed, body);
    }

    /** Where element {@code index} of what lands goes in what is called {@code name}. */
    Expression landing(String name, Node scatter, Gather.Selection selection, List<IndexExpr> index) {
        List<IndexExpr> at = Reads.selected(scatter, selection, index);
        return at.isEmpty()
                ? new Expression.Name(name)
                : new Expression.Element(new Expression.Name(name), subscripts(at));
    }

    private List<Expression> subscripts(List<IndexExpr> index) {
        return index.stream().map(this::expression).toList();
    }

    private Expression expression(IndexExpr index) {
        Expression sum = null;
        for (Map.Entry<IndexExpr.Atom, Dim> term : index.terms().entrySet()) {
            Dim factor = reading.readable(term.getValue());
            Expression atom = atom(term.getKey());
            Expression scaled = factor.is(1)
                    ? atom
                    : new Expression.Infix("*", Written.PRODUCT, new Expression.Extent(factor), atom, false);
            sum = sum == null ? scaled : new Expression.Infix("+", Written.SUM, sum, scaled, false);
        }
        Dim constant = reading.readable(index.constant());
        if (sum == null) {
            return new Expression.Extent(constant);
        } else if (constant.is(0)) {
            return sum;
        }
        boolean isNegative = constant.terms().values().stream().allMatch(coefficient -> coefficient < 0);
        return isNegative
                ? new Expression.Infix("-", Written.SUM, sum, new Expression.Extent(Dim.ZERO.minus(constant)), false)
                : new Expression.Infix("+", Written.SUM, sum, new Expression.Extent(constant), false);
    }

    private Expression atom(IndexExpr.Atom atom) {
        if (atom instanceof IndexExpr.LoopAxis loop) {
            return new Expression.Name(indices.get(loop.axis()));
        }
        IndexExpr.Loaded loaded = (IndexExpr.Loaded) atom;
        return element(loaded.tensor(), loaded.at());
    }
}
