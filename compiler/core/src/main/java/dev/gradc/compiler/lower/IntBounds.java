package dev.gradc.compiler.lower;

import dev.gradc.compiler.diagnostic.Diagnostic;
import dev.gradc.compiler.gate.Arithmetic;
import dev.gradc.compiler.gate.Leaf;
import dev.gradc.compiler.gate.Logic;
import dev.gradc.compiler.gate.Pack;
import dev.gradc.compiler.gate.Reduction;
import dev.gradc.compiler.gate.Reductions;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Graph;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.source.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Between which dims an int lies, whatever the data: from the ranges of the inputs, which are checked on entry. */
final class IntBounds {

    /** Both ends included; an end that cannot be told is empty. */
    private record Interval(Optional<Dim> low, Optional<Dim> high) {

        private static final Interval UNKNOWN = new Interval(Optional.empty(), Optional.empty());

        private static Interval of(Dim low, Dim high) {
            return new Interval(Optional.of(low), Optional.of(high));
        }

        private Interval plus(Interval other) {
            return new Interval(sum(low, other.low), sum(high, other.high));
        }

        private Interval negated() {
            return new Interval(high.map(Dim.ZERO::minus), low.map(Dim.ZERO::minus));
        }

        private Interval times(long factor) {
            Interval scaled = new Interval(
                    low.map(d -> d.times(Dim.of(Math.abs(factor)))), high.map(d -> d.times(Dim.of(Math.abs(factor)))));
            return factor < 0 ? scaled.negated() : scaled;
        }

        private static Optional<Dim> sum(Optional<Dim> left, Optional<Dim> right) {
            return left.flatMap(a -> right.map(a::plus));
        }
    }

    private final Map<Node, LoweredModel.Range> ranges;
    private final LoopIndices indices;

    IntBounds(Map<Node, LoweredModel.Range> ranges, LoopIndices indices) {
        this.ranges = ranges;
        this.indices = indices;
    }

    /** The loop indices and dims that {@code index} is computed from. */
    Set<String> symbols(Node index) {
        Set<String> symbols = new TreeSet<>();
        for (Node node : Graph.reachable(List.of(index))) {
            if (node.attribute() instanceof Leaf.Extent extent) {
                symbols.addAll(extent.dim().symbols());
            }
        }
        return symbols;
    }

    /** The problem where {@code index} is not provably within 0..extent-1. */
    Optional<Diagnostic> check(Node index, Dim extent, Span span) {
        Interval interval = of(index);
        boolean stays = interval.low().map(low -> low.isAtLeast(Dim.ZERO)).orElse(false)
                && interval.high().map(extent.minus(Dim.ONE)::isAtLeast).orElse(false);
        if (stays) {
            return Optional.empty();
        }
        boolean isKnown = interval.low().isPresent() && interval.high().isPresent();
        return Optional.of(
                isKnown
                        ? IndexDiagnostics.indexMayLeave(
                                interval.low().get() + ".." + interval.high().get(), extent, span)
                        : IndexDiagnostics.indexUnbounded(extent, span));
    }

    private Interval of(Node node) {
        if (node.attribute() instanceof Leaf.Extent extent) {
            return new Interval(indices.bound(extent.dim(), false), indices.bound(extent.dim(), true));
        } else if (node.attribute() instanceof Leaf.Constant constant) {
            Dim value = Dim.of((long) constant.value());
            return Interval.of(value, value);
        } else if (node.attribute() instanceof Leaf.Position position) {
            return Interval.of(Dim.ZERO, position.shape().dim(position.axis()).minus(Dim.ONE));
        } else if (node.is(Leaf.VARIABLE)) {
            LoweredModel.Range range = ranges.get(node);
            return range == null ? Interval.UNKNOWN : Interval.of(range.low(), range.high());
        } else if (node.is(Reductions.ARGMAX) || node.is(Reductions.ARGMIN)) {
            Dim count = Dim.product(Reduction.axes(node).stream()
                    .map(node.input(0).shape()::dim)
                    .toList());
            return Interval.of(Dim.ZERO, count.minus(Dim.ONE));
        }
        return computed(node);
    }

    private Interval computed(Node node) {
        boolean isMoved = node.gate().kind() == Gate.Kind.LAYOUT || node.gate().kind() == Gate.Kind.GATHER;
        if (isMoved || node.is(Reductions.MAX) || node.is(Reductions.MIN)) {
            return of(node.input(0));
        } else if (node.is(Reductions.SUM)) {
            return sum(node);
        } else if (node.is(Arithmetic.MOD)) {
            Optional<Dim> divisor = DimLowering.value(source(node.input(1)));
            return divisor.map(d -> Interval.of(Dim.ZERO, d.minus(Dim.ONE))).orElse(Interval.UNKNOWN);
        } else if (node.is(Arithmetic.ADD)) {
            return of(node.input(0)).plus(of(node.input(1)));
        } else if (node.is(Arithmetic.SUBTRACT)) {
            return of(node.input(0)).plus(of(node.input(1)).negated());
        } else if (node.is(Arithmetic.NEGATE)) {
            return of(node.input(0)).negated();
        } else if (node.is(Arithmetic.MULTIPLY)) {
            return product(node);
        } else if (node.is(Arithmetic.MAX)) {
            return max(of(node.input(0)), of(node.input(1)));
        } else if (node.is(Arithmetic.MIN)) {
            return max(of(node.input(0)).negated(), of(node.input(1)).negated()).negated();
        } else if (node.is(Logic.SELECT)) {
            return hull(of(node.input(1)), of(node.input(2)));
        } else if (node.is(Pack.PACK)) {
            return parts(node);
        }
        return Interval.UNKNOWN;
    }

    private static Node source(Node node) {
        return node.gate().kind() == Gate.Kind.LAYOUT ? source(node.input(0)) : node;
    }

    /** So many elements of one sign. */
    private Interval sum(Node node) {
        Interval each = of(node.input(0));
        Dim count = Dim.product(
                Reduction.axes(node).stream().map(node.input(0).shape()::dim).toList());
        Optional<Dim> low = each.low().filter(d -> d.isAtLeast(Dim.ZERO));
        Optional<Dim> high = each.high().filter(d -> d.isAtLeast(Dim.ZERO));
        return new Interval(low.map(d -> Dim.ZERO), high.map(count::times));
    }

    private Interval product(Node node) {
        for (int side = 0; side < 2; side++) {
            Node factor = node.input(side);
            if (Leaf.constantValue(factor).isPresent()) {
                return of(node.input(1 - side))
                        .times((long) Leaf.constantValue(factor).getAsDouble());
            }
        }
        return Interval.UNKNOWN;
    }

    private Interval parts(Node node) {
        Interval all = of(node.input(0));
        for (Node part : node.inputs()) {
            all = hull(all, of(part));
        }
        return Pack.target(node).filled() ? hull(all, Interval.of(Dim.ZERO, Dim.ZERO)) : all;
    }

    private static Interval max(Interval left, Interval right) {
        Optional<Dim> high = larger(left.high(), right.high());
        Optional<Dim> low = larger(left.low(), right.low());
        return new Interval(low.isPresent() ? low : left.low().or(right::low), high);
    }

    private static Interval hull(Interval left, Interval right) {
        Optional<Dim> low = larger(left.low().map(Dim.ZERO::minus), right.low().map(Dim.ZERO::minus));
        return new Interval(low.map(Dim.ZERO::minus), larger(left.high(), right.high()));
    }

    /** The provably larger of two dims. */
    private static Optional<Dim> larger(Optional<Dim> left, Optional<Dim> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        if (left.get().isAtLeast(right.get())) {
            return left;
        }
        return right.get().isAtLeast(left.get()) ? right : Optional.empty();
    }
}
