package dev.gradc.compiler.rewrite;

import dev.gradc.compiler.gate.IndexMap;
import dev.gradc.compiler.ir.Affine;
import dev.gradc.compiler.ir.Dim;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

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

    /**
     * Whether the places tell the index of the region's space: along each axis of the tensor those axes are found that the
     * places along it tell, given the axes that others tell.
     */
    private boolean isInjective(IndexMap region) {
        Set<Integer> told = new HashSet<>();
        int before = -1;
        while (before < told.size()) {
            before = told.size();
            for (Affine source : region.sources()) {
                List<Integer> moved = IntStream.range(0, region.shape().rank())
                        .filter(axis -> !told.contains(axis)
                                && !region.shape().dim(axis).is(1))
                        .filter(axis -> !source.coefficients().get(axis).equals(Dim.ZERO))
                        .boxed()
                        .toList();
                if (moved.size() == 1
                        ? moves(source.coefficients().get(moved.get(0)))
                        : areDigits(region, source, moved)) {
                    told.addAll(moved);
                }
            }
        }
        return IntStream.range(0, region.shape().rank())
                .allMatch(
                        axis -> told.contains(axis) || region.shape().dim(axis).is(1));
    }

    private static boolean moves(Dim coefficient) {
        return coefficient.isAtLeast(Dim.ONE) || Dim.of(-1).isAtLeast(coefficient);
    }

    /**
     * Whether the axes are the digits of a number in mixed radix, such as {@code 2 * i + u} for u below 2: from the smallest
     * coefficient on, each is larger than all that the axes before it make up.
     */
    private boolean areDigits(IndexMap region, Affine source, List<Integer> axes) {
        List<Integer> rising = axes.stream()
                .sorted(Comparator.comparingDouble(
                        axis -> source.coefficients().get(axis).typical(Sparse.TYPICAL_EXTENT)))
                .toList();
        Dim least = Dim.ONE;
        for (int axis : rising) {
            Dim coefficient = source.coefficients().get(axis);
            Dim room = coefficient.minus(least);
            if (!extents.containsAll(room.symbols()) || !room.isAtLeast(Dim.ZERO)) {
                return false;
            }
            least = least.plus(coefficient.times(region.shape().dim(axis).minus(Dim.ONE)));
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
