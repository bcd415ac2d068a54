package dev.gradc.compiler.check;

import dev.gradc.compiler.ir.Gate;
import dev.gradc.compiler.ir.Node;
import java.util.List;
import java.util.Map;

/**
 * A gate on whole matrices may read one triangle of an input that must be symmetric, and gives both an equal share of the
 * gradient: such an input is moved as a symmetric one.
 *
 * @param rows of each of the symmetric matrices that the input is made of; 0 where it is not
 */
record Symmetry(int rows) {

    private static final double ROUNDING = 1e-12;

    /** That of {@code value}, the input {@code place} of {@code node}. */
    static Symmetry of(Node node, Node place, double[] value, Map<String, Integer> dims) {
        List<Integer> extents = place.shape().dims().stream()
                .map(dim -> Math.toIntExact(dim.evaluate(dims)))
                .toList();
        int rank = extents.size();
        boolean isSquare = rank >= 2 && extents.get(rank - 1).equals(extents.get(rank - 2));
        if (node.gate().kind() != Gate.Kind.KERNEL || !isSquare) {
            return new Symmetry(0);
        }
        Symmetry candidate = new Symmetry(extents.get(rank - 1));
        double[] mean = candidate.mean(value);
        for (int i = 0; i < value.length; i++) {
            if (Math.abs(mean[i] - value[i]) > ROUNDING * Math.max(1, Math.abs(value[i]))) {
                return new Symmetry(0);
            }
        }
        return candidate;
    }

    /** The mean of each matrix of {@code values} and its transpose. */
    double[] mean(double[] values) {
        if (rows == 0) {
            return values;
        }
        double[] mean = new double[values.length];
        for (int flat = 0; flat < mean.length; flat++) {
            int row = flat / rows % rows;
            int column = flat % rows;
            int transposed = flat + (column - row) * (rows - 1);
            mean[flat] = (values[flat] + values[transposed]) / 2;
        }
        return mean;
    }
}
