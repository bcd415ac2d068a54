package dev.gradc.samples.gradbench;

import java.util.Map;
import java.util.function.Function;

/** Eval {@code det}: the determinant by expansion by minors. */
final class DetEval {

    static final Map<String, Function<Input, Evaluation<?>>> FUNCTIONS =
            Map.of("primal", DetEval::primal, "gradient", DetEval::gradient);

    private static final int MOST_COLUMNS = 24;

    /**
     * The sets of columns that the model expands: bit j of a set tells whether column j is in it.
     *
     * @param rest each set without column j
     * @param sign the sign of the term of column j: that of how many of the set's columns are before it; 0 where the set is
     *     without it
     */
    private record ColumnSets(int[] rest, double[] sign) {

        static ColumnSets of(int columns) {
            int sets = 1 << columns;
            int[] rest = new int[sets * columns];
            double[] sign = new double[sets * columns];
            for (int s = 0; s < sets; s++) {
                for (int j = 0; j < columns; j++) {
                    int bit = 1 << j;
                    rest[s * columns + j] = s & ~bit;
                    int before = Integer.bitCount(s & (bit - 1));
                    sign[s * columns + j] = (s & bit) == 0 ? 0 : before % 2 == 0 ? 1 : -1;
                }
            }
            return new ColumnSets(rest, sign);
        }
    }

    private DetEval() {}

    private static Evaluation<Double> primal(Input input) {
        double[] a = input.vector("A");
        int size = size(input);
        ColumnSets sets = ColumnSets.of(size);
        Determinant model = new Determinant(size, 1 << size);
        return Evaluation.of(() -> model.forward(sets.rest, sets.sign, a));
    }

    private static Evaluation<double[]> gradient(Input input) {
        double[] a = input.vector("A");
        int size = size(input);
        ColumnSets sets = ColumnSets.of(size);
        Determinant model = new Determinant(size, 1 << size);
        return Evaluation.of(() -> {
            model.valueAndGradient(sets.rest, sets.sign, a);
            return model.gradient();
        });
    }

    private static int size(Input input) {
        int size = input.integer("ell");
        if (size < 1 || size > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    "`ell` is " + size + ": the minors of a matrix have places for 1 to " + MOST_COLUMNS + " columns");
        }
        return size;
    }
}
