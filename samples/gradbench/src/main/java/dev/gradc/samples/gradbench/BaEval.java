package dev.gradc.samples.gradbench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gradc.runtime.DoubleSparseMatrix;
import dev.gradc.runtime.SparsePattern;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/**
 * Eval {@code ba}: the residuals of a bundle adjustment and their sparse Jacobian, of which only the first observation and
 * the last weight are answered.
 */
final class BaEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS =
            Map.of("objective", BaEval::objective, "jacobian", BaEval::jacobian);

    private static final int CAMERA = 11;
    private static final int POINT = 3;

    /** How many numbers a projection is made of: camera, point and weight. */
    private static final int VARIABLES = CAMERA + POINT + 1;

    /** The residuals of one observation, and how many there are of it. */
    private record Projection(double[] elements, int repeated) {}

    private record Weight(double element, int repeated) {}

    private record Residuals(
            @JsonProperty("reproj_error") Projection projection,
            @JsonProperty("w_err") Weight weight) {}

    /** Where rows begin, and columns and values of entries. */
    private record Entries(int[] rows, int[] cols, double[] vals) {}

    private final int[] camera;
    private final int[] point;
    private final double[] feature;
    private final double[] cameras;
    private final double[] points;
    private final double[] weights;
    private final BundleAdjustment model;

    /** The input has one camera, one point, one weight and one observation, to be repeated. */
    private BaEval(Input input) {
        int n = input.integer("n");
        int m = input.integer("m");
        int p = input.integer("p");
        model = new BundleAdjustment(n, m, p);
        camera = new int[p];
        point = new int[p];
        for (int i = 0; i < p; i++) {
            camera[i] = i % n;
            point[i] = i % m;
        }
        feature = repeated(input.vector("feat"), p);
        cameras = repeated(input.vector("cam"), n);
        points = repeated(input.vector("x"), m);
        weights = repeated(new double[] {input.number("w")}, p);
    }

    private static double[] repeated(double[] row, int count) {
        double[] all = new double[row.length * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(row, 0, all, i * row.length, row.length);
        }
        return all;
    }

    private static Evaluation<double[]> objective(Input input) {
        BaEval eval = new BaEval(input);
        return new Evaluation<>(eval::residuals, residuals -> residualsShown(residuals, eval.weights.length));
    }

    private static Evaluation<DoubleSparseMatrix> jacobian(Input input) {
        BaEval eval = new BaEval(input);
        return new Evaluation<>(
                () -> eval.model.sparseJacobian(
                        eval.camera, eval.point, eval.feature, eval.cameras, eval.points, eval.weights),
                eval::entriesShown);
    }

    private double[] residuals() {
        model.forward(camera, point, feature, cameras, points, weights);
        return model.residuals();
    }

    private static Residuals residualsShown(double[] residuals, int observations) {
        double[] first = {residuals[0], residuals[1]};
        double last = residuals[residuals.length - 1];
        return new Residuals(new Projection(first, observations), new Weight(last, observations));
    }

    /** The entries as the eval counts them: each row of an observation has all of its variables. */
    private Entries entriesShown(DoubleSparseMatrix jacobian) {
        int[] columns = new int[2 * VARIABLES + 1];
        double[] values = new double[columns.length];
        for (int i = 0; i < 2 * VARIABLES; i++) {
            columns[i] = column(i % VARIABLES);
            values[i] = entry(jacobian, i / VARIABLES, columns[i]);
        }
        columns[2 * VARIABLES] = jacobian.pattern().columns() - 1;
        values[2 * VARIABLES] = entry(jacobian, jacobian.pattern().rows() - 1, columns[2 * VARIABLES]);
        return new Entries(rowsShown(), columns, values);
    }

    /** The column of a variable of the first observation: its camera's, its point's, its weight. */
    private int column(int variable) {
        return variable < CAMERA
                ? variable
                : variable < CAMERA + POINT ? cameras.length + variable - CAMERA : cameras.length + points.length;
    }

    /** An entry of a sparse matrix: 0 where the pattern has none, as one coordinate has of the other's principal point. */
    private static double entry(DoubleSparseMatrix matrix, int row, int column) {
        SparsePattern pattern = matrix.pattern();
        int from = pattern.rowPointers()[row];
        int to = pattern.rowPointers()[row + 1];
        int place = Arrays.binarySearch(pattern.columnIndices(), from, to, column);
        return place < 0 ? 0 : matrix.values()[place];
    }

    /** Where the first rows begin, and where the last one ends. */
    private int[] rowsShown() {
        int[] begins = new int[2 * VARIABLES + 1];
        int projections = 2 * weights.length;
        for (int row = 0; row < begins.length; row++) {
            begins[row] = VARIABLES * Math.min(row, projections) + Math.max(0, row - projections);
        }
        begins[2 * VARIABLES] = VARIABLES * projections + weights.length;
        return begins;
    }
}
