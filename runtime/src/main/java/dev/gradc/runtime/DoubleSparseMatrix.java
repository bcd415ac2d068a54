package dev.gradc.runtime;

import java.util.Arrays;

/**
 * A sparse matrix that a generated class fills: entries compressed by rows, or by columns on demand. The pattern stays as
 * it is while entries stay where they are; then no call allocates.
 */
public final class DoubleSparseMatrix {

    private final int rows;
    private final int columns;
    private int[] rowOf = {};
    private int[] columnOf = {};

    /** The ints that {@link #pattern} was made for, by their number. */
    private int[][] ints = {};

    private boolean isPlaced;
    private SparsePattern pattern;
    private double[] values = {};
    private double[] valuesByColumns = {};

    /** A matrix without entries. */
    public DoubleSparseMatrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.pattern = SparsePattern.of(rows, columns, rowOf, columnOf);
    }

    /**
     * Says what the ints are now that the places of entries depend on, beside the dims. Where they are others than before,
     * entries have to be placed again.
     *
     * @param number tells the tensors of ints apart, from 0 on
     */
    public void dependOn(int number, int[] now) {
        int[] before = before(number);
        if (!Arrays.equals(before, now)) {
            ints[number] = now.clone();
            isPlaced = false;
        }
    }

    /** {@link #dependOn(int, int[])} for a single int. */
    public void dependOn(int number, int now) {
        int[] before = before(number);
        if (before.length != 1 || before[0] != now) {
            ints[number] = new int[] {now};
            isPlaced = false;
        }
    }

    private int[] before(int number) {
        while (ints.length <= number) {
            ints = Arrays.copyOf(ints, ints.length + 1);
            ints[ints.length - 1] = new int[0];
        }
        return ints[number];
    }

    /** Whether the places that entries were given still hold. */
    public boolean isPlaced() {
        return isPlaced;
    }

    /**
     * Gives entries their places; those with the same place add up.
     *
     * @param newRowOf the row of each
     * @param newColumnOf the column of each
     */
    public void place(int[] newRowOf, int[] newColumnOf) {
        pattern = SparsePattern.of(rows, columns, newRowOf, newColumnOf);
        values = pattern.isOrdered() ? values : new double[pattern.entries()];
        isPlaced = true;
    }

    /**
     * Takes the value of each entry that was placed.
     *
     * @param newValues become this matrix's, where they come in the pattern's order
     * @return this
     */
    public DoubleSparseMatrix fill(double[] newValues) {
        if (pattern.isOrdered()) {
            values = newValues;
            return this;
        }
        Arrays.fill(values, 0);
        int[] slots = pattern.slots();
        for (int i = 0; i < slots.length; i++) {
            values[slots[i]] += newValues[i];
        }
        return this;
    }

    /** Gives entries their places, unless they are those that they have, and fills them. */
    public DoubleSparseMatrix assemble(int[] newRowOf, int[] newColumnOf, double[] newValues) {
        if (!isPlaced || !Arrays.equals(rowOf, newRowOf) || !Arrays.equals(columnOf, newColumnOf)) {
            place(newRowOf, newColumnOf);
            rowOf = newRowOf.clone();
            columnOf = newColumnOf.clone();
        }
        return fill(newValues);
    }

    /** Where the entries are, by rows and by columns. */
    public SparsePattern pattern() {
        return pattern;
    }

    /** The entries by rows, in the order of {@link SparsePattern#columnIndices}: the live array. */
    public double[] values() {
        return values;
    }

    /** The entries by columns, in the order of {@link SparsePattern#rowIndices}: an array that the next call overwrites. */
    public double[] valuesByColumns() {
        int[] byRows = pattern.byRows();
        if (valuesByColumns.length != byRows.length) {
            valuesByColumns = new double[byRows.length];
        }
        for (int i = 0; i < byRows.length; i++) {
            valuesByColumns[i] = values[byRows[i]];
        }
        return valuesByColumns;
    }

    /** This matrix times {@code x}, into {@code y}. */
    public void multiply(double[] x, double[] y) {
        Checks.length("x", x, columns, "[columns]");
        Checks.length("y", y, rows, "[rows]");
        int[] pointers = pattern.rowPointers();
        int[] indices = pattern.columnIndices();
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = pointers[row]; i < pointers[row + 1]; i++) {
                sum += values[i] * x[indices[i]];
            }
            y[row] = sum;
        }
    }

    /** All elements, row-major: a new array. */
    public double[] toDense() {
        double[] dense = new double[Math.multiplyExact(rows, columns)];
        int[] pointers = pattern.rowPointers();
        for (int row = 0; row < rows; row++) {
            for (int i = pointers[row]; i < pointers[row + 1]; i++) {
                dense[row * columns + pattern.columnIndices()[i]] = values[i];
            }
        }
        return dense;
    }
}
