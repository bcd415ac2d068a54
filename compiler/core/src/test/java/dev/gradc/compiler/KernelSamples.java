package dev.gradc.compiler;

import static dev.gradc.compiler.GateSample.shape;

import dev.gradc.compiler.gate.Contraction;
import dev.gradc.compiler.gate.Kernel;
import dev.gradc.compiler.gate.LinearAlgebra;
import dev.gradc.compiler.gate.Sequences;
import dev.gradc.compiler.gate.Term;
import dev.gradc.compiler.ir.Attribute;
import dev.gradc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Samples of the gates that are one call of the runtime: of several shapes, with and without axes in front. */
final class KernelSamples {

    private static final List<Object[]> SQUARES = List.of(
            new Object[] {"M", "M"}, new Object[] {2, 2}, new Object[] {1, 1}, new Object[] {"N", 4, 4}, new Object[] {
                2, 1, "M", "M"
            });

    private KernelSamples() {}

    static List<GateSample> all() {
        List<GateSample> samples = new ArrayList<>();
        sequences(samples);
        for (Object[] square : SQUARES) {
            samples.add(cholesky(square));
            for (Kernel kernel :
                    List.of(LinearAlgebra.INVERSE, LinearAlgebra.DETERMINANT, LinearAlgebra.LOG_DETERMINANT)) {
                samples.add(onMatrix(kernel, square));
            }
            for (int columns : new int[] {1, 3}) {
                solves(samples, square, columns);
            }
        }
        return samples;
    }

    private static void sequences(List<GateSample> samples) {
        samples.add(reshape(shape("M", "N"), "N", "M"));
        samples.add(reshape(shape(3, "N", 2), "N", 6));
        samples.add(reshape(shape(6), 2, 3));
        samples.add(reshape(shape(1), 1, 1));
        for (boolean reverse : new boolean[] {false, true}) {
            samples.add(cumsum(0, reverse, "M"));
            samples.add(cumsum(0, reverse, "N", 20));
            samples.add(cumsum(1, reverse, 2, 3));
            samples.add(cumsum(1, reverse, "N", "M", 2));
            samples.add(cumsum(2, reverse, "M", 1, 2));
        }
        for (Object[] dims :
                List.of(new Object[] {20}, new Object[] {3}, new Object[] {"N", "M"}, new Object[] {2, 2, 5})) {
            GateSample sorted = new GateSample("argsort of " + Arrays.toString(dims));
            sorted.real(dims);
            samples.add(sorted.of(Sequences.ARGSORT, Attribute.NONE));
        }
        GateSample ties = new GateSample("argsort of equal, infinite and NaN elements");
        ties.real("N", 5);
        samples.add(ties.at(1, Double.NaN, 1, -0.0, 0.0, Double.POSITIVE_INFINITY, 2, 2, Double.NEGATIVE_INFINITY, 2)
                .of(Sequences.ARGSORT, Attribute.NONE));
    }

    private static GateSample reshape(Shape target, Object... dims) {
        GateSample sample = new GateSample("reshape " + Arrays.toString(dims) + " to " + target);
        sample.real(dims);
        return sample.of(Sequences.RESHAPE, new Sequences.Target(target));
    }

    private static GateSample cumsum(int fromEnd, boolean reverse, Object... dims) {
        Sequences.Direction direction = new Sequences.Direction(fromEnd, reverse);
        GateSample sample = new GateSample("cumsum " + direction + " of " + Arrays.toString(dims));
        sample.real(dims);
        return sample.of(Sequences.CUMSUM, direction);
    }

    private static GateSample onMatrix(Kernel kernel, Object... dims) {
        GateSample sample = new GateSample(kernel + " of " + Arrays.toString(dims));
        sample.matrices(dims);
        return sample.of(kernel, Attribute.NONE);
    }

    /** The factor of A A', which is symmetric whatever moves A. */
    private static GateSample cholesky(Object... dims) {
        GateSample sample = new GateSample("cholesky of " + Arrays.toString(dims));
        Term root = sample.term(sample.matrices(dims));
        int batch = dims.length - 2;
        List<Integer> left = labels(batch, batch, batch + 1);
        List<Integer> right = labels(batch, batch + 2, batch + 1);
        Attribute labels = new Contraction.Labels(left, right, labels(batch, batch, batch + 2));
        Term product = root.make(Contraction.CONTRACT, labels, root);
        return sample.is(product.apply(LinearAlgebra.CHOLESKY).node());
    }

    private static List<Integer> labels(int batch, int row, int column) {
        List<Integer> labels = new ArrayList<>();
        for (int axis = 0; axis < batch; axis++) {
            labels.add(axis);
        }
        labels.addAll(List.of(row, column));
        return labels;
    }

    private static void solves(List<GateSample> samples, Object[] square, int columns) {
        Object[] right = square.clone();
        right[right.length - 1] = columns;
        for (boolean transposed : new boolean[] {false, true}) {
            samples.add(solve(LinearAlgebra.SOLVE, new LinearAlgebra.Transposed(transposed), square, right));
            for (boolean lower : new boolean[] {false, true}) {
                Attribute triangle = new LinearAlgebra.Triangle(lower, transposed);
                samples.add(solve(LinearAlgebra.SOLVE_TRIANGULAR, triangle, square, right));
            }
        }
    }

    private static GateSample solve(Kernel kernel, Attribute attribute, Object[] square, Object[] right) {
        GateSample sample = new GateSample(
                kernel + " " + attribute + " of " + Arrays.toString(square) + " and " + Arrays.toString(right));
        sample.matrices(square);
        sample.real(right);
        return sample.of(kernel, attribute);
    }
}
