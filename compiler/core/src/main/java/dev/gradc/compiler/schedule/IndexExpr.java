package dev.gradc.compiler.schedule;

import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Node;
import dev.gradc.compiler.ir.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An index inside a loop nest: a constant plus multiples of loop variables and of ints loaded from memory.
 *
 * @param constant the constant part
 * @param terms what is added, with its coefficient, none zero
 */
public record IndexExpr(Dim constant, Map<Atom, Dim> terms) {

    private static final IndexExpr ZERO = new IndexExpr(Dim.ZERO, Map.of());

    /** The loop variables of the axes of spaces of usual ranks, made once. */
    private static final List<List<IndexExpr>> AXES =
            IntStream.range(0, 8).mapToObj(IndexExpr::made).toList();

    /** What an index is made of. */
    public sealed interface Atom {}

    /** The loop variable of one axis of the statement's domain. */
    public record LoopAxis(int axis) implements Atom {}

    /** An element of an int tensor. */
    public record Loaded(Node tensor, List<IndexExpr> at) implements Atom {}

    /** The loop variable of {@code axis}. */
    public static IndexExpr axis(int axis) {
        int rank = axis + 1;
        return rank < AXES.size() ? AXES.get(rank).get(axis) : axisMade(axis);
    }

    private static IndexExpr axisMade(int axis) {
        return new IndexExpr(Dim.ZERO, Map.of(new LoopAxis(axis), Dim.ONE));
    }

    /** The loop variables of the first {@code rank} axes. */
    public static List<IndexExpr> axes(int rank) {
        return rank < AXES.size() ? AXES.get(rank) : made(rank);
    }

    private static List<IndexExpr> made(int rank) {
        return IntStream.range(0, rank).mapToObj(IndexExpr::axisMade).toList();
    }

    /** An int loaded from {@code tensor}. */
    public static IndexExpr loaded(Node tensor, List<IndexExpr> at) {
        return new IndexExpr(Dim.ZERO, Map.of(new Loaded(tensor, at), Dim.ONE));
    }

    /** {@code affine} with its axes' indices replaced by {@code indices}. */
    public static IndexExpr apply(Affine affine, List<IndexExpr> indices) {
        IndexExpr sum = new IndexExpr(affine.offset(), Map.of());
        for (int axis = 0; axis < indices.size(); axis++) {
            sum = sum.plus(indices.get(axis), affine.coefficients().get(axis));
        }
        return sum;
    }

    /** The place of element {@code indices} in a row-major tensor of {@code shape}. */
    public static IndexExpr flat(List<IndexExpr> indices, Shape shape) {
        IndexExpr sum = ZERO;
        for (int axis = 0; axis < indices.size(); axis++) {
            sum = sum.plus(indices.get(axis), shape.stride(axis));
        }
        return sum;
    }

    /** The sum. */
    public IndexExpr plus(IndexExpr other) {
        return plus(other, Dim.ONE);
    }

    private IndexExpr plus(IndexExpr other, Dim factor) {
        if (factor.equals(Dim.ZERO)) {
            return this;
        } else if (terms.isEmpty() && constant.equals(Dim.ZERO) && factor.equals(Dim.ONE)) {
            return other;
        }
        Map<Atom, Dim> sums = new LinkedHashMap<>(terms);
        other.terms.forEach(
                (atom, coefficient) -> sums.merge(atom, coefficient.times(factor), (left, right) -> left.plus(right)));
        sums.values().removeIf(Dim.ZERO::equals);
        return new IndexExpr(constant.plus(other.constant.times(factor)), sums);
    }

    /** The index where the loop variable of {@code axis} is {@code value}. */
    public IndexExpr at(int axis, Dim value) {
        IndexExpr sum = new IndexExpr(constant, Map.of());
        for (Map.Entry<Atom, Dim> term : terms.entrySet()) {
            sum = sum.plus(at(term.getKey(), axis, value), term.getValue());
        }
        return sum;
    }

    private static IndexExpr at(Atom atom, int axis, Dim value) {
        if (atom instanceof Loaded loaded) {
            return loaded(
                    loaded.tensor(),
                    loaded.at().stream().map(index -> index.at(axis, value)).toList());
        }
        return atom.equals(new LoopAxis(axis))
                ? new IndexExpr(value, Map.of())
                : new IndexExpr(Dim.ZERO, Map.of(atom, Dim.ONE));
    }

    /** Whether the loop variable of {@code axis} is part of it, or of an int that is loaded for it. */
    public boolean dependsOn(int axis) {
        return terms.keySet().stream()
                .anyMatch(atom -> atom instanceof Loaded loaded
                        ? loaded.at().stream().anyMatch(index -> index.dependsOn(axis))
                        : ((LoopAxis) atom).axis() == axis);
    }

    /** By how much it grows with the loop variable of {@code axis}; empty where that depends on what is loaded. */
    public Optional<Dim> step(int axis) {
        boolean isLoaded = terms.keySet().stream()
                .anyMatch(atom ->
                        atom instanceof Loaded loaded && loaded.at().stream().anyMatch(index -> index.dependsOn(axis)));
        return isLoaded ? Optional.empty() : Optional.of(terms.getOrDefault(new LoopAxis(axis), Dim.ZERO));
    }

    /** Whether it is the loop variable of {@code axis} and nothing else. */
    public boolean isAxis(int axis) {
        return equals(axis(axis));
    }
}
