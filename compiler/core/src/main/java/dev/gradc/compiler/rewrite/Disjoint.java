package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Regions of one tensor of which provably no two meet, and none takes an element twice. */
final class Disjoint {

    /** With how many regions a new one is compared; fixed places are looked up. */
    private static final int MOST_COMPARED = 30;

    private final Set<List<Affine>> points = new HashSet<>();
    private final List<IndexMap> regions = new ArrayList<>();
    private final Set<String> extents;

    /** @param shape of the tensor: its symbols are 1 or more, others may be anything */
    Disjoint(Shape shape) {
        this.extents = symbols(List.of(shape));
    }

    /** Takes {@code region} in where it is sure to be injective and to meet none of the others; whether it is. */
    boolean admits(IndexMap region) {
        boolean isPoint = isPoint(region);
        boolean isCounted = regions.size() + (isPoint ? 0 : points.size()) <= MOST_COMPARED;
        if (!isCounted || !isInjective(region) || !regions.stream().allMatch(other -> areApart(region, other))) {
            return false;
        }
        if (isPoint) {
            return points.add(region.sources());
        }
        boolean isApart = points.stream().allMatch(point -> areApart(region, new IndexMap(point, Shape.SCALAR)));
        return isApart && regions.add(region);
    }

    private static boolean isPoint(IndexMap region) {
        return region.shape().isScalar()
                && region.sources().stream()
                        .allMatch(source -> source.offset().constant().isPresent());
    }

    /** Whether each axis of the region's space moves alone along some axis of the tensor. */
    private static boolean isInjective(IndexMap region) {
        for (int axis = 0; axis < region.shape().rank(); axis++) {
            int k = axis;
            if (!region.shape().dim(axis).is(1)
                    && region.sources().stream().noneMatch(source -> movesAlone(source, k))) {
                return false;
            }
        }
        return true;
    }

    private static boolean movesAlone(Affine source, int axis) {
        for (int k = 0; k < source.coefficients().size(); k++) {
            Dim coefficient = source.coefficients().get(k);
            boolean moves = coefficient.isAtLeast(Dim.ONE) || Dim.of(-1).isAtLeast(coefficient);
            if (k == axis ? !moves : !coefficient.equals(Dim.ZERO)) {
                return false;
            }
        }
        return true;
    }

    /** Whether along some axis of the tensor the two are sure to have no place in common. */
    private boolean areApart(IndexMap left, IndexMap right) {
        for (int axis = 0; axis < left.sources().size(); axis++) {
            if (areInterleaved(left.sources().get(axis), right.sources().get(axis))
                    || isBelow(left, right, axis)
                    || isBelow(right, left, axis)) {
                return true;
            }
        }
        return false;
    }

    /** Whether both go in steps of one number from starts that are no multiple of it apart. */
    private static boolean areInterleaved(Affine left, Affine right) {
        OptionalLong apart = left.offset().minus(right.offset()).constant();
        List<Dim> steps = new ArrayList<>(left.coefficients());
        steps.addAll(right.coefficients());
        long divisor = 0;
        for (Dim step : steps) {
            if (step.constant().isEmpty()) {
                return false;
            }
            divisor = gcd(divisor, Math.abs(step.constant().getAsLong()));
        }
        return apart.isPresent() && divisor > 1 && apart.getAsLong() % divisor != 0;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** Whether the last place of {@code left} along {@code axis} is before the first of {@code right}. */
    private boolean isBelow(IndexMap left, IndexMap right, int axis) {
        Optional<Dim> last = left.last(axis);
        Optional<Dim> first = right.first(axis);
        if (last.isEmpty() || first.isEmpty()) {
            return false;
        }
        Dim gap = first.get().minus(last.get());
        boolean isKnown = extents.containsAll(gap.symbols())
                || symbols(List.of(left.shape(), right.shape())).containsAll(gap.symbols());
        return isKnown && gap.isAtLeast(Dim.ONE);
    }

    private static Set<String> symbols(List<Shape> shapes) {
        Set<String> symbols = new HashSet<>();
        shapes.forEach(shape -> shape.dims().forEach(dim -> symbols.addAll(dim.symbols())));
        return symbols;
    }
}
