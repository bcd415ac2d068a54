package dev.gradc.runtime;

/**
 * Rows of neighbours in arrays, copied and added up, for generated code: with the module jdk.incubator.vector where the JVM has
 * it ({@code java --add-modules jdk.incubator.vector}), otherwise in plain loops. Nothing is allocated. Rows that do not lie
 * in their array are an {@link IndexOutOfBoundsException}.
 */
public final class RowMath {

    private static final DoubleMoves DOUBLES = ProductImplementations.doubleMoves();
    private static final FloatMoves FLOATS = ProductImplementations.floatMoves();

    private RowMath() {}

    /**
     * Copies {@code rows} rows of n neighbours each: y[yOffset + r yStride + i] = x[xOffset + r xStride + i]. Rows of y do not
     * overlap each other, nor x.
     */
    public static void copyRows(
            int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride) {
        DOUBLES.copyRows(rows, n, x, xOffset, xStride, y, yOffset, yStride);
    }

    /** The copy of rows of floats, else as of doubles. */
    public static void copyRows(
            int rows, int n, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        FLOATS.copyRows(rows, n, x, xOffset, xStride, y, yOffset, yStride);
    }

    /**
     * Adds {@code rows} rows of n neighbours each, first row first: y[yOffset + r yStride + i] += x[xOffset + r xStride + i].
     * With a {@code yStride} of 0 all are added to one row. Rows of y do not overlap x; where they overlap each other in part,
     * the order in which they are added is not that of the rows. What lies in y around the rows may be written, too, as it is.
     */
    public static void addRows(
            int rows, int n, double[] x, int xOffset, int xStride, double[] y, int yOffset, int yStride) {
        DOUBLES.addRows(rows, n, x, xOffset, xStride, y, yOffset, yStride);
    }

    /** The sum of rows of floats, else as of doubles. */
    public static void addRows(
            int rows, int n, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        FLOATS.addRows(rows, n, x, xOffset, xStride, y, yOffset, yStride);
    }
}
